package org.tinytorch.testing;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.Elu;
import org.tinytorch.activation.Gelu;
import org.tinytorch.activation.GeluTanh;
import org.tinytorch.activation.LeakyRelu;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Sigmoid;
import org.tinytorch.activation.Silu;
import org.tinytorch.activation.Softplus;
import org.tinytorch.activation.Tanh;
import org.tinytorch.tensor.Tensors;

/** Activations: naive formulas where they are harmless, values by hand at ±1000, at the infinities and for NaN. */
final class ActivationSpecs {
    private ActivationSpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                over(new Relu(), x -> x > 0 ? x : 0, 0, 0, 1e3, POSITIVE_INFINITY)
                        .build(),
                over(new LeakyRelu(0.01), x -> x > 0 ? x : 0.01 * x, NEGATIVE_INFINITY, -10, 1e3, POSITIVE_INFINITY)
                        .sample(
                                new LeakyRelu(0.3),
                                in -> UnarySpecs.each(x -> x > 0 ? x : 0.3 * x, in[0]),
                                Values.spread(1, -2, 2, 6))
                        .rejects(
                                IllegalArgumentException.class,
                                "leakyRelu: the slope NaN is not finite",
                                () -> new LeakyRelu(NaN))
                        .build(),
                over(new Elu(1), x -> x > 0 ? x : Math.exp(x) - 1, -1, -1, 1e3, POSITIVE_INFINITY)
                        .sample(
                                new Elu(0.5),
                                in -> UnarySpecs.each(x -> x > 0 ? x : 0.5 * (Math.exp(x) - 1), in[0]),
                                Values.spread(1, -2, 2, 6))
                        .rejects(
                                IllegalArgumentException.class,
                                "elu: alpha Infinity is not finite",
                                () -> new Elu(POSITIVE_INFINITY))
                        .build(),
                over(new Sigmoid(), ActivationSpecs::sigmoid, 0, 0, 1, 1).build(),
                over(new Tanh(), x -> 2 * sigmoid(2 * x) - 1, -1, -1, 1, 1).build(),
                over(new Gelu(), x -> x * (1 + ExactErf.erf(x / Math.sqrt(2))) / 2, 0, 0, 1e3, POSITIVE_INFINITY)
                        .build(),
                over(
                                new GeluTanh(),
                                x -> x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3))),
                                0,
                                0,
                                1e3,
                                POSITIVE_INFINITY)
                        .build(),
                over(new Silu(), x -> x * sigmoid(x), 0, 0, 1e3, POSITIVE_INFINITY)
                        .build(),
                over(new Softplus(), x -> Math.log(1 + Math.exp(x)), 0, 0, 1e3, POSITIVE_INFINITY)
                        .build());
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The corners are the values at −∞, −1000, 1000 and +∞. */
    private static OperationSpec.Builder over(Activation f, DoubleUnaryOperator formula, double... corners) {
        OperationSpec.Builder spec = OperationSpec.of(
                        "activation " + f.getClass().getSimpleName(), f.getClass())
                .tolerance(1e-14);
        UnarySpecs.samples(spec, f, formula, -4, 4);
        return spec.special(
                f,
                Tensors.of(corners[0], corners[1], corners[2], corners[3], NaN),
                Tensors.of(NEGATIVE_INFINITY, -1e3, 1e3, POSITIVE_INFINITY, NaN));
    }
}
