package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.acceleration.Kernels;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.OperationChecks;

class SparseProductTest {
    @TestFactory
    Stream<DynamicContainer> isItsFormula() {
        return OperationChecks.of(new CompressionOperations().specs());
    }

    private static Kernels kernels(Workers workers) {
        return new SparseKernels().kernels(workers);
    }

    /** Enough work for several threads: few samples, one panel, many panels, and with a rest. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 20, 67, 300})
    void theKernelsAgreeWithThePlainLoopsAndAmongThreads(int samples) {
        Generator generator = new Generator(samples);
        Tensor dense = CsrMatrixTest.random(generator, 211, 490, 0.4);
        Tensor x = Tensors.randn(generator, samples, 490);
        for (SparseMatrix weight : List.of(CsrMatrix.of(dense), BlockSparseMatrix.of(dense))) {
            SparseProduct product = new SparseProduct(weight);

            Tensor plain = product.forward(x);
            Tensor alone = kernels(Workers.NONE).compute(product, x).orElseThrow();
            Tensor together = kernels(Workers.shared()).compute(product, x).orElseThrow();

            assertThat(alone.allClose(plain, 1e-12, 1e-12))
                    .as("%s, one thread against plain loops", weight)
                    .isTrue();
            assertThat(together.data())
                    .as("%s, all threads against one, to the last bit", weight)
                    .containsExactly(alone.data());
        }
    }

    @Test
    void otherOperationsAreLeftToOthers() {
        assertThat(kernels(Workers.NONE).compute(inputs -> inputs[0], Tensors.ones(2, 2)))
                .isEqualTo(Optional.empty());
    }
}
