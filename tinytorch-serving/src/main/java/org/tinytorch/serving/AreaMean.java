package org.tinytorch.serving;

/**
 * Scales one axis of a picture: a target cell is the mean of the stretch of source cells that it covers, those at its ends in part.
 *
 * @param source how many cells there are
 * @param target how many there shall be; may be more
 */
record AreaMean(int source, int target) {
    /** The share of a source cell in the mean that is a target cell; with 3 cells to 2, the middle one has a share of ⅓ in both, and the outer ones ⅔ in one. */
    double weight(int from, int to) {
        double start = (double) to * source / target;
        double end = (double) (to + 1) * source / target;
        return Math.max(0, Math.min(from + 1, end) - Math.max(from, start)) * target / source;
    }

    int firstTarget(int from) {
        return (int) ((long) from * target / source);
    }

    int lastTarget(int from) {
        return (int) (((from + 1L) * target - 1) / source);
    }

    double[] apply(double[] values) {
        double[] means = new double[target];
        for (int from = 0; from < source; from++) {
            for (int to = firstTarget(from); to <= lastTarget(from); to++) {
                means[to] += weight(from, to) * values[from];
            }
        }
        return means;
    }
}
