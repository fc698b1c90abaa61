// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/embedding/RotaryEmbedding.java. Read it, don't edit it.
package org.tinytorch.embedding;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Positions as rotations (Su et al., 2021): before a query and a key are compared, pair i of each is turned by {@code t · base^(−2i / D)}, where t is its position. What is
 * left of the angles in their product is the distance between the two, wherever they stand. Nothing is learnt.
 *
 * <pre>{@code
 * RotaryEmbedding rotary = new RotaryEmbedding(32, 1024);
 * Tensor turned = rotary.rotate(queries, 0); // (B, T, H, 32)
 * }</pre>
 */
public final class RotaryEmbedding {
    private static final double BASE = 10_000;

    private final RotatePairs.Layout layout;
    private final Tensor cosines;
    private final Tensor sines;

    /** With the base 10,000 and adjacent pairs. */
    public RotaryEmbedding(int width, int length) {
        this(width, length, BASE, RotatePairs.Layout.ADJACENT);
    }

    /**
     * Rotations for some positions.
     *
     * @param width D of a query, even
     * @param length how many positions there are
     * @param base greater ones turn more slowly, for longer sequences
     * @throws IllegalArgumentException if one of them is not possible
     */
    public RotaryEmbedding(int width, int length, double base, RotatePairs.Layout layout) {
        if (width < 2 || width % 2 != 0 || length < 1 || !(base > 1) || Double.isInfinite(base)) {
            throw new IllegalArgumentException(
                    "rotary embedding: width " + width + ", length " + length + ", base " + base
                            + " are not possible; the width must be even, the length at least 1, the base finite and above 1");
        }
        this.layout = layout;
        Tensor angles = Angles.of(length, width, base);
        this.cosines = each(angles, Math::cos);
        this.sines = each(angles, Math::sin);
    }

    private static Tensor each(Tensor angles, DoubleUnaryOperator function) {
        return Tensors.of(Arrays.stream(angles.data()).map(function).toArray(), angles.shape());
    }

    /** How many positions there are. */
    public int length() {
        return cosines.dim(0);
    }

    /** Which numbers of a vector are turned as a pair. */
    public RotatePairs.Layout layout() {
        return layout;
    }

    /** The cosine of each pair's angle at each position, {@code (length, D / 2)}. */
    public Tensor cosines() {
        return cosines;
    }

    /** The sine of each pair's angle at each position, {@code (length, D / 2)}. */
    public Tensor sines() {
        return sines;
    }

    /**
     * Turns each vector by the angles of its place.
     *
     * @param x {@code (…, T, H, D)}
     * @param first the position of the first place
     * @return of x's shape
     * @throws IllegalArgumentException if x has another width, or reaches beyond the last position
     */
    public Tensor rotate(Tensor x, int first) {
        checkRank(x);
        return rotate(x, first, x.dim(-2));
    }

    /**
     * Turns the first vectors of each place, and leaves the others.
     *
     * @param x {@code (…, T, H, D)}
     * @param first the position of the first place
     * @param heads how many of the H vectors of a place are turned
     * @return of x's shape
     * @throws IllegalArgumentException if x has another width, has not so many heads, or reaches beyond the last position
     */
    public Tensor rotate(Tensor x, int first, int heads) {
        checkRank(x);
        if (heads < 0 || heads > x.dim(-2)) {
            throw new IllegalArgumentException("rotary embedding: " + heads + " heads of input " + x.shape()
                    + " cannot be turned; it has " + x.dim(-2));
        }
        if (first < 0 || first > length() - x.dim(-3)) {
            throw new IllegalArgumentException("rotary embedding: input " + x.shape() + " takes the positions " + first
                    + " … " + ((long) first + x.dim(-3) - 1) + ", but there are only 0 … " + (length() - 1)
                    + "; shorten the sequence, or make it with a greater length");
        }
        int last = first + x.dim(-3);
        return new Rotate(layout, heads, cosines.slice(0, first, last), sines.slice(0, first, last)).apply(x);
    }

    private static void checkRank(Tensor x) {
        if (x.rank() < 3) {
            throw new IllegalArgumentException("rotary embedding: input " + x.shape()
                    + " is not (…, T, H, D), for each place the vectors of its heads; a single head is H = 1");
        }
    }

    /** The rotation, and its gradient, which is turned back. Input: x. */
    static final class Rotate extends Function {
        private final RotatePairs.Layout layout;
        private final int heads;
        private final Tensor cosines;
        private final Tensor sines;

        Rotate(RotatePairs.Layout layout, int heads, Tensor cosines, Tensor sines) {
            this.layout = layout;
            this.heads = heads;
            this.cosines = cosines;
            this.sines = sines;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(new RotatePairs(layout, heads, false), inputs[0], cosines, sines);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {Operation.run(new RotatePairs(layout, heads, true), g, cosines, sines)};
        }

        @Override
        protected String name() {
            return "RotaryEmbedding";
        }
    }
}
