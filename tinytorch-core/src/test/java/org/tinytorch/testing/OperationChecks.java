package org.tinytorch.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.tinytorch.autograd.GradCheck;
import org.tinytorch.tensor.Tensor;

/** What every operation must stand. */
public final class OperationChecks {
    private OperationChecks() {}

    /** All checks of some specifications: return it from a method marked {@code @TestFactory}. */
    public static Stream<DynamicContainer> of(List<OperationSpec> specs) {
        return specs.stream()
                .map(spec -> dynamicContainer(
                        spec.name(),
                        Stream.of(
                                dynamicContainer(
                                        "forward",
                                        spec.samples().stream()
                                                .map(sample -> named(sample, () -> forward(spec, sample)))),
                                dynamicContainer(
                                        "gradient",
                                        spec.samples().stream()
                                                .filter(sample ->
                                                        !sample.differentiated().isEmpty())
                                                .map(sample -> named(sample, () -> gradient(sample)))),
                                dynamicContainer(
                                        "refuses",
                                        spec.invalid().stream()
                                                .map(invalid -> named(invalid, () -> refuses(invalid)))))));
    }

    private static DynamicNode named(Object subject, Runnable check) {
        return dynamicTest(subject.toString(), check::run);
    }

    /** The result is what the formula says, and the inputs are as before. */
    static void forward(OperationSpec spec, Sample sample) {
        List<Tensor> before = sample.inputs().stream().map(Tensor::copy).toList();
        assertClose(spec.name() + ": " + sample, sample.result(), sample.expected(), spec.tolerance());
        for (int i = 0; i < before.size(); i++) {
            assertThat(sample.inputs().get(i).data())
                    .as("%s must not write into its input %d", sample, i)
                    .isEqualTo(before.get(i).data());
        }
    }

    /** The gradients exist, have the shape of their inputs and agree with differences of the function itself. */
    static void gradient(Sample sample) {
        List<Tensor> gradients = sample.gradients();
        for (int i = 0; i < gradients.size(); i++) {
            assertThat(gradients.get(i).shape())
                    .as(
                            "%s: shape of the gradient of input %d",
                            sample, sample.differentiated().get(i))
                    .isEqualTo(sample.variables()[i].shape());
        }
        GradCheck.check(sample::compute, sample.variables()).orThrow();
    }

    /** The call fails in the way that was said. */
    static void refuses(InvalidInput invalid) {
        assertThat(catchThrowable(invalid.attempt()::run))
                .isExactlyInstanceOf(invalid.type())
                .hasMessageContaining(invalid.message());
    }

    /**
     * Compares two tensors; NaN agrees with NaN, and an infinity with the same one.
     *
     * @param tolerance relative to the larger of 1 and the expected value
     */
    public static void assertClose(String what, Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.shape()).as("%s: shape", what).isEqualTo(expected.shape());
        for (int i = 0; i < expected.size(); i++) {
            double a = actual.data()[i];
            double b = expected.data()[i];
            boolean same = a == b || (Double.isNaN(a) && Double.isNaN(b));
            boolean close = Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)) && Double.isFinite(a);
            assertThat(same || close)
                    .as(
                            "%s: element %d of shape %s is %s, but should be %s (off by %.3g)",
                            what, i, expected.shape(), a, b, a - b)
                    .isTrue();
        }
    }
}
