package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class KernelProviderTest {
    /** An operation that module 15 knows nothing of. */
    private record Answer() implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            return Tensors.scalar(0);
        }
    }

    /** Named in this jar's {@code META-INF/services}. */
    public static final class Provider implements KernelProvider {
        @Override
        public Kernels kernels(Workers workers) {
            return (op, inputs) ->
                    op instanceof Answer ? Optional.of(Tensors.scalar(workers.threads())) : Optional.empty();
        }
    }

    @Test
    void aLaterModulesKernelsAreAskedWithTheBackendsThreads() {
        assertThat(new AutoBackend().compute(new Answer(), Tensors.scalar(0)).item())
                .isEqualTo(Workers.shared().threads());
        assertThat(new VectorBackend().compute(new Answer(), Tensors.scalar(0)).item())
                .isEqualTo(1);
    }

    @Test
    void aBackendInPlainJavaTakesTheOperationsOwnLoops() {
        assertThat(new BlockedBackend().compute(new Answer(), Tensors.scalar(0)).item())
                .isZero();
    }
}
