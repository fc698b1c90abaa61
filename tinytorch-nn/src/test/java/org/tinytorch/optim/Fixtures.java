package org.tinytorch.optim;

import java.util.List;
import java.util.stream.DoubleStream;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensors;

/** Parameters and what an optimiser makes of them. */
final class Fixtures {
    private Fixtures() {}

    static Parameter parameter(double... values) {
        return new Parameter(Tensors.of(values.clone()));
    }

    static List<Parameter> one() {
        return List.of(parameter(1));
    }

    /** Gives the parameter each gradient in turn and steps; returns where the first number was after each step. */
    static double[] path(Optimizer optimizer, Parameter parameter, double... gradients) {
        return DoubleStream.of(gradients)
                .map(gradient -> {
                    parameter.grad(Tensors.full(parameter.shape(), gradient));
                    optimizer.step();
                    return parameter.data()[0];
                })
                .toArray();
    }
}
