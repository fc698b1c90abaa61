package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Gradients from the definition of the derivative, to hold others against. */
public final class CentralDifference {
    private static final double STEP = 1e-5;

    private CentralDifference() {}

    /** {@code (f(x + h) − f(x − h)) / 2h} for each element. */
    public static Tensor of(ToDoubleFunction<Tensor> function, Tensor x) {
        double[] gradient = new double[x.size()];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (at(function, x, i, STEP) - at(function, x, i, -STEP)) / (2 * STEP);
        }
        return Tensors.of(gradient, x.shape());
    }

    private static double at(ToDoubleFunction<Tensor> function, Tensor x, int position, double nudge) {
        Tensor nudged = x.copy();
        nudged.mutableData()[position] += nudge;
        return function.applyAsDouble(nudged);
    }

    /** Fails unless both gradients agree to 1e-7. */
    public static void assertAgrees(String what, Tensor gradient, Tensor expected) {
        assertThat(gradient.shape()).as(what + ": shape of the gradient").isEqualTo(expected.shape());
        assertThat(gradient.allClose(expected, 1e-7, 1e-7))
                .as("%s: the gradient is%n%s%nbut differences give%n%s", what, gradient, expected)
                .isTrue();
    }
}
