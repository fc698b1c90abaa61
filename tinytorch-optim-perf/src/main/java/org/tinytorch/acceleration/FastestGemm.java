package org.tinytorch.acceleration;

import org.slf4j.LoggerFactory;
import org.tinytorch.setup.EnvironmentReport;

/** Picks the fastest matrix product that this machine and this JVM offer, once. */
final class FastestGemm {
    /** On the thread that asks. */
    static final Gemm ONE_THREAD = choose(EnvironmentReport.collect());

    /** On all threads. */
    static final Gemm ALL_THREADS = new ParallelGemm(ONE_THREAD, Workers.shared());

    /** Vectors narrower than this gain nothing over what the compiler vectorises by itself. */
    private static final int WORTHWHILE_BITS = 256;

    private FastestGemm() {}

    /** The vector kernel is mentioned in one branch only: without the Vector API its class must not be loaded. */
    private static Gemm choose(EnvironmentReport environment) {
        if (!environment.vectorApi()) {
            LoggerFactory.getLogger(FastestGemm.class)
                    .info(
                            "The Vector API is not readable; for faster matrix products start Java with --add-modules jdk.incubator.vector");
            return new BlockedGemm();
        }
        boolean compiled = environment.c2() && environment.simdBits().orElse(WORTHWHILE_BITS) >= WORTHWHILE_BITS;
        return compiled ? new VectorGemm() : new BlockedGemm();
    }
}
