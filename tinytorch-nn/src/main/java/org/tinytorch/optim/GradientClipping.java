package org.tinytorch.optim;

import java.util.Collection;
import org.tinytorch.tensor.Tensor;

/**
 * Cuts gradients down to size between backward pass and optimiser step, so that one bad batch cannot throw the weights far off. Parameters without a gradient
 * are skipped. A gradient that changes is replaced and not written into, because one tensor may have been given to several parameters.
 */
public final class GradientClipping {
    /** A sum of squares above this has lost nothing to underflow that would matter. */
    private static final double SMALLEST_SAFE = 1e-200;

    private GradientClipping() {}

    /**
     * Scales all gradients together so that their common Euclidean norm is at most {@code maxNorm}: the direction stays (Pascanu et al., 2013). Like
     * {@code torch.nn.utils.clip_grad_norm_}, it multiplies by {@code maxNorm / (norm + 1e-6)} if that is below 1. The gradients {@code [2, −3]} and
     * {@code [6]} have the common norm {@code √(4 + 9 + 36) = 7}; with a maxNorm of 1 they become a seventh of themselves.
     *
     * @param maxNorm positive
     * @return the norm before; 0 if there is no gradient
     * @throws IllegalArgumentException if maxNorm is not positive
     * @throws IllegalStateException if a gradient is NaN or infinite; nothing is changed then
     */
    public static double byNorm(Collection<? extends Tensor> parameters, double maxNorm) {
        checkLimit("maxNorm", maxNorm);
        // region Task 6.7: clip by the global norm
        double norm = norm(parameters);
        double scale = maxNorm / (norm + 1e-6);
        if (scale < 1) {
            for (Tensor parameter : parameters) {
                parameter
                        .grad()
                        .ifPresent(gradient -> parameter.grad(gradient.detach().mul(scale)));
            }
        }
        return norm;
        // endregion
    }

    /**
     * The Euclidean norm of all gradients together.
     *
     * @throws IllegalStateException if a gradient is NaN or infinite
     */
    public static double norm(Collection<? extends Tensor> parameters) {
        double squares = 0;
        for (Tensor parameter : parameters) {
            squares +=
                    parameter.grad().map(gradient -> squares(gradient.data())).orElse(0.0);
        }
        boolean safe = squares > SMALLEST_SAFE && squares < Double.POSITIVE_INFINITY;
        return safe ? Math.sqrt(squares) : carefulNorm(parameters);
    }

    /** {@code Σ g²}, in four partial sums, because each addition waits for the one before. */
    private static double squares(double[] g) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= g.length; i += 4) {
            s0 += g[i] * g[i];
            s1 += g[i + 1] * g[i + 1];
            s2 += g[i + 2] * g[i + 2];
            s3 += g[i + 3] * g[i + 3];
        }
        for (; i < g.length; i++) {
            s0 += g[i] * g[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** For gradients of which one is not finite, or whose squares are too large or too small for a double. */
    private static double carefulNorm(Collection<? extends Tensor> parameters) {
        double largest = largest(parameters);
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        for (Tensor parameter : parameters) {
            if (parameter.grad().isPresent()) {
                for (double g : parameter.grad().get().data()) {
                    double part = g / largest; // so that no square overflows
                    sum += part * part;
                }
            }
        }
        return largest * Math.sqrt(sum);
    }

    private static double largest(Collection<? extends Tensor> parameters) {
        double largest = 0;
        int index = 0;
        for (Tensor parameter : parameters) {
            if (parameter.grad().isPresent()) {
                for (double g : parameter.grad().get().data()) {
                    if (!Double.isFinite(g)) {
                        throw new IllegalStateException("gradientClipping: the gradient of parameter " + index
                                + ", of shape " + parameter.shape() + ", contains " + g
                                + "; look for the first layer whose output is not finite, or lower the learning rate");
                    }
                    largest = Math.max(largest, Math.abs(g));
                }
            }
            index++;
        }
        return largest;
    }

    /**
     * Moves every element of every gradient into {@code [−limit, limit]}, like {@code torch.nn.utils.clip_grad_value_}. NaN stays NaN.
     *
     * @param limit positive
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static void byValue(Collection<? extends Tensor> parameters, double limit) {
        checkLimit("limit", limit);
        for (Tensor parameter : parameters) {
            parameter
                    .grad()
                    .ifPresent(gradient -> parameter.grad(gradient.detach().clamp(-limit, limit)));
        }
    }

    private static void checkLimit(String name, double limit) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException(
                    "gradientClipping: " + name + " " + limit + " is not possible; it must be positive");
        }
    }
}
