package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ObserverTest {
    @Test
    void theEndsAreExact() {
        Observer observer = new Observer();
        observer.accept(Tensors.of(0.1, 0.3));
        assertThat(observer.range()).isEqualTo(new Range(0.1, 0.3));
        observer.accept(Tensors.of(-7.7, 0.2));
        assertThat(observer.range()).isEqualTo(new Range(-7.7, 0.3));
        assertThat(observer.count()).isEqualTo(4);
    }

    @Property(tries = 100)
    void quantilesAreThoseOfTheSortedNumbersToWithinABin(
            @ForAll long seed,
            @ForAll @DoubleRange(min = -20, max = 20) double exponent,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        Tensor x = Tensors.randn(new Generator(seed), 1000).mul(Math.pow(2, exponent));
        Observer observer = new Observer();
        for (int from = 0; from < 1000; from += 100) { // later batches reach farther than the first
            observer.accept(x.slice(0, from, from + 100));
        }
        double[] sorted = x.data().clone();
        Arrays.sort(sorted);
        int below = (int) Math.max(0, Math.ceil(share * 1000) - 1);
        double bin = x.abs().max().item() / (Histogram.HALF / 2);
        assertThat(observer.quantile(share)).isCloseTo(sorted[below], within(bin));
    }

    @Test
    void growingMergesNeighboursAndLosesNothing() {
        Histogram histogram = new Histogram();
        histogram.reach(1);
        for (double x : new double[] {-1, -0.01, 0, 0.01, 0.99}) {
            histogram.add(x);
        }
        double width = histogram.width();
        double[] before = histogram.magnitudes();
        histogram.reach(100);
        assertThat(histogram.width()).isEqualTo(width * 64);
        double[] after = histogram.magnitudes();
        for (int i = 0; i < Histogram.HALF; i++) {
            double merged = i * 64 < Histogram.HALF
                    ? Arrays.stream(before, i * 64, (i + 1) * 64).sum()
                    : 0;
            assertThat(after[i]).as("bin %d", i).isEqualTo(merged);
        }
        histogram.reach(3);
        assertThat(histogram.width()).as("never smaller").isEqualTo(width * 64);
    }

    @Test
    void aNumberIsTakenForTheMiddleOfItsBin() {
        Histogram histogram = new Histogram();
        histogram.reach(1);
        histogram.add(0.5);
        histogram.add(0.5);
        histogram.add(-0.5);
        double middle = 0.5 + histogram.width() / 2;
        double other = -0.5 + histogram.width() / 2;
        assertThat(histogram.meanSquaredError(x -> 0))
                .isCloseTo((2 * middle * middle + other * other) / 3, within(1e-15));
        assertThat(histogram.meanSquaredError(x -> x)).isZero();
    }

    @Test
    void aRangeIsScaledAndCut() {
        assertThat(new Range(-5, 3).times(0.5)).isEqualTo(new Range(-2.5, 1.5));
        assertThat(new Range(-5, 3).within(2)).isEqualTo(new Range(-2, 2));
        assertThat(new Range(-1, 3).within(2)).isEqualTo(new Range(-1, 2));
        assertThat(new Range(3, 9).within(2)).isEqualTo(new Range(2, 2));
        assertThat(new Range(-9, -3).within(2)).isEqualTo(new Range(-2, -2));
        assertThatThrownBy(() -> new Range(1, 0)).hasMessageContaining("1.0 … 0.0");
        assertThatThrownBy(() -> new Range(Double.NaN, 0)).hasMessageContaining("NaN");
    }

    @Test
    void numbersOfAllSizesHaveABin() {
        Observer observer = new Observer();
        observer.accept(Tensors.of(0, Double.MIN_VALUE));
        observer.accept(Tensors.of(1e-300, -1));
        observer.accept(Tensors.of(1e300));
        assertThat(observer.histogram().magnitudes()).startsWith(4).endsWith(new double[] {0});
        assertThat(Arrays.stream(observer.histogram().magnitudes()).sum()).isEqualTo(5);
    }

    @Test
    void nothingSeenIsAnError() {
        Observer observer = new Observer();
        observer.accept(Tensors.zeros(0));
        assertThatThrownBy(observer::range)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("calibration: no numbers were seen; send at least one batch through the model first");
        assertThatThrownBy(() -> observer.quantile(0.5)).hasMessageContaining("no numbers were seen");
    }

    @Test
    void aShareIsFrom0To1() {
        Observer observer = new Observer();
        observer.accept(Tensors.of(1, 3));
        assertThat(observer.quantile(0)).isEqualTo(1);
        assertThat(observer.quantile(1)).isEqualTo(3);
        for (double share : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> observer.quantile(share))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a share of " + share + " is not possible");
        }
    }

    @Test
    void nonFiniteNumbersAreNamedAndNotCounted() {
        Observer observer = new Observer();
        assertThatThrownBy(() -> observer.accept(Tensors.of(1, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("calibration: the number at [1]")
                .hasMessageContaining("NaN");
        assertThat(observer.count()).isZero();
    }
}
