// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/EntropyCalibrator.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Arrays;

/**
 * For each limit: what is beyond is moved to the last bin (P), the bins are merged to as many levels as there are integers, and each level is spread over its bins again (Q). The limit with the
 * least {@code KL(P ‖ Q) = Σ p · log(p / q)} wins.
 *
 * <p>A limit below which fewer than half of the numbers lie is none: what is left says nothing about the others. 0 is represented exactly whatever the limit, and after a ReLU half of all numbers are 0: the bin at 0 is taken for as full as its neighbour.
 */
record EntropyCalibrator() implements Calibrator {
    private static final double UNLIKELY = 1e-4;
    private static final int STRIDE = 8; // a limit to within a 128th of the largest magnitude is good enough

    @Override
    public Range range(Observer seen, Quantizer quantizer) {
        double[] counts = seen.histogram().magnitudes();
        counts[0] = counts[1];
        int limit = bestLimit(counts, levels(seen.range(), quantizer));
        return seen.range().within(limit * seen.histogram().width());
    }

    /** How many integers stand for magnitudes: all of them if the numbers lie on one side of 0 and the quantizer makes use of that. */
    static int levels(Range range, Quantizer quantizer) {
        boolean oneSided = range.min() >= 0 || range.max() <= 0;
        return 1 << (oneSided && !quantizer.isSymmetric() ? quantizer.bits() : quantizer.bits() - 1);
    }

    /** The best number of bins; all that are used if these are no more than levels. */
    private static int bestLimit(double[] counts, int levels) {
        int used = counts.length;
        while (used > 1 && counts[used - 1] == 0) {
            used--;
        }
        int best = used;
        double least = divergence(counts, used, levels);
        double half = sum(counts, 0, used) / 2;
        for (int limit = used - STRIDE; limit >= levels && sum(counts, 0, limit) > half; limit -= STRIDE) {
            double divergence = divergence(counts, limit, levels);
            if (divergence < least) {
                best = limit;
                least = divergence;
            }
        }
        return best;
    }

    /** Where Q has nothing, which is where only what was moved there is, it counts as a ten-thousandth of a number: unlikely, not impossible. */
    static double divergence(double[] counts, int limit, int levels) {
        double[] p = Arrays.copyOf(counts, limit);
        p[limit - 1] += sum(counts, limit, counts.length);
        double[] q = spread(counts, limit, levels);
        double sumP = sum(p, 0, limit);
        double sumQ = sum(q, 0, limit);
        double divergence = 0;
        for (int i = 0; i < limit; i++) {
            if (p[i] > 0) {
                divergence += p[i] / sumP * Math.log(p[i] / sumP / (Math.max(q[i], UNLIKELY) / sumQ));
            }
        }
        return divergence;
    }

    /** Each level's count, divided evenly among those of its bins that are not empty. */
    private static double[] spread(double[] counts, int limit, int levels) {
        double[] q = new double[limit];
        for (int level = 0; level < levels; level++) {
            int from = level * limit / levels;
            int to = (level + 1) * limit / levels;
            double share = sum(counts, from, to) / filled(counts, from, to);
            for (int i = from; i < to; i++) {
                q[i] = counts[i] > 0 ? share : 0;
            }
        }
        return q;
    }

    private static double sum(double[] counts, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    private static int filled(double[] counts, int from, int to) {
        int filled = 0;
        for (int i = from; i < to; i++) {
            filled += counts[i] > 0 ? 1 : 0;
        }
        return filled;
    }
}
