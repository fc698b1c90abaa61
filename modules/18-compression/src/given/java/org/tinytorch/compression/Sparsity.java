// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/Sparsity.java. Read it, don't edit it.
package org.tinytorch.compression;

/** A share that goes. */
final class Sparsity {
    private Sparsity() {}

    /** @throws IllegalArgumentException if it is not from 0 to below 1 */
    static double check(double sparsity) {
        if (!(sparsity >= 0 && sparsity < 1)) {
            throw new IllegalArgumentException("prune: a sparsity of " + sparsity
                    + " is not possible; use 0 (nothing goes) to below 1 (everything would go)");
        }
        return sparsity;
    }

    /** How many of {@code count} go: the nearest whole number, but not all. */
    static int dropped(double sparsity, int count) {
        return (int) Math.min(Math.round(sparsity * count), count - 1);
    }
}
