// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/RowShape.java. Read it, don't edit it.
package org.tinytorch.transformer;

import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * A tensor {@code (…, C)} seen as rows that are normalised each for itself.
 *
 * @param rows how many there are
 * @param width C
 */
public record RowShape(int rows, int width) {
    /**
     * The rows of a tensor.
     *
     * @param name of the operation, for messages
     * @throws IllegalArgumentException if there is no last axis, or it is empty
     */
    static RowShape of(String name, Tensor x) {
        if (x.rank() == 0 || x.dim(-1) == 0) {
            throw new IllegalArgumentException(
                    name + ": input " + x.shape() + " has no numbers along its last axis to be normalised");
        }
        return new RowShape(x.size() / x.dim(-1), x.dim(-1));
    }

    /** @throws IllegalArgumentException if a tensor is not a vector as wide as the rows */
    void fits(String name, String what, Tensor vector) {
        if (!vector.shape().equals(Shape.of(width))) {
            throw new IllegalArgumentException(name + ": " + what + " of shape " + vector.shape()
                    + " cannot go with rows of " + width + " numbers, which need " + Shape.of(width));
        }
    }

    /** @throws IllegalArgumentException if a gradient does not have the input's shape */
    static void sameShape(String name, Tensor x, Tensor g) {
        if (!g.shape().equals(x.shape())) {
            throw new IllegalArgumentException(
                    name + ": a gradient of shape " + g.shape() + " cannot go with input " + x.shape());
        }
    }

    /** @throws IllegalArgumentException if eps is not positive and finite */
    static void checkEps(String name, double eps) {
        if (!(eps > 0) || Double.isInfinite(eps)) {
            throw new IllegalArgumentException(name + ": eps = " + eps + " must be positive and finite");
        }
    }
}
