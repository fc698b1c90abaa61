// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Clamp.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Moves each element into {@code [low, high]}; NaN stays. Mirrors {@code torch.clamp}. */
public record Clamp(double low, double high) implements UnaryOp {
    /** @throws IllegalArgumentException if the bounds are the wrong way round or NaN */
    public Clamp {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clamp: the low bound " + low + " is not below the high bound " + high);
        }
    }

    @Override
    public double apply(double x) {
        return Math.min(Math.max(x, low), high);
    }
}
