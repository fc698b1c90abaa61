package org.tinytorch.acceleration;

/** Matrix products block by block in plain Java, one thread: {@code -Dtinytorch.backend=blocked}. */
public final class BlockedBackend extends MatMulBackend {
    private static final Gemm GEMM = new BlockedGemm();

    /** For the {@link java.util.ServiceLoader}. */
    public BlockedBackend() {
        super("blocked");
    }

    @Override
    Gemm gemm() {
        return GEMM;
    }
}
