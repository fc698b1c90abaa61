// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/BlockedBackend.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.List;

/** Matrix products block by block in plain Java, and convolutions made into such products, one thread: {@code -Dtinytorch.backend=blocked}. */
public final class BlockedBackend extends KernelBackend {
    /** For the {@link java.util.ServiceLoader}. */
    public BlockedBackend() {
        super("blocked");
    }

    @Override
    List<Kernels> kernels() {
        return FastestKernels.withoutVectors(Workers.NONE);
    }
}
