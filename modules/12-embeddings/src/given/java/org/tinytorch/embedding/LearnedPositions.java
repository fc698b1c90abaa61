// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/embedding/LearnedPositions.java. Read it, don't edit it.
package org.tinytorch.embedding;

import org.tinytorch.nn.Init;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A vector for each position that is learnt like any other weight, as in GPT-2. Parameter: {@code weight} {@code (length, C)}, small normal numbers at first. */
public final class LearnedPositions extends Positions {
    private static final double DEVIATION = 0.02; // of GPT-2

    private final Parameter weight;

    /**
     * A vector for each of some positions.
     *
     * @throws IllegalArgumentException if the length or the width is below 1
     */
    public LearnedPositions(int length, int width, Generator generator) {
        if (length < 1 || width < 1) {
            throw new IllegalArgumentException("positions: " + length + " positions of " + width
                    + " numbers are not possible; use at least 1 of each");
        }
        this.weight =
                parameter("weight", new Parameter(Init.normal(Tensors.zeros(length, width), 0, DEVIATION, generator)));
    }

    /** The vectors, {@code (length, C)}. */
    public Parameter weight() {
        return weight;
    }

    @Override
    Tensor table() {
        return weight;
    }
}
