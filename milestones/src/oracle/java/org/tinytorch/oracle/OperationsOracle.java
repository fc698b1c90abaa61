package org.tinytorch.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.OperationSpecs;
import org.tinytorch.testing.Sample;

/** Every sample of every specified operation, computed by PyTorch too: results, and gradients for the same seed. */
class OperationsOracle {
    /** What PyTorch has no function for, and why that is no gap. */
    private static final Map<String, String> WITHOUT_COUNTERPART = Map.of(
            "product of others",
            "internal to the gradient of prod, which is compared",
            "batch norm input gradient",
            "takes any two means; with those of a batch it is the gradient of training, with zeros that of evaluation, which are compared");

    /** Samples where we differ on purpose, and why. */
    private static final Map<String, String> DELIBERATE = Map.of(
            "SIGN of special [(4,)] #7",
            "the sign of NaN is NaN, as in NumPy: PyTorch's 0 would hide it",
            "Silu[] of special [(5,)] #7",
            "the limit at -inf is 0; PyTorch multiplies -inf by 0 and gets NaN",
            "Gelu[] of special [(5,)] #7",
            "as for Silu",
            "GeluTanh[] of special [(5,)] #7",
            "as for Silu",
            "Pad[axis=0, before=1, after=2, value=0.0] of [(2, 0, 2)]",
            "PyTorch refuses to pad if another axis has size 0");

    private static final List<OperationSpec> SPECS = OperationSpecs.all();

    @TestFactory
    Stream<DynamicContainer> everyOperation() {
        return SPECS.stream()
                .filter(spec -> !WITHOUT_COUNTERPART.containsKey(spec.name()))
                .map(spec -> dynamicContainer(
                        spec.name(),
                        spec.samples().stream()
                                .map(sample -> dynamicTest(sample.toString(), () -> check(spec, sample)))));
    }

    @Test
    void everySpecificationIsComparedOrExcused() {
        Set<String> known = new HashSet<>(OperationExpressions.names());
        known.addAll(WITHOUT_COUNTERPART.keySet());
        assertThat(SPECS.stream().map(OperationSpec::name))
                .as("specifications without a row in OperationExpressions: add one, or a reason to WITHOUT_COUNTERPART")
                .isSubsetOf(known);
        assertThat(known)
                .as("rows that belong to no specification")
                .isSubsetOf(SPECS.stream().map(OperationSpec::name).toList());
        assertThat(DELIBERATE.keySet())
                .as("differences of samples that exist")
                .isSubsetOf(SPECS.stream()
                        .flatMap(spec -> spec.samples().stream())
                        .map(Sample::label)
                        .toList());
        assertThat(WITHOUT_COUNTERPART.keySet()).doesNotContainAnyElementsOf(OperationExpressions.names());
    }

    private static void check(OperationSpec spec, Sample sample) {
        if (DELIBERATE.containsKey(sample.label())) {
            assertThatThrownBy(() -> compare(spec, sample))
                    .as("no longer different: take it off the list")
                    .isNotNull();
        } else {
            compare(spec, sample);
        }
    }

    private static void compare(OperationSpec spec, Sample sample) {
        TorchProgram program = OperationExpressions.of(spec, sample).orElseThrow();
        Tensor result = sample.result();
        Agreement.check(sample + ", forward", result, program.run(sample.inputs()));
        if (!sample.differentiated().isEmpty()) {
            List<Tensor> ours = sample.gradients();
            List<Tensor> torch =
                    program.gradients(sample.inputs(), sample.differentiated(), Sample.seed(result.shape()));
            for (int i = 0; i < ours.size(); i++) {
                Agreement.check(
                        sample + ", gradient of input "
                                + sample.differentiated().get(i),
                        ours.get(i),
                        torch.get(i));
            }
        }
    }
}
