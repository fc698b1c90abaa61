package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class CalibratorTest {
    private static final Quantizer INT8 = Quantizer.symmetric(8);
    private static final Quantizer INT4 = Quantizer.symmetric(4);

    private static Calibrator[] all() {
        return new Calibrator[] {
            Calibrator.minMax(), Calibrator.percentile(99), Calibrator.meanSquaredError(), Calibrator.entropy()
        };
    }

    private static Observer observer(Tensor x) {
        Observer observer = new Observer();
        observer.accept(x);
        return observer;
    }

    private static Tensor normal(int n) {
        return Tensors.randn(new Generator(1), n);
    }

    private static Tensor withStray(Tensor x, double stray) {
        return Tensors.concat(0, x, Tensors.of(stray));
    }

    private static double error(Range range, Quantizer quantizer, Tensor x) {
        Quantization quantization = quantizer.choose(range.min(), range.max());
        double sum = 0;
        for (double number : x.data()) {
            sum += Math.pow(number - quantization.round(number), 2);
        }
        return sum / x.size();
    }

    @ParameterizedTest
    @MethodSource("all")
    void withoutDataThereIsNoRange(Calibrator calibrator) {
        assertThatThrownBy(() -> calibrator.choose(new Observer(), INT8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("send at least one batch");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theRangeIsNeverWiderThanWhatWasSeen(Calibrator calibrator) {
        Observer seen = observer(normal(2000).add(0.5));
        Range range = calibrator.range(seen, INT4);
        assertThat(range.min()).isBetween(seen.range().min(), 0.0);
        assertThat(range.max()).isBetween(0.0, seen.range().max());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingButZerosCanBeQuantised(Calibrator calibrator) {
        assertThat(calibrator.choose(observer(Tensors.zeros(10)), INT8).round(0))
                .isZero();
    }

    @Test
    void minMaxIsWhatWasSeen() {
        assertThat(Calibrator.minMax().range(observer(Tensors.of(-3, 1, 2)), INT8))
                .isEqualTo(new Range(-3, 2));
        assertThat(Calibrator.minMax().choose(observer(Tensors.of(-3, 1, 2)), INT8))
                .isEqualTo(INT8.choose(-3, 2));
    }

    @Test
    void aPercentileCutsOffAsManyBelowAsAbove() {
        Observer seen = observer(Tensors.arange(1, 1001));
        Range range = Calibrator.percentile(99).range(seen, INT8);
        double binAndGap = 1000.0 / (Histogram.HALF / 2) + 1;
        assertThat(range.min()).isCloseTo(5, within(binAndGap));
        assertThat(range.max()).isCloseTo(995, within(binAndGap));
        assertThat(Calibrator.percentile(100).range(seen, INT8)).isEqualTo(seen.range());
    }

    @Test
    void aNumberGoneAstrayMovesOnlyTheWidestRange() {
        Tensor x = normal(5000);
        Observer seen = observer(withStray(x, 50));
        double widest = x.abs().max().item();
        assertThat(Calibrator.minMax().range(seen, INT8).max()).isEqualTo(50);
        assertThat(Calibrator.percentile(99.9).range(seen, INT8).max()).isLessThan(widest);
        assertThat(Calibrator.entropy().range(seen, INT8).max()).isLessThan(2 * widest);
        assertThat(Calibrator.meanSquaredError().range(seen, INT4).max()).isLessThan(50);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 15})
    void theLeastSquaredErrorIsAsSmallAsTryingOnTheNumbersThemselves(double stray) {
        Tensor x = withStray(normal(5000), stray);
        Range chosen = Calibrator.meanSquaredError().range(observer(x), INT4);
        Range whole = observer(x).range();
        double best = Double.POSITIVE_INFINITY;
        for (int step = 1; step <= 400; step++) {
            best = Math.min(best, error(whole.times(step / 400.0), INT4, x));
        }
        assertThat(error(chosen, INT4, x)).isBetween(best * 0.99, best * 1.01);
        assertThat(error(chosen, INT4, x))
                .as("clearly better than the whole range")
                .isLessThan(0.9 * error(whole, INT4, x));
    }

    @Test
    void evenlySpreadNumbersLoseInformationIfCut() {
        Tensor x = Tensors.rand(new Generator(2), 50_000).mul(2).sub(1);
        assertThat(Calibrator.entropy().range(observer(x), INT8).max()).isGreaterThan(0.95);
    }

    @Test
    void asManyBinsAsLevelsLoseNothing() {
        double[] counts = {4, 1, 3, 2};
        assertThat(EntropyCalibrator.divergence(counts, 4, 4)).isZero();
        // Q: (2.5, 2.5, 2.5, 2.5) of 10
        double expected = 0.4 * Math.log(0.4 / 0.25)
                + 0.1 * Math.log(0.1 / 0.25)
                + 0.3 * Math.log(0.3 / 0.25)
                + 0.2 * Math.log(0.2 / 0.25);
        assertThat(EntropyCalibrator.divergence(counts, 4, 2)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void whatIsBeyondTheLimitGoesToTheLastBinOfThePlanOnly() {
        double[] counts = {4, 1, 3, 2};
        // P: (4, 1, 5) of 10; Q: (4, 1, 3) of 8
        double expected = 0.4 * Math.log(0.4 / 0.5) + 0.1 * Math.log(0.1 / 0.125) + 0.5 * Math.log(0.5 / 0.375);
        assertThat(EntropyCalibrator.divergence(counts, 3, 3)).isCloseTo(expected, within(1e-12));
        assertThat(EntropyCalibrator.divergence(new double[] {4, 0, 3}, 2, 2))
                .as("nothing was in the last bin, which is unlikely")
                .isCloseTo(4 / 7.0 * Math.log(4 / 7.0) + 3 / 7.0 * Math.log(3 / 7.0 / (1e-4 / 4)), within(1e-12));
        assertThat(EntropyCalibrator.divergence(new double[] {4, 0, 2, 2}, 4, 2))
                .as("empty bins stay empty, and the others of their level take all")
                .isZero();
    }

    @Test
    void numbersOnOneSideHaveTwiceTheLevelsIfTheQuantizerIsAsymmetric() {
        assertThat(EntropyCalibrator.levels(new Range(-1, 3), INT8)).isEqualTo(128);
        assertThat(EntropyCalibrator.levels(new Range(0, 3), INT8)).isEqualTo(128);
        assertThat(EntropyCalibrator.levels(new Range(-1, 3), Quantizer.asymmetric(8)))
                .isEqualTo(128);
        assertThat(EntropyCalibrator.levels(new Range(0, 3), Quantizer.asymmetric(8)))
                .isEqualTo(256);
        assertThat(EntropyCalibrator.levels(new Range(-3, 0), Quantizer.asymmetric(4)))
                .isEqualTo(16);
    }

    @Test
    void zerosOfARectifierDoNotDrawTheLimitIn() {
        Tensor x = normal(20_000);
        Tensor rectified = x.maximum(Tensors.scalar(0));
        double limit = Calibrator.entropy()
                .range(observer(rectified), Quantizer.asymmetric(8))
                .max();
        assertThat(limit).isGreaterThan(observer(x).quantile(0.98));
    }

    @Test
    void percentilesThatMakeNoSenseAreRefused() {
        for (double percent : new double[] {0, -1, 100.1, Double.NaN}) {
            assertThatThrownBy(() -> Calibrator.percentile(percent)).hasMessageContaining("percentile of " + percent);
        }
    }

    /** What lies away from 0 leaves nothing below a small limit, which is no reason to choose it. */
    @Test
    void entropyKeepsWhatLiesAwayFromZero() {
        Tensor around5 = normal(4000).mul(0.5).add(5);
        Tensor upperHalf = Tensors.rand(new Generator(1), 4000).mul(0.5).add(0.5);
        Tensor bits = Tensors.randint(new Generator(1), 2, 4000);

        for (Quantizer quantizer : new Quantizer[] {INT8, INT4, Quantizer.asymmetric(8)}) {
            assertThat(Calibrator.entropy().range(observer(around5), quantizer).max())
                    .as("%s, numbers around 5", quantizer)
                    .isGreaterThan(5);
            assertThat(Calibrator.entropy()
                            .range(observer(upperHalf), quantizer)
                            .max())
                    .as("%s, numbers from 0.5 to 1", quantizer)
                    .isGreaterThan(0.75);
            assertThat(Calibrator.entropy().range(observer(bits), quantizer).max())
                    .as("%s, 0 and 1", quantizer)
                    .isEqualTo(1);
        }
    }
}
