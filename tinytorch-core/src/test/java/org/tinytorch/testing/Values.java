package org.tinytorch.testing;

import java.util.Arrays;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Inputs for samples: the same in every run, and without ties, so that maxima have a derivative. */
public final class Values {
    private Values() {}

    /** Numbers in {@code (low, high)}, in equal steps but shuffled. Different streams are offset against each other, so that they do not tie either. */
    public static Tensor spread(int stream, double low, double high, int... dims) {
        int n = Naive.size(dims);
        int[] order = new Generator(stream).permutation(n);
        double offset = 0.2 + 0.13 * (stream % 5);
        return Tensors.of(
                Arrays.stream(order)
                        .mapToDouble(i -> low + (high - low) * (i + offset) / n)
                        .toArray(),
                dims);
    }

    /** Integers in {@code 0 … limit − 1}. */
    public static Tensor indices(int stream, int limit, int... dims) {
        return Tensors.randint(new Generator(stream), limit, dims);
    }

    /** NaN, infinities, zeros of both signs, and the smallest and largest numbers. */
    public static Tensor extremes() {
        return Tensors.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                1e3,
                -1e3,
                1.0,
                -1.0);
    }
}
