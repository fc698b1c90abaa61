// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Softplus.java. Read it, don't edit it.
package org.tinytorch.activation;

/** A smooth rectifier, {@code log(1 + eˣ)} (Dugas et al., 2001). */
public record Softplus() implements Activation {
    /** {@code max(x, 0) + log(1 + e^(−|x|))}, which does not overflow. */
    @Override
    public double apply(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    @Override
    public double derivative(double x, double y) {
        return Sigmoid.sigmoid(x);
    }
}
