package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class TransformedDatasetTest {
    private static final Dataset SOURCE = new TensorDataset(Tensors.zeros(100, 1), Tensors.arange(100));

    /** Each sample becomes the first number that it draws. */
    private static final Transform DRAW = (sample, random) -> Tensors.of(random.nextDouble());

    private static final Dataset DRAWN = SOURCE.transformed(DRAW);

    private static double drawn(int index, long seed) {
        return DRAWN.batch(new int[] {index}, seed).input().item();
    }

    @Property
    void aSampleLooksTheSameInEveryBatchOfAnEpoch(@ForAll long seed) {
        Batch batch = DRAWN.batch(new int[] {7, 3, 99, 3}, seed);
        assertThat(batch.input().data())
                .containsExactly(drawn(7, seed), drawn(3, seed), drawn(99, seed), drawn(3, seed));
        assertThat(batch.target().data()).containsExactly(7, 3, 99, 3);
    }

    @Test
    void samplesDifferAndSoDoEpochs() {
        List<Double> all = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            for (int index = 0; index < 100; index++) {
                all.add(drawn(index, seed));
            }
        }
        assertThat(all).doesNotHaveDuplicates();
        assertThat(all.stream().mapToDouble(x -> x).average().orElseThrow()).isBetween(0.47, 0.53);
    }

    @Test
    void withoutASeedItIsThatOfZero() {
        assertThat(DRAWN.batch(4).input().item()).isEqualTo(drawn(4, 0));
    }

    @Test
    void oneTransformedSetOverAnotherDrawsOtherNumbers() {
        Dataset twice = SOURCE.transformed(DRAW)
                .transformed((sample, random) -> Tensors.of(sample.item(), random.nextDouble()));
        double[] both = twice.batch(0).input().data();
        assertThat(both[1]).isNotEqualTo(both[0]);
    }

    @Test
    void aSubsetShowsTheSampleOfItsSource() {
        assertThat(new Subset(DRAWN, 40, 50).batch(new int[] {1}, 9).input().item())
                .isEqualTo(drawn(50, 9));
    }

    @Test
    void theSourceStaysAsItWas() {
        Dataset source = new TensorDataset(Tensors.ones(2, 1), Tensors.arange(2));
        Dataset changed = source.transformed((sample, random) -> {
            sample.set(5, 0);
            return sample;
        });
        assertThat(changed.batch(0, 1).input().data()).containsExactly(5, 5);
        assertThat(source.batch(0, 1).input().data()).containsExactly(1, 1);
        assertThat(changed.size()).isEqualTo(2);
    }

    @Test
    void transformsMayChangeTheShapeButAllInTheSameWay() {
        assertThat(SOURCE.transformed((s, r) -> Tensors.zeros(2, 3))
                        .batch(1, 2, 3, 4)
                        .input()
                        .shape()
                        .dims())
                .containsExactly(4, 2, 3);
        Dataset uneven = SOURCE.transformed((s, r) -> Tensors.zeros(1 + r.nextInt(50)));
        assertThatThrownBy(() -> uneven.batch(10, 11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "transformed: sample 11 became \\(\\d+,\\), but sample 10 of the same batch \\(\\d+,\\); .*");
    }

    @Test
    void composedTransformsRunInOrderAndOfNoneNothingChanges() {
        Transform add = (sample, random) -> Tensors.of(sample.item() + 1);
        Transform times = (sample, random) -> Tensors.of(sample.item() * 10);
        Generator random = new Generator(0);
        assertThat(new Compose(add, times).apply(Tensors.of(1), random).item()).isEqualTo(20);
        assertThat(times.then(add).apply(Tensors.of(1), random).item()).isEqualTo(11);
        assertThat(new Compose().apply(Tensors.of(1), random).item()).isEqualTo(1);
    }
}
