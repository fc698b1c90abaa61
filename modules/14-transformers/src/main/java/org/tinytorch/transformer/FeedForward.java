// Yours: task 14.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/FeedForward.java.
package org.tinytorch.transformer;

import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * What a transformer computes at each place for itself: {@code W₂ · f(W₁ · x)}, wider in between, usually four times. Children {@code expand}, {@code activation} and {@code shrink}; x
 * {@code (…, C)}, result the same.
 */
public final class FeedForward extends Layer {
    /**
     * A feed-forward layer.
     *
     * @param width C
     * @param hidden the width in between
     * @param activation between the two linear layers, such as {@code new GELU()}
     * @param bias whether the linear layers have biases
     */
    public FeedForward(int width, int hidden, Layer activation, boolean bias, Generator generator) {
        child("expand", new Linear(width, hidden, bias, generator));
        child("activation", activation);
        child("shrink", new Linear(hidden, width, bias, generator));
    }

    @Override
    protected Tensor compute(Tensor x) {
        // region Task 14.3: each place for itself
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 14.3
        throw new UnsupportedOperationException(
                "Task 14.3: each place for itself is not written yet: ./tito hint 14.3");
        // endregion
    }
}
