package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;

class SamplersTest {
    private static final Dataset TEN = new TensorDataset(Tensors.arange(10).reshape(10, 1), Tensors.arange(10));

    private static List<Double> epoch(DataLoader loader) {
        List<Double> seen = new ArrayList<>();
        loader.forEach(batch -> {
            for (double target : batch.target().data()) {
                seen.add(target);
            }
        });
        return seen;
    }

    @Test
    void sequentialIsInOrder() {
        assertThat(new SequentialSampler(4).indices()).containsExactly(0, 1, 2, 3);
        assertThat(new SequentialSampler(4).generators()).isEmpty();
    }

    @Test
    void randomTakesEachOnceInAnotherOrderEachEpoch() {
        RandomSampler sampler = new RandomSampler(20, new Generator(1));
        int[] first = sampler.indices();
        assertThat(first).containsExactlyInAnyOrder(new SequentialSampler(20).indices());
        assertThat(sampler.indices()).isNotEqualTo(first);
        assertThat(sampler.generators()).hasSize(1);
    }

    @Test
    void subsetTakesSomeInOrderOrShuffled() {
        SubsetSampler sampler = SubsetSampler.of(7, 2, 5);
        assertThat(epoch(DataLoader.of(TEN, 2).sampler(sampler))).containsExactly(7.0, 2.0, 5.0);
        SubsetSampler shuffled = sampler.shuffled(new Generator(1));
        assertThat(shuffled.indices()).containsExactlyInAnyOrder(7, 2, 5);
        assertThat(shuffled.generators()).hasSize(1);
        assertThat(sampler.generators()).isEmpty();
        assertThatThrownBy(SubsetSampler::of).hasMessageContaining("no sample is chosen");
    }

    @Test
    void weightsDecideHowOftenASampleIsDrawn() {
        WeightedRandomSampler sampler =
                new WeightedRandomSampler(new double[] {0, 1, 0, 3, 0}, 40_000, new Generator(2));
        int[] counts = new int[5];
        for (int index : sampler.indices()) {
            counts[index]++;
        }
        assertThat(counts[0] + counts[2] + counts[4]).as("samples of weight 0").isZero();
        assertThat(counts[3]).isBetween(29_500, 30_500);
    }

    @Test
    void aLoaderTakesTheNumberOfSamplesFromItsSampler() {
        DataLoader loader = DataLoader.of(TEN, 4)
                .sampler(new WeightedRandomSampler(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 25, new Generator(3)));
        assertThat(loader.count()).isEqualTo(7);
        assertThat(loader.sampleCount()).isEqualTo(25);
        assertThat(epoch(loader)).hasSize(25);
        assertThat(loader.dropLast().sampleCount()).isEqualTo(24);
        assertThat(epoch(loader.dropLast())).hasSize(24);
    }

    @Test
    void aSamplerWithAWrongIndexIsFound() {
        DataLoader loader = DataLoader.of(TEN, 2).sampler(SubsetSampler.of(3, 10));
        assertThatThrownBy(() -> epoch(loader))
                .hasMessageContaining("batch 1 of 1 (samples 3, 10) could not be made")
                .hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void impossibleWeightsAreRefused() {
        Generator generator = new Generator(1);
        assertThatThrownBy(() -> new WeightedRandomSampler(new double[] {1, -1}, 1, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight -1.0 of sample 1");
        for (double[] weights : new double[][] {{}, {0, 0}, {1, Double.POSITIVE_INFINITY}}) {
            assertThatThrownBy(() -> new WeightedRandomSampler(weights, 1, generator))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("give no probabilities");
        }
        assertThatThrownBy(() -> new WeightedRandomSampler(new double[] {1}, 0, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("an epoch of 0 samples");
    }
}
