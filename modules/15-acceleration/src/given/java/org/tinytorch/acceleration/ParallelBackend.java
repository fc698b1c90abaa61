// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/ParallelBackend.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.List;

/** Matrix products block by block in plain Java, and convolutions made into such products, on all threads: {@code -Dtinytorch.backend=parallel}. */
public final class ParallelBackend extends KernelBackend {
    /** For the {@link java.util.ServiceLoader}. */
    public ParallelBackend() {
        super("parallel");
    }

    @Override
    List<Kernels> kernels() {
        return FastestKernels.withoutVectors(Workers.shared());
    }
}
