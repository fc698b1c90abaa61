// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/AutoBackend.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.List;
import java.util.function.Supplier;

/** The fastest way this machine and this JVM have, on all threads: what is used unless {@code -Dtinytorch.backend} says otherwise. */
public final class AutoBackend extends KernelBackend {
    private final Supplier<MatMulPrecision> precision;

    /**
     * For the {@link java.util.ServiceLoader}; with the precision that {@code -Dtinytorch.matmul} names when the first operation comes.
     */
    public AutoBackend() {
        this(MatMulPrecision::configured);
    }

    /**
     * With matrix products in a given precision.
     *
     * <pre>{@code Backend.use(new AutoBackend(MatMulPrecision.FLOAT32));}</pre>
     */
    public AutoBackend(MatMulPrecision precision) {
        this(() -> precision);
    }

    private AutoBackend(Supplier<MatMulPrecision> precision) {
        super("auto");
        this.precision = precision;
    }

    @Override
    List<Kernels> kernels() {
        return FastestKernels.on(Workers.shared(), precision.get());
    }
}
