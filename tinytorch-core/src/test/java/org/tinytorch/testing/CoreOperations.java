package org.tinytorch.testing;

import java.util.List;
import java.util.stream.Stream;

/** The specifications of modules 02 and 03, family by family. */
public final class CoreOperations implements SpecProvider {
    @Override
    public List<OperationSpec> specs() {
        return Stream.of(
                        UnarySpecs.all(),
                        BinarySpecs.all(),
                        ComparisonSpecs.all(),
                        MatMulSpecs.all(),
                        ReductionSpecs.all(),
                        ShapingSpecs.all(),
                        PickingSpecs.all(),
                        ActivationSpecs.all(),
                        SoftmaxSpecs.all(),
                        GradientSpecs.all())
                .flatMap(List::stream)
                .toList();
    }
}
