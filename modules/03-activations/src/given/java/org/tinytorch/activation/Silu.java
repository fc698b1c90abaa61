// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Silu.java. Read it, don't edit it.
package org.tinytorch.activation;

/** The sigmoid linear unit {@code x · σ(x)}, also called swish (Elfwing et al., 2017). */
public record Silu() implements Activation {
    @Override
    public double apply(double x) {
        return x == Double.NEGATIVE_INFINITY ? 0 : x * Sigmoid.sigmoid(x);
    }

    /** {@code σ + xσ(1 − σ)}. */
    @Override
    public double derivative(double x, double y) {
        double s = Sigmoid.sigmoid(x);
        double bend = s * (1 - s);
        return s + (bend == 0 ? 0 : x * bend); // far out bend is 0 and x may be infinite
    }
}
