package org.tinytorch.acceleration;

/**
 * Matrix products with the Vector API, one thread: {@code -Dtinytorch.backend=vector}. Where the Vector API cannot be used, plain Java block by block, and a
 * line in the log says what to add.
 */
public final class VectorBackend extends MatMulBackend {
    /** For the {@link java.util.ServiceLoader}. */
    public VectorBackend() {
        super("vector");
    }

    @Override
    Gemm gemm() {
        return FastestGemm.ONE_THREAD;
    }
}
