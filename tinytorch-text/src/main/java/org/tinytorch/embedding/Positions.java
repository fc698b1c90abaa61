package org.tinytorch.embedding;

import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/**
 * Adds to each vector of a sequence one that stands for its position: without it, a model that only compares vectors could not tell "dog bites man" from "man bites dog".
 *
 * <p>Shapes: x {@code (…, T, C)}, result the same; there is a vector for each of the positions {@code 0 … length − 1}.
 */
public abstract sealed class Positions extends Layer permits LearnedPositions, SinusoidalPositions {
    /** For subclasses. */
    Positions() {}

    /** The vector of each position, {@code (length, C)}. */
    abstract Tensor table();

    /** How many positions there are. */
    public final int length() {
        return table().dim(0);
    }

    /** The first vector of x stands at position 0. */
    @Override
    protected final Tensor compute(Tensor x) {
        return forward(x, 0);
    }

    /**
     * The first vector of x stands at a given position: for what follows on something that was seen before.
     *
     * @throws IllegalArgumentException if x has another width, or reaches beyond the last position
     */
    public final Tensor forward(Tensor x, int first) {
        if (x.rank() < 2 || x.dim(-1) != table().dim(1)) {
            throw new IllegalArgumentException("positions: input " + x.shape() + " is not (…, T, " + table().dim(1)
                    + "), a sequence of vectors as wide as those of the positions");
        }
        if (first < 0 || first > length() - x.dim(-2)) {
            throw new IllegalArgumentException("positions: input " + x.shape() + " takes the positions " + first + " … "
                    + ((long) first + x.dim(-2) - 1) + ", but there are only 0 … " + (length() - 1)
                    + "; shorten the sequence, or make the layer with a greater length");
        }
        // region Task 12.6: add to each vector that of its position
        Tensor places = table().slice(0, first, first + x.dim(-2));
        return x.add(places);
        // endregion
    }

    @Override
    protected final String options() {
        return length() + ", " + table().dim(1);
    }
}
