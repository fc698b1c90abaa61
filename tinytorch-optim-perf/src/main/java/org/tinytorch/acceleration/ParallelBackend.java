package org.tinytorch.acceleration;

/** Matrix products block by block in plain Java, on all threads: {@code -Dtinytorch.backend=parallel}. */
public final class ParallelBackend extends MatMulBackend {
    private static final Gemm GEMM = new ParallelGemm(new BlockedGemm(), Workers.shared());

    /** For the {@link java.util.ServiceLoader}. */
    public ParallelBackend() {
        super("parallel");
    }

    @Override
    Gemm gemm() {
        return GEMM;
    }
}
