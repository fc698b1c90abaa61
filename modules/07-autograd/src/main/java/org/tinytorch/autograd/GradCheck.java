// Yours: task 7.9. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/GradCheck.java.
package org.tinytorch.autograd;

import java.util.Arrays;
import java.util.stream.Stream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Compares the gradients that {@code backward()} gives with differences of the function itself, as {@code torch.autograd.gradcheck}.
 *
 * <p>The outputs are weighted unevenly before they are added up: with equal weights, errors such as a transposed gradient or a softmax without its Jacobian
 * would cancel. Functions must be smooth around the inputs; keep away from the corner of ReLU and from ties.
 */
public final class GradCheck {
    /** Half the distance between the two points of a difference, relative to the input where that is above 1. */
    private static final double STEP = 1e-5;

    private static final double TOLERANCE = 1e-6;

    private GradCheck() {}

    /** A function of some tensors. */
    @FunctionalInterface
    public interface Computation {
        /** Computes the result; called many times, and must give the same for the same inputs. */
        Tensor compute(Tensor... inputs);
    }

    /**
     * The largest disagreement found.
     *
     * @param error {@code |analytic − numeric| / max(1, |numeric|)}
     * @param input which input
     * @param position where in it, in row-major order
     * @param analytic what backward() gave
     * @param numeric what the difference gave
     */
    public record Result(double error, int input, int position, double analytic, double numeric) {
        /** Whether the error is at most 1e-6. */
        public boolean passed() {
            return error <= TOLERANCE;
        }

        /**
         * Does nothing if the check passed.
         *
         * @throws AssertionError saying where and by how much the gradients differ
         */
        public void orThrow() {
            if (!passed()) {
                throw new AssertionError("gradient of input " + input + " at position " + position
                        + ": backward() gave " + analytic + ", but the difference quotient is " + numeric);
            }
        }
    }

    /** Checks the gradients of a function with respect to all its inputs. The inputs themselves are not touched. */
    public static Result check(Computation function, Tensor... inputs) {
        Tensor[] leaves =
                Stream.of(inputs).map(x -> x.copy().requiresGrad(true)).toArray(Tensor[]::new);
        Tensor out = function.compute(leaves);
        Tensor weights = Tensors.uniform(new Generator(1), 0.5, 1.5, out.shape().dims());
        if (out.requiresGrad()) {
            out.backward(weights);
        }
        Result worst = new Result(0, 0, 0, 0, 0);
        for (int i = 0; i < leaves.length; i++) {
            Tensor x = leaves[i];
            double[] analytic =
                    x.grad().orElseGet(() -> Tensors.zeros(x.shape())).data();
            for (int position = 0; position < analytic.length; position++) {
                double numeric = difference(function, weights, inputs, i, position);
                double error = Math.abs(analytic[position] - numeric) / Math.max(1, Math.abs(numeric));
                if (!Double.isNaN(worst.error()) && !(error <= worst.error())) { // a NaN is the worst of all, and stays
                    worst = new Result(error, i, position, analytic[position], numeric);
                }
            }
        }
        return worst;
    }

    /** {@code (f(x + h) − f(x − h)) / 2h} for one number of one input, where f adds up the weighted outputs. */
    private static double difference(Computation function, Tensor weights, Tensor[] inputs, int i, int position) {
        // region Task 7.9: central difference
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 7.9
        throw new UnsupportedOperationException("Task 7.9: central difference is not written yet: ./tito hint 7.9");
        // endregion
    }

    private static double weightedSum(
            Computation function, Tensor weights, Tensor[] inputs, int i, int position, double nudge) {
        Tensor[] nudged = Arrays.copyOf(inputs, inputs.length);
        nudged[i] = inputs[i].copy();
        nudged[i].mutableData()[position] += nudge;
        try (NoGrad scope = NoGrad.enter()) {
            return function.compute(nudged).mul(weights).sum().item();
        }
    }
}
