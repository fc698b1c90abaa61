// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Activation.java. Read it, don't edit it.
package org.tinytorch.activation;

import org.tinytorch.tensor.BinaryOp;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.UnaryOp;

/** A function that bends each number, together with its derivative. */
public interface Activation extends UnaryOp {
    /**
     * The slope of the function, worked out by hand.
     *
     * @param x where
     * @param y the function's value there, {@code apply(x)}; often the slope is cheaper from it
     */
    double derivative(double x, double y);

    /**
     * The gradient of the input, by the chain rule: {@code g · derivative(x, y)}, element by element.
     *
     * @param x the input
     * @param y the output
     * @param g the gradient of the output
     */
    default Tensor gradient(Tensor x, Tensor y, Tensor g) {
        return Operation.run(new Slope(this), x, y).mul(g);
    }

    /** The derivative of an activation at every element; inputs x and y. */
    record Slope(Activation activation) implements BinaryOp {
        @Override
        public double apply(double x, double y) {
            return activation.derivative(x, y);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
