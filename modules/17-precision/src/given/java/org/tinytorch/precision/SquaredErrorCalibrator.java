// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/SquaredErrorCalibrator.java. Read it, don't edit it.
package org.tinytorch.precision;

/** Tries ranges between 0 and the whole, and takes the one with the least mean squared error; of several, the widest. */
record SquaredErrorCalibrator() implements Calibrator {
    private static final int STEPS = 100;

    @Override
    public Range range(Observer seen, Quantizer quantizer) {
        Range best = seen.range();
        double least = error(best, seen, quantizer);
        for (int step = STEPS - 1; step > 0; step--) {
            Range narrower = seen.range().times((double) step / STEPS);
            double error = error(narrower, seen, quantizer);
            if (error < least) {
                best = narrower;
                least = error;
            }
        }
        return best;
    }

    private static double error(Range range, Observer seen, Quantizer quantizer) {
        Quantization quantization = quantizer.choose(range.min(), range.max());
        return seen.histogram().meanSquaredError(quantization::round);
    }
}
