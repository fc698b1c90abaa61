package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;

class StatisticsTest {
    private static final double CLOSE = 1e-12;

    @Test
    void theMedianIsTheValueInTheMiddle() {
        assertThat(Statistics.median(7, 1, 5)).isEqualTo(5);
        assertThat(Statistics.median(4, 1, 3, 100)).as("mean of 3 and 4").isEqualTo(3.5);
        assertThat(Statistics.median(2)).isEqualTo(2);
    }

    @Test
    void aQuantileLiesBetweenTwoValuesInProportion() {
        double[] values = {40, 10, 30, 20};

        assertThat(Statistics.quantile(0.25, values)).isCloseTo(17.5, within(CLOSE));
        assertThat(Statistics.quantile(0, values)).isEqualTo(10);
        assertThat(Statistics.quantile(1, values)).isEqualTo(40);
        assertThat(values).as("the caller's array").containsExactly(40, 10, 30, 20);
    }

    @Test
    void theDeviationDividesByOneLess() {
        assertThat(Statistics.mean(1, 3, 5, 7)).isEqualTo(4);
        assertThat(Statistics.deviation(1, 3, 5, 7)).isCloseTo(Math.sqrt(20.0 / 3), within(CLOSE));
        assertThat(Statistics.deviation(42)).as("of a single value").isZero();
    }

    @Property(tries = 200)
    void theMedianIsTheHalfQuantile(@ForAll @Size(min = 1, max = 20) double[] values) {
        double[] small = Arrays.stream(values).map(Math::atan).toArray();

        assertThat(Statistics.median(small)).isCloseTo(Statistics.quantile(0.5, small), within(CLOSE));
    }

    @Property(tries = 100)
    void scalingTheValuesScalesTheirStatistics(
            @ForAll @Size(min = 2, max = 20) double[] values, @ForAll @DoubleRange(min = 0.5, max = 2) double factor) {
        double[] small = Arrays.stream(values).map(Math::atan).toArray();
        double[] scaled = Arrays.stream(small).map(value -> factor * value).toArray();

        assertThat(Statistics.median(scaled)).isCloseTo(factor * Statistics.median(small), within(1e-9));
        assertThat(Statistics.deviation(scaled)).isCloseTo(factor * Statistics.deviation(small), within(1e-9));
    }

    @Test
    void theBootstrapOfTheMeanIsAsWideAsTheoryHasIt() {
        Generator generator = new Generator(1);
        int n = 400;
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = generator.nextGaussian();
        }

        Interval interval = Statistics.bootstrap(
                n, picks -> Statistics.mean(Statistics.picked(values, picks)), 0.95, new Generator(2));

        double standardError = Statistics.deviation(values) / Math.sqrt(n);
        assertThat(interval.contains(Statistics.mean(values)))
                .as("the interval holds the mean itself")
                .isTrue();
        assertThat(interval.high() - interval.low())
                .as("a normal distribution has 95 % within 1.96 standard errors")
                .isCloseTo(2 * 1.96 * standardError, within(0.3 * standardError));
    }

    @Test
    void anIntervalHoldsTheTrueMedianAboutAsOftenAsItSays() {
        Generator generator = new Generator(5);
        int experiments = 100;
        int held = 0;
        for (int experiment = 0; experiment < experiments; experiment++) {
            double[] values = new double[25];
            Arrays.setAll(values, i -> generator.nextGaussian());
            held += Statistics.medianInterval(0.9, generator, values).contains(0) ? 1 : 0;
        }

        assertThat(held).as("of 100 intervals of 90 %% around a median of 0").isBetween(80, 98);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6};

        assertThat(Statistics.medianInterval(0.9, new Generator(3), values))
                .isEqualTo(Statistics.medianInterval(0.9, new Generator(3), values));
        assertThat(Statistics.medianInterval(0.9, new Generator(3), 7, 7, 7))
                .as("of equal values")
                .isEqualTo(new Interval(7, 7, 0.9));
    }

    @Test
    void moreConfidenceNeedsAWiderInterval() {
        double[] values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
        Interval half = Statistics.medianInterval(0.5, new Generator(3), values);
        Interval most = Statistics.medianInterval(0.99, new Generator(3), values);

        assertThat(most.low()).isLessThan(half.low());
        assertThat(most.high()).isGreaterThan(half.high());
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(Statistics::median)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("median: there are no values; measure at least one");
        assertThatThrownBy(() -> Statistics.mean(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value 1 of 2 is NaN");
        assertThatThrownBy(() -> Statistics.quantile(1, 1, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantile: value 1 of 2 is Infinity; leave it out, or find out why");
        assertThatThrownBy(() -> Statistics.quantile(1.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantile: 1.5 is no share; use 0 to 1");
        assertThatThrownBy(() -> Statistics.medianInterval(95, new Generator(1), 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a confidence of 95.0 is not possible");
        assertThatThrownBy(() -> new Interval(2, 1, 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.0 to 1.0");
    }
}
