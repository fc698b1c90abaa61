package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class DataLoaderTest {
    /** Sample i has input and target i. */
    private record Numbers(int size) implements Dataset {
        @Override
        public Batch batch(int... indices) {
            Tensor values = Tensors.zeros(indices.length);
            for (int i = 0; i < indices.length; i++) {
                values.set(indices[i], i);
            }
            return new Batch(values, values.copy());
        }
    }

    private static List<Double> epoch(Iterable<Batch> batches) {
        List<Double> seen = new ArrayList<>();
        for (Batch batch : batches) {
            for (double value : batch.target().data()) {
                seen.add(value);
            }
        }
        return seen;
    }

    @Test
    void goesInOrderAndTheLastBatchMayBeSmaller() {
        List<Tensor> inputs = new ArrayList<>();
        DataLoader.of(new Numbers(7), 3).forEach(batch -> inputs.add(batch.input()));
        assertThat(inputs).hasToString("[[0. 1. 2.], [3. 4. 5.], [6.]]");
    }

    @Property(tries = 200)
    void everyEpochVisitsEachSampleOnce(
            @ForAll @IntRange(min = 1, max = 50) int size,
            @ForAll @IntRange(min = 1, max = 60) int batchSize,
            @ForAll long seed) {
        DataLoader loader = DataLoader.of(new Numbers(size), batchSize).shuffled(new Generator(seed));
        List<Double> all = epoch(DataLoader.of(new Numbers(size), size));
        assertThat(epoch(loader)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(epoch(loader)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(loader).hasSize(loader.count());
        assertThat(loader.sampleCount()).isEqualTo(size);
    }

    @Test
    void epochsDifferAndTheSeedRepeatsThem() {
        DataLoader loader = DataLoader.of(new Numbers(20), 6).shuffled(new Generator(3));
        List<Double> first = epoch(loader);
        List<Double> second = epoch(loader);
        assertThat(second).isNotEqualTo(first);
        DataLoader again = DataLoader.of(new Numbers(20), 6).shuffled(new Generator(3));
        assertThat(epoch(again)).isEqualTo(first);
        assertThat(epoch(again)).isEqualTo(second);
    }

    @Test
    void theStateOfItsGeneratorRepeatsAnEpoch() {
        DataLoader loader = DataLoader.of(new Numbers(20), 6).shuffled(new Generator(3));
        epoch(loader);
        long state = loader.generators().get(0).state();
        List<Double> second = epoch(loader);
        DataLoader resumed = DataLoader.of(new Numbers(20), 6).shuffled(new Generator(99));
        resumed.generators().get(0).state(state);
        assertThat(epoch(resumed)).isEqualTo(second);
    }

    @Test
    void inOrderItDrawsNothing() {
        assertThat(DataLoader.of(new Numbers(2), 1).generators()).isEmpty();
    }

    @Test
    void anEpochEnds() {
        Iterator<Batch> epoch = DataLoader.of(new Numbers(2), 5).iterator();
        epoch.next();
        assertThat(epoch.hasNext()).isFalse();
        assertThatThrownBy(epoch::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("all 1 batches");
    }

    @Test
    void aVeryLargeBatchIsTheWholeDataset() {
        assertThat(epoch(DataLoader.of(new Numbers(5), Integer.MAX_VALUE))).hasSize(5);
        assertThat(DataLoader.of(new Numbers(5), Integer.MAX_VALUE).count()).isEqualTo(1);
    }

    @Test
    void dropLastLeavesOutASmallerBatch() {
        DataLoader loader = DataLoader.of(new Numbers(7), 3).dropLast();
        assertThat(epoch(loader)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
        assertThat(loader.count()).isEqualTo(2);
        assertThat(loader.sampleCount()).isEqualTo(6);
        assertThat(epoch(DataLoader.of(new Numbers(6), 3).dropLast())).hasSize(6);
        DataLoader nothing = DataLoader.of(new Numbers(2), 3).dropLast();
        assertThatThrownBy(nothing::iterator)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data loader: dropLast leaves no batch: 2 samples are fewer than a batch of 3");
    }

    @Test
    void samplesThatAreDrawnDifferByEpochIfThereIsAGenerator() {
        Dataset drawn = new TensorDataset(Tensors.zeros(4, 1), Tensors.zeros(4))
                .transformed((sample, random) -> Tensors.of(random.nextDouble()));
        DataLoader fixed = DataLoader.of(drawn, 4);
        double[] always = fixed.iterator().next().input().data();
        assertThat(fixed.iterator().next().input().data()).containsExactly(always);
        DataLoader seeded = fixed.seeded(new Generator(5));
        double[] first = seeded.iterator().next().input().data();
        assertThat(seeded.iterator().next().input().data()).isNotEqualTo(first);
        assertThat(seeded.generators()).hasSize(1);
        DataLoader again = DataLoader.of(drawn, 4).seeded(new Generator(5));
        assertThat(again.iterator().next().input().data()).containsExactly(first);
    }

    @Test
    void aLoaderIsNotChangedBySettings() {
        DataLoader loader = DataLoader.of(new Numbers(7), 3);
        loader.dropLast().shuffled(new Generator(1)).workers(2);
        assertThat(epoch(loader)).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> DataLoader.of(new Numbers(5), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data loader: a batch size of 0 is not possible; use at least 1");
        assertThatThrownBy(() -> DataLoader.of(new Numbers(0), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the dataset is empty");
    }
}
