// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/activation/LeakyRelu.java. Read it, don't edit it.
package org.tinytorch.activation;

/**
 * A rectifier that lets a little through below 0: {@code x} above, {@code slope · x} below (Maas et al., 2013).
 *
 * @param slope finite; PyTorch's default is 0.01
 */
public record LeakyRelu(double slope) implements Activation {
    /** @throws IllegalArgumentException if the slope is not finite */
    public LeakyRelu {
        if (!Double.isFinite(slope)) {
            throw new IllegalArgumentException(
                    "leakyRelu: the slope " + slope + " is not finite; use for example 0.01");
        }
    }

    @Override
    public double apply(double x) {
        return x > 0 ? x : slope * x;
    }

    @Override
    public double derivative(double x, double y) {
        return x > 0 ? 1 : slope;
    }
}
