package org.tinytorch.acceleration;

/** The fastest way this machine and this JVM have, on all threads: what is used unless {@code -Dtinytorch.backend} says otherwise. */
public final class AutoBackend extends MatMulBackend {
    /** For the {@link java.util.ServiceLoader}. */
    public AutoBackend() {
        super("auto");
    }

    @Override
    Gemm gemm() {
        return FastestGemm.ALL_THREADS;
    }
}
