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
        Tensor wide = child("expand").forward(x);
        Tensor bent = child("activation").forward(wide);
        return child("shrink").forward(bent);
        // endregion
    }
}
