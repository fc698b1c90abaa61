// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/FastestKernels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinytorch.setup.EnvironmentReport;

/** The fastest kernels that this machine and this JVM offer. */
final class FastestKernels {
    private static final Logger LOG = LoggerFactory.getLogger(FastestKernels.class);

    /** Narrower vectors gain nothing over what the compiler vectorises by itself. */
    private static final int WORTHWHILE_BITS = 256;

    /** Whether vectors are used; found out, and if there is something to be done about it said, once. */
    private static final boolean VECTORS = vectors(EnvironmentReport.collect());

    private FastestKernels() {}

    /** The vector classes are mentioned in one branch only: without the Vector API they must not be loaded. */
    static List<Kernels> on(Workers workers, MatMulPrecision precision) {
        if (VECTORS) {
            boolean narrow = precision == MatMulPrecision.FLOAT32;
            Gemm gemm = narrow ? new PackedGemm(FloatPanels::new) : new VectorGemm();
            List<Kernels> kernels = new ArrayList<>();
            kernels.add(new FewRowProducts(workers, Products.SMALL));
            kernels.add(new Products(gemm, workers));
            if (!narrow
                    && Switch.on(
                            "tinytorch.winograd")) { // in single precision, the products that it saves are not worth
                // what it does for them
                kernels.add(
                        new WinogradConvolutions(workers, WinogradConvolutions.BATCH, WinogradConvolutions.CHANNELS));
            }
            kernels.add(new Convolutions(narrow ? FloatPixels::new : DoublePixels::new, workers));
            kernels.add(new Pooling(workers));
            kernels.add(new BatchNormKernels(workers, BatchNormKernels.SMALL));
            kernels.add(new NormKernels(workers, NormKernels.SMALL));
            // what attention multiplies comes in such small blocks that rounding them takes the time that it saves
            kernels.add(new AttentionKernels(narrow ? new VectorGemm() : gemm, workers));
            kernels.add(new Permutations(workers));
            kernels.add(new VectorMaps(workers, VectorMaps.SMALL));
            kernels.add(new BinaryKernels(workers, BinaryKernels.SMALL));
            kernels.add(new RowKernels(workers, RowKernels.SMALL));
            for (KernelProvider later :
                    ServiceLoader.load(KernelProvider.class, KernelProvider.class.getClassLoader())) {
                kernels.add(later.kernels(workers));
            }
            return kernels;
        }
        if (precision == MatMulPrecision.FLOAT32) {
            LOG.info("Matrix products in float32 need the vector kernels; they are computed in float64");
        }
        return withoutVectors(workers);
    }

    /** Plain Java: what is a matrix product, or can be made one. */
    static List<Kernels> withoutVectors(Workers workers) {
        return List.of(new Products(new BlockedGemm(), workers), new Im2colConvolutions(new BlockedGemm(), workers));
    }

    private static boolean vectors(EnvironmentReport environment) {
        if (!environment.vectorApi()) {
            LOG.info(
                    "The Vector API is not readable; for faster kernels start Java with --add-modules jdk.incubator.vector");
            return false;
        }
        boolean wide = environment.simdBits().orElse(WORTHWHILE_BITS) >= WORTHWHILE_BITS;
        if (!environment.c2()) {
            LOG.info(
                    "The optimising compiler C2 is off, without which vectors are slow; kernels in plain Java are used");
        } else if (!wide) {
            LOG.info(
                    "This processor's vectors are narrower than {} bits; kernels in plain Java are used",
                    WORTHWHILE_BITS);
        }
        return environment.c2() && wide;
    }
}
