package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;

class SubsetTest {
    private static Dataset numbers(int n) {
        return new TensorDataset(Tensors.arange(n).reshape(n, 1), Tensors.arange(n));
    }

    private static double[] targets(Dataset data) {
        return data.batch(IntStream.range(0, data.size()).toArray()).target().data();
    }

    @Test
    void showsTheChosenSamplesInTheirOrder() {
        Subset subset = new Subset(numbers(10), 8, 1, 8);
        assertThat(subset.size()).isEqualTo(3);
        assertThat(targets(subset)).containsExactly(8, 1, 8);
        assertThat(subset.batch(1).input().data()).containsExactly(1);
        assertThatThrownBy(() -> subset.batch(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aChoiceThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new Subset(numbers(3), 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Subset(numbers(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("subset: no sample of the 3 is chosen");
    }

    @Property(tries = 100)
    void aRandomSplitGivesEverySampleToOnePart(@ForAll @IntRange(min = 10, max = 200) int n, @ForAll long seed) {
        List<Subset> parts = Subset.randomSplit(numbers(n), new Generator(seed), 0.7, 0.2, 0.1);
        List<Double> all = new ArrayList<>();
        for (Subset part : parts) {
            Arrays.stream(targets(part)).forEach(all::add);
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, n).asDoubleStream().boxed().toList());
        assertThat(parts.get(0).size()).isBetween((int) (0.7 * n) - 1, (int) (0.7 * n) + 1);
        assertThat(targets(Subset.randomSplit(numbers(n), new Generator(seed), 0.7, 0.2, 0.1)
                        .get(2)))
                .containsExactly(targets(parts.get(2)));
    }

    @Test
    void impossibleFractionsAreRefused() {
        for (double[] fractions : new double[][] {{}, {0.5}, {1.5, -0.5}, {1, 0}, {Double.NaN, 1}}) {
            assertThatThrownBy(() -> Subset.randomSplit(numbers(10), new Generator(1), fractions))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Arrays.toString(fractions) + " are not all above 0 and together 1");
        }
        assertThatThrownBy(() -> Subset.randomSplit(numbers(3), new Generator(1), 0.9, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 samples are too few")
                .hasMessageContaining("part 1 would be empty");
    }

    @Test
    void aTensorDatasetCopiesWhatItHandsOut() {
        TensorDataset data = new TensorDataset(Tensors.arange(6).reshape(3, 2), Tensors.of(7, 8, 9));
        assertThat(data.batch(2, 0).input()).hasToString("[[4. 5.]\n [0. 1.]]");
        data.batch(0).input().set(99, 0, 0);
        assertThat(data.all().input().get(0, 0)).isZero();
        assertThat(data).hasToString("3 samples (2,)");
        assertThat(data.inputShape().dims()).containsExactly(2);
        assertThatThrownBy(() -> data.batch(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new TensorDataset(Tensors.zeros(2, 1), Tensors.zeros(3)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
