package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class NormalizeTest {
    private static final Generator UNUSED = new Generator(0);

    @Test
    void eachChannelHasItsOwnNumbers() {
        Normalize normalize = new Normalize(List.of(1.0, 10.0), List.of(2.0, 5.0));
        Tensor image = Tensors.of(new double[] {1, 3, 0, 15}, 2, 1, 2);
        assertThat(normalize.apply(image, UNUSED).data()).containsExactly(0, 1, -2, 1);
        assertThat(normalize.apply(Tensors.of(5, 5), UNUSED).data()).containsExactly(2, -1);
    }

    @Property(tries = 30)
    void whatWasFittedToHasMeanZeroAndDeviationOne(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 600) int samples) {
        Tensor inputs =
                Tensors.randn(new Generator(seed), samples, 3, 2, 2).mul(4).add(1e6);
        Dataset data = new TensorDataset(inputs, Tensors.zeros(samples));
        Normalize fitted = Normalize.fit(data);
        Normalize again = Normalize.fit(data.transformed(fitted));
        for (int c = 0; c < 3; c++) {
            assertThat(again.mean().get(c)).as("mean of channel " + c).isCloseTo(0, within(1e-8));
            assertThat(again.deviation().get(c)).as("deviation of channel " + c).isCloseTo(1, within(1e-8));
        }
    }

    @Test
    void theFitIsThatOfThePopulation() {
        Dataset data = new TensorDataset(Tensors.of(new double[] {1, 7, 3, 7}, 2, 2), Tensors.zeros(2));
        Normalize fitted = Normalize.fit(data);
        assertThat(fitted.mean()).containsExactly(2.0, 7.0);
        assertThat(fitted.deviation()).as("a constant channel counts as 1").containsExactly(1.0, 1.0);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Normalize(List.of(1.0), List.of(1.0)).apply(Tensors.zeros(3, 2, 2), UNUSED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("normalize: made for 1 channels, but the sample is (3, 2, 2)");
        assertThatThrownBy(() -> new Normalize(List.of(1.0, 2.0), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 means and 1 deviations");
        assertThatThrownBy(() -> new Normalize(List.of(1.0), List.of(0.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("channel 0 has mean 1.0 and deviation 0.0");
        assertThatThrownBy(() -> Normalize.fit(new TensorDataset(Tensors.zeros(3), Tensors.zeros(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("single numbers have no channels");
        assertThatThrownBy(() -> Normalize.fit(
                        new TensorDataset(Tensors.of(new double[] {1, Double.NaN}, 2, 1), Tensors.zeros(2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("channel 0 has mean NaN");
    }
}
