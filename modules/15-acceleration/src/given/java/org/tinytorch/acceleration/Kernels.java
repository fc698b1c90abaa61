// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Kernels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Optional;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** Faster ways to compute some operations. */
public interface Kernels {
    /** The result, or nothing if the operation is not one of these, is too small to gain, or has inputs that its own loops must judge. */
    Optional<Tensor> compute(Operation op, Tensor... inputs);
}
