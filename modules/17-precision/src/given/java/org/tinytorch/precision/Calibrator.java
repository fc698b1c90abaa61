// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Calibrator.java. Read it, don't edit it.
package org.tinytorch.precision;

/**
 * Chooses the range of numbers that quantisation represents, from what was seen. A narrow range has a small scale, but moves what is outside to its ends; the methods weigh the two
 * differently.
 *
 * @see Observer
 */
@FunctionalInterface
public interface Calibrator {
    /**
     * Chooses a range.
     *
     * @param seen what came by
     * @param quantizer how it will be quantised
     * @throws IllegalStateException if no number was seen
     */
    Range range(Observer seen, Quantizer quantizer);

    /**
     * Scale and zero point for the chosen range.
     *
     * @throws IllegalStateException if no number was seen
     */
    default Quantization choose(Observer seen, Quantizer quantizer) {
        Range range = range(seen, quantizer);
        return quantizer.choose(range.min(), range.max());
    }

    /** From the smallest number to the largest: nothing is cut off, and one number gone astray makes all others coarse. */
    static Calibrator minMax() {
        return (seen, quantizer) -> seen.range();
    }

    /**
     * Cuts off what is rare: as many percent of all numbers stay, and of the others as many are cut off below as above.
     *
     * @param percent above 0, up to 100, for example 99.9
     */
    static Calibrator percentile(double percent) {
        return new PercentileCalibrator(percent);
    }

    /** The range with the least mean squared error, of a hundred between 0 and the whole. */
    static Calibrator meanSquaredError() {
        return new SquaredErrorCalibrator();
    }

    /** The range that loses the least information: the least Kullback–Leibler divergence between the numbers before and after (Migacz, 8-bit inference with TensorRT, 2017). */
    static Calibrator entropy() {
        return new EntropyCalibrator();
    }
}
