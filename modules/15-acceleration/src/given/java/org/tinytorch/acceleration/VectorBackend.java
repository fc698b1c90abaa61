// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/VectorBackend.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.List;
import java.util.function.Supplier;

/**
 * Everything with the Vector API, one thread: {@code -Dtinytorch.backend=vector}. Where the Vector API cannot be used, matrix products in plain Java block by
 * block, and a line in the log says what to add.
 */
public final class VectorBackend extends KernelBackend {
    private final Supplier<MatMulPrecision> precision;

    /**
     * For the {@link java.util.ServiceLoader}; with the precision that {@code -Dtinytorch.matmul} names when the first operation comes.
     */
    public VectorBackend() {
        this(MatMulPrecision::configured);
    }

    /** With matrix products in a given precision. */
    public VectorBackend(MatMulPrecision precision) {
        this(() -> precision);
    }

    private VectorBackend(Supplier<MatMulPrecision> precision) {
        super("vector");
        this.precision = precision;
    }

    @Override
    List<Kernels> kernels() {
        return FastestKernels.on(Workers.NONE, precision.get());
    }
}
