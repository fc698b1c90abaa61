// Yours: task 4.8. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Dropout.java.
package org.tinytorch.nn;

import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * While training, sets each element to 0 with probability p and divides the others by 1 − p, so that the expected value stays; in evaluation mode it
 * returns its input (Srivastava et al., 2014). Like {@code torch.nn.Dropout}. With p = 1 everything is 0.
 */
public final class Dropout extends Layer {
    private final double p;
    private final Generator generator;

    /**
     * A dropout that draws from a generator, one number per element.
     *
     * @param p the probability of losing an element, from 0 to 1
     * @throws IllegalArgumentException if p is outside that range
     */
    public Dropout(double p, Generator generator) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("dropout: p = " + p + " is not a probability; use 0 to 1");
        }
        this.p = p;
        this.generator = generator;
    }

    /** The probability of losing an element. */
    public double p() {
        return p;
    }

    /** Where the random numbers come from; its state belongs into a checkpoint. */
    public Generator generator() {
        return generator;
    }

    /**
     * {@code yᵢ = 0} with probability p, else {@code xᵢ / (1 − p)}, each element for itself and anew in each pass: of {@code [3, 5]} with p = 0.75 may come
     * {@code [0, 20]}. In evaluation mode, or with p = 0, it is x, and no number is drawn.
     */
    @Override
    protected Tensor compute(Tensor x) {
        // region Task 4.8: drop out and scale what stays
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 4.8
        throw new UnsupportedOperationException(
                "Task 4.8: drop out and scale what stays is not written yet: ./tito hint 4.8");
        // endregion
    }

    @Override
    protected String options() {
        return "p=" + p;
    }
}
