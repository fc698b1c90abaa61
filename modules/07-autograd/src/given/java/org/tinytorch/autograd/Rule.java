// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/autograd/Rule.java. Read it, don't edit it.
package org.tinytorch.autograd;

import org.tinytorch.tensor.Tensor;

/** How the gradient of one input follows from the gradient of the output. */
@FunctionalInterface
interface Rule {
    /** For inputs that only say where to look, such as indices: no gradient exists. */
    Rule NONE = (saved, g) -> {
        throw new IllegalStateException("no gradient flows to an index or a condition; detach() it");
    };

    /**
     * The gradient of the input.
     *
     * @param saved what the forward pass saw
     * @param g the gradient of the output, of its shape
     * @return the gradient of the input, of its shape or of a shape that the input was broadcast to
     */
    Tensor apply(Saved saved, Tensor g);
}
