// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Tanh.java. Read it, don't edit it.
package org.tinytorch.activation;

/** The hyperbolic tangent: from −1 to 1, 0 at 0, slope 1 there. */
public record Tanh() implements Activation {
    @Override
    public double apply(double x) {
        return Math.tanh(x);
    }

    @Override
    public double derivative(double x, double y) {
        return 1 - y * y;
    }
}
