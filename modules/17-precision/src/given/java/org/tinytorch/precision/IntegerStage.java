// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerStage.java. Read it, don't edit it.
package org.tinytorch.precision;

/** A step from integers to integers. */
sealed interface IntegerStage permits IntegerConvolution, IntegerMaxPool, IntegerMean {
    /**
     * The size of what comes out.
     *
     * @throws IllegalArgumentException if such an input does not fit
     */
    IntegerMap.Size size(IntegerMap.Size in);

    /** How much work it is for one image; what is the same for all, the bytes of weights, is left out. */
    IntegerWork work(IntegerMap.Size in);

    /** What comes out, by plain loops. */
    IntegerMap forward(IntegerMap in);
}
