// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/Elu.java. Read it, don't edit it.
package org.tinytorch.activation;

/**
 * The exponential linear unit: {@code x} above 0, {@code α(eˣ − 1)} below (Clevert et al., 2015).
 *
 * @param alpha how far it goes below 0, finite; PyTorch's default is 1
 */
public record Elu(double alpha) implements Activation {
    /** @throws IllegalArgumentException if alpha is not finite */
    public Elu {
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("elu: alpha " + alpha + " is not finite; use for example 1");
        }
    }

    @Override
    public double apply(double x) {
        return x > 0 ? x : alpha * Math.expm1(x);
    }

    /** Below 0: {@code αeˣ = y + α}. */
    @Override
    public double derivative(double x, double y) {
        return x > 0 ? 1 : y + alpha;
    }
}
