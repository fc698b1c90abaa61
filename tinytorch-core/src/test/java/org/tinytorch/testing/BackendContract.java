package org.tinytorch.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Tensor;

/**
 * Holds a backend to the plain loops: every specified operation, forward, backward and refused, must come out alike. Extend it, and say which backend. Puts
 * the backend into the socket that all threads share, so don't run it concurrently with other tests.
 */
public abstract class BackendContract {
    private Backend before = Backend.reference();

    /** The backend under test. */
    protected abstract Backend backend();

    /** How far a result may be from that of the plain loops, relative to the larger of 1 and the expected value. */
    protected double tolerance() {
        return 1e-12;
    }

    @BeforeEach
    final void plugIn() {
        before = Backend.use(backend());
    }

    @AfterEach
    final void unplug() {
        Backend.use(before);
    }

    @TestFactory
    final Stream<DynamicContainer> agreesWithThePlainLoops() {
        return OperationSpecs.all().stream()
                .map(spec -> dynamicContainer(
                        spec.name(),
                        Stream.concat(
                                spec.samples().stream()
                                        .map(sample -> dynamicTest(sample.toString(), () -> agrees(sample))),
                                spec.invalid().stream()
                                        .map(invalid -> dynamicTest(
                                                "refuses: " + invalid, () -> OperationChecks.refuses(invalid))))));
    }

    private void agrees(Sample sample) {
        List<Tensor> before = sample.inputs().stream().map(Tensor::copy).toList();
        OperationChecks.assertClose(sample + ", forward", sample.result(), byPlainLoops(sample::result), tolerance());
        if (!sample.differentiated().isEmpty()) {
            List<Tensor> actual = sample.gradients();
            List<Tensor> expected = byPlainLoops(sample::gradients);
            IntStream.range(0, actual.size())
                    .forEach(i -> OperationChecks.assertClose(
                            sample + ", gradient " + i, actual.get(i), expected.get(i), tolerance()));
        }
        for (int i = 0; i < before.size(); i++) {
            assertThat(sample.inputs().get(i).data())
                    .as("%s must not write into its input %d", sample, i)
                    .isEqualTo(before.get(i).data());
        }
    }

    private static <T> T byPlainLoops(java.util.function.Supplier<T> computation) {
        Backend fast = Backend.use(Backend.reference());
        try {
            return computation.get();
        } finally {
            Backend.use(fast);
        }
    }
}
