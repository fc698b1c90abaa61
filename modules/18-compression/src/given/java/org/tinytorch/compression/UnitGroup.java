// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/UnitGroup.java. Read it, don't edit it.
package org.tinytorch.compression;

import org.tinytorch.tensor.Tensor;

/** Units that can be removed, and all that hangs on them. */
interface UnitGroup {
    /** How many there are. */
    int units();

    /** How much each matters, {@code (units,)}. */
    Tensor scores();

    /** Lets nobody read the others any more. */
    void mask(int[] kept);

    /** Removes the others. */
    void rewire(int[] kept);
}
