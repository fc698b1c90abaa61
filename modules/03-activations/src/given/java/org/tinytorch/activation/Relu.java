// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Relu.java. Read it, don't edit it.
package org.tinytorch.activation;

/** The rectified linear unit, {@code max(0, x)} (Nair and Hinton, 2010); slope 0 at 0, as {@code torch.relu}. NaN stays NaN. */
public record Relu() implements Activation {
    @Override
    public double apply(double x) {
        return Math.max(0, x);
    }

    @Override
    public double derivative(double x, double y) {
        return x > 0 ? 1 : 0;
    }
}
