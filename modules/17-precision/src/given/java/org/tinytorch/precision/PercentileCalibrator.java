// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/PercentileCalibrator.java. Read it, don't edit it.
package org.tinytorch.precision;

/**
 * Cuts off as many numbers below as above.
 *
 * @param percent of the numbers that stay
 */
record PercentileCalibrator(double percent) implements Calibrator {
    PercentileCalibrator {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException(
                    "calibration: a percentile of " + percent + " is not possible; use 0 to 100, for example 99.9");
        }
    }

    /** With 99 percent of the numbers 1 … 1000, from 5 to 995: half a percent is cut off at each end. */
    @Override
    public Range range(Observer seen, Quantizer quantizer) {
        double cut = (100 - percent) / 200; // not (1 - percent / 100) / 2, which for 99 is a little more than 0.005
        return new Range(seen.quantile(cut), seen.quantile(1 - cut));
    }
}
