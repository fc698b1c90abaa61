// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/Checks.java. Read it, don't edit it.
package org.tinytorch.loss;

import java.util.function.DoublePredicate;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** What every loss refuses. */
final class Checks {
    private Checks() {}

    static void notEmpty(String loss, Tensor prediction) {
        if (prediction.size() == 0) {
            throw new IllegalArgumentException(loss + ": the batch is empty: the prediction has shape "
                    + prediction.shape() + "; leave such a batch out");
        }
    }

    static void sameShape(String loss, Tensor prediction, Tensor target) {
        if (!prediction.shape().equals(target.shape())) {
            throw new IllegalArgumentException(loss + ": shapes differ: prediction " + prediction.shape() + ", target "
                    + target.shape() + "; reshape one, it is not broadcast");
        }
        notEmpty(loss, prediction);
    }

    /** Every element of the target must be possible. */
    static void targets(String loss, Tensor target, DoublePredicate possible, String range) {
        double[] values = target.data();
        for (int i = 0; i < values.length; i++) {
            if (!possible.test(values[i])) {
                throw new IllegalArgumentException(loss + ": target " + values[i] + " at " + position(target.shape(), i)
                        + " is not possible; targets must be " + range);
            }
        }
    }

    /** A flat position as an index, such as {@code (3, 1)}. */
    static Shape position(Shape shape, int flat) {
        int[] index = new int[shape.rank()];
        int rest = flat;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return Shape.of(index);
    }

    static double positive(String loss, String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    loss + ": " + option + " " + value + " is not possible; it must be positive and finite");
        }
        return value;
    }

    /** Weights must be finite and not negative. */
    static void weights(String loss, String option, Tensor weights) {
        for (double weight : weights.data()) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException(loss + ": " + option + " " + weight
                        + " is not possible; weights must be finite and not negative");
            }
        }
    }
}
