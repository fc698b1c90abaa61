package org.tinytorch.embedding;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Turns pairs of numbers of each vector by the angles of its place (Su et al., 2021): {@code (a, b)} becomes {@code (a·cos − b·sin, a·sin + b·cos)}. Inputs: x {@code (…, T, H, D)}, and cosines and
 * sines {@code (T, D/2)}; result as x. The gradient is turned back. Gradients flow by way of {@link RotaryEmbedding}.
 *
 * @param layout which numbers make a pair
 * @param heads how many of the H vectors of a place are turned; the others stay
 * @param back whether to turn the other way round
 */
public record RotatePairs(Layout layout, int heads, boolean back) implements Operation {
    /** Which numbers of a vector make a pair. */
    public enum Layout {
        /** {@code 2i} and {@code 2i + 1}, as in the paper and in llama2.c. */
        ADJACENT,
        /** {@code i} and {@code i + D/2}, as in the Transformers library. */
        HALVES
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        Shape shape = inputs[0].shape();
        check(shape, inputs[1].shape(), inputs[2].shape());
        double[] cosines = inputs[1].data();
        double[] sines = inputs[2].data();
        int width = shape.dim(-1);
        int all = shape.dim(-2);
        int length = shape.dim(-3);
        int pairs = width / 2;
        int step = layout == Layout.ADJACENT ? 2 : 1;
        int partner = layout == Layout.ADJACENT ? 1 : pairs;
        double[] out = inputs[0].data().clone();
        // region Task 12.8: turn each vector by its place
        for (int vector = 0; vector < out.length / width; vector++) {
            int angles = vector / all % length * pairs;
            for (int i = 0; i < pairs && vector % all < heads; i++) {
                int first = vector * width + i * step;
                double sin = back ? -sines[angles + i] : sines[angles + i];
                turn(out, first, first + partner, cosines[angles + i], sin);
            }
        }
        return Tensors.of(out, shape);
        // endregion
    }

    /** Turns the pair (a, b) in two places of an array: (3, 4) by a quarter turn, cos 0 and sin 1, becomes (−4, 3). */
    static void turn(double[] numbers, int first, int second, double cos, double sin) {
        // region Task 12.7: turn a pair
        double a = numbers[first];
        double b = numbers[second];
        numbers[first] = a * cos - b * sin;
        numbers[second] = a * sin + b * cos;
        // endregion
    }

    private static void check(Shape x, Shape cosines, Shape sines) {
        if (x.rank() < 3 || x.dim(-1) % 2 != 0) {
            throw new IllegalArgumentException("rotary embedding: input " + x
                    + " is not (…, T, H, D) with an even D; numbers are turned in pairs");
        }
        Shape needed = Shape.of(x.dim(-3), x.dim(-1) / 2);
        if (!cosines.equals(needed) || !sines.equals(needed)) {
            throw new IllegalArgumentException("rotary embedding: cosines " + cosines + " and sines " + sines
                    + " cannot go with input " + x + ", which needs " + needed);
        }
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
