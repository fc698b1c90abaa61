// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/EncoderBlock.java. Read it, don't edit it.
package org.tinytorch.transformer;

import java.util.Optional;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.ReLU;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * One floor of the encoder of "Attention is all you need" (Vaswani et al., 2017), like {@code torch.nn.TransformerEncoderLayer} with {@code batch_first}: every place sees every other, and the
 * normalisation comes last. {@link TransformerBlock} is the later form, which trains more easily when there are many floors.
 *
 * <pre>{@code
 * x = norm1(x + attention(x))
 * x = norm2(x + feedForward(x))
 * }</pre>
 *
 * <p>Children {@code attention}, {@code norm1}, {@code feedForward} (with ReLU), {@code norm2} and {@code dropout}; x {@code (B, T, C)}, result the same.
 */
public final class EncoderBlock extends Layer {
    /**
     * A block.
     *
     * @param width C, a multiple of the heads
     * @param hidden the width within the feed-forward layer
     * @param dropout the probability of losing a weight of the attention, or a number of what is added to x
     */
    public EncoderBlock(int width, int heads, int hidden, double dropout, Generator generator) {
        child(
                "attention",
                MultiHeadAttention.builder(width, heads).dropout(dropout).build(generator));
        child("norm1", new LayerNorm(width));
        child("feedForward", new FeedForward(width, hidden, new ReLU(), true, generator));
        child("norm2", new LayerNorm(width));
        child("dropout", new Dropout(dropout, generator.split()));
    }

    @Override
    protected Tensor compute(Tensor x) {
        return forward(x, Optional.empty());
    }

    /** With a mask of 1 and 0 that broadcasts to {@code (B, H, T, T)}, such as {@link org.tinytorch.attention.Masks#padding}. */
    public Tensor forward(Tensor x, Optional<Tensor> mask) {
        MultiHeadAttention attention = (MultiHeadAttention) child("attention");
        Layer dropout = child("dropout");
        Tensor looked = dropout.forward(attention.forward(x, mask, KeyValueStore.NONE));
        Tensor between = child("norm1").forward(x.add(looked));
        Tensor thought = dropout.forward(child("feedForward").forward(between));
        return child("norm2").forward(between.add(thought));
    }
}
