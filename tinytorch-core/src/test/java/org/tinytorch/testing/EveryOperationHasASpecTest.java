package org.tinytorch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.activation.Relu;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Tensor;

/** A new operation without a specification fails the build here. */
class EveryOperationHasASpecTest {
    private static final List<OperationSpec> SPECS = OperationSpecs.all();

    @Test
    void everyOperationOfTheCoreIsSpecified() {
        List<Object> operations = OperationScan.besides(Tensor.class);
        assertThat(operations)
                .as("the scan must find what is known to be there")
                .contains(Binary.ADD, MatMul.class, Relu.class);
        Set<Object> specified =
                new HashSet<>(SPECS.stream().map(OperationSpec::operation).toList());
        assertThat(operations)
                .as(
                        "operations without a specification; describe each in org.tinytorch.testing (CoreOperations lists the families)")
                .allSatisfy(operation -> assertThat(specified).contains(operation));
    }

    @Test
    void everyKindOfReductionIsSampled() {
        assertThat(samplesOf(Reduce.class).map(op -> ((Reduce) op).kind())).contains(Reduce.Kind.values());
    }

    @Test
    void namesAreUnique() {
        assertThat(SPECS.stream().map(OperationSpec::name)).doesNotHaveDuplicates();
    }

    /** A rule may exist and never be asked: so each differentiable operation must have a gradient checked, with at least one number in it. */
    @TestFactory
    Stream<DynamicTest> everyDifferentiableOperationHasADerivative() {
        return SPECS.stream()
                .map(spec -> DynamicTest.dynamicTest(spec.name(), () -> {
                    boolean differentiable = spec.samples().stream().allMatch(sample -> sample.operation()
                            .map(Operation::differentiable)
                            .orElse(true));
                    boolean checked = spec.samples().stream().anyMatch(sample -> sample.differentiated().stream()
                            .anyMatch(i -> sample.inputs().get(i).size() > 0));
                    assertThat(checked)
                            .as(
                                    "%s says differentiable() = %s, so a gradient check is expected: %s",
                                    spec, differentiable, differentiable)
                            .isEqualTo(differentiable);
                    spec.samples().stream()
                            .filter(sample -> !sample.differentiated().isEmpty())
                            .forEach(sample -> {
                                Tensor[] leaves = Stream.of(sample.variables())
                                        .map(x -> x.copy().requiresGrad(true))
                                        .toArray(Tensor[]::new);
                                assertThat(sample.compute(leaves).requiresGrad())
                                        .as("%s must be recorded", sample)
                                        .isTrue();
                            });
                }));
    }

    private static Stream<Operation> samplesOf(Class<?> type) {
        return SPECS.stream()
                .filter(spec -> spec.operation().equals(type))
                .flatMap(spec -> spec.samples().stream())
                .flatMap(sample -> sample.operation().stream());
    }
}
