// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/RooflinePoint.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import org.tinytorch.benchmarking.Roofline.Bound;

/**
 * Where a piece of work stands under a {@link Roofline}.
 *
 * @param name of a layer, for example
 * @param intensity FLOPs for each byte that must be moved, positive
 * @param flopsPerSecond what it reached, positive
 * @param attainable what the roof allows
 * @param bound what limits it
 */
public record RooflinePoint(String name, double intensity, double flopsPerSecond, double attainable, Bound bound) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public RooflinePoint {
        if (!(intensity > 0 && flopsPerSecond > 0 && attainable > 0)) {
            throw new IllegalArgumentException("roofline: '" + name + "' with " + intensity + " FLOP/byte, "
                    + flopsPerSecond + " FLOP/s of " + attainable + " has no place; all are positive");
        }
    }

    /**
     * Which part of the attainable it reached. More than 1 is possible: its numbers may still be in a cache, which is faster than memory, or a backend may have saved some of the arithmetic.
     */
    public double share() {
        return flopsPerSecond / attainable;
    }
}
