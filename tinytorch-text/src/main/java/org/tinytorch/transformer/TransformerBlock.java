package org.tinytorch.transformer;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/**
 * One floor of a transformer, in the form with the normalisation first (Xiong et al., 2020), as in GPT-2 and Llama:
 *
 * <pre>{@code
 * x = x + attention(norm1(x))    // places look at each other
 * x = x + feedForward(norm2(x))  // each place thinks for itself
 * }</pre>
 *
 * <p>What is added to x leaves a straight way through, on which gradients reach the first floor undiminished. Children {@code norm1}, {@code attention}, {@code norm2},
 * {@code feedForward} and {@code dropout}; x {@code (B, T, C)}, result the same.
 */
public final class TransformerBlock extends Layer {
    /**
     * A block of given parts.
     *
     * @param norm1 before the attention, {@link LayerNorm} or {@link RMSNorm}
     * @param norm2 before the feed-forward layer
     * @param feedForward {@link FeedForward} or {@link SwiGLU}
     * @param dropout of what is added to x
     */
    public TransformerBlock(
            Layer norm1, MultiHeadAttention attention, Layer norm2, Layer feedForward, Dropout dropout) {
        child("norm1", norm1);
        child("attention", attention);
        child("norm2", norm2);
        child("feedForward", feedForward);
        child("dropout", dropout);
    }

    @Override
    protected Tensor compute(Tensor x) {
        return through(x, child("attention")::forward);
    }

    /** With a mask, and with keys and values of what came before; see {@link MultiHeadAttention#forward(Tensor, Optional, KeyValueStore)}. */
    public Tensor forward(Tensor x, Optional<Tensor> mask, KeyValueStore store) {
        MultiHeadAttention attention = (MultiHeadAttention) child("attention");
        return through(x, normed -> attention.forward(normed, mask, store));
    }

    /** The two steps, with the attention as it is to be used. */
    private Tensor through(Tensor x, UnaryOperator<Tensor> attention) {
        Layer dropout = child("dropout");
        // region Task 14.4: a block with a straight way through
        Tensor looked = attention.apply(child("norm1").forward(x));
        Tensor between = x.add(dropout.forward(looked));
        Tensor thought = child("feedForward").forward(child("norm2").forward(between));
        return between.add(dropout.forward(thought));
        // endregion
    }
}
