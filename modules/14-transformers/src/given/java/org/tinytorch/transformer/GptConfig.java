// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/GptConfig.java. Read it, don't edit it.
package org.tinytorch.transformer;

/**
 * The architecture of a {@link Gpt}.
 *
 * <pre>{@code
 * GptConfig small = GptConfig.gpt2(65, 64, 4, 4, 128).bias(false);
 * GptConfig llama = GptConfig.llama(32_000, 256, 6, 6, 288).keyValueHeads(2);
 * }</pre>
 *
 * @param vocabularySize V, how many tokens there are
 * @param contextLength how many tokens the model can see at once
 * @param layers how many blocks
 * @param heads of attention; the width is a multiple of them
 * @param keyValueHeads of keys and values; the heads are a multiple of them
 * @param width C, of the vector that stands for a token
 * @param hidden the width within the feed-forward layers
 * @param style which norm, feed-forward layer and positions
 * @param bias whether linear layers and norms have biases; RMSNorm never has
 * @param tied whether the last layer uses the table of the first (Press and Wolf, 2017)
 * @param dropout while training, from 0 to below 1
 */
public record GptConfig(
        int vocabularySize,
        int contextLength,
        int layers,
        int heads,
        int keyValueHeads,
        int width,
        int hidden,
        Style style,
        boolean bias,
        boolean tied,
        double dropout) {
    private static final int EXPANSION = 4;

    /** Two generations of design. */
    public enum Style {
        /** LayerNorm, exact GELU, learnt positions. */
        GPT2,
        /** RMSNorm, SwiGLU, rotary positions. */
        LLAMA
    }

    /**
     * Checks that the sizes are possible.
     *
     * @throws IllegalArgumentException if one is not; the message says which
     */
    public GptConfig {
        positive("vocabularySize", vocabularySize);
        positive("contextLength", contextLength);
        positive("layers", layers);
        positive("heads", heads);
        positive("keyValueHeads", keyValueHeads);
        positive("width", width);
        positive("hidden", hidden);
        if (width % heads != 0) {
            throw new IllegalArgumentException("gpt: a width of " + width + " cannot be shared out among " + heads
                    + " heads; use a multiple of them");
        }
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException("gpt: " + heads + " heads cannot share " + keyValueHeads
                    + " heads of keys and values; use a divisor of " + heads);
        }
        if (style == Style.LLAMA && width / heads % 2 != 0) {
            throw new IllegalArgumentException("gpt: heads of " + width / heads
                    + " numbers cannot be turned in pairs; use an even width for each head");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("gpt: a dropout of " + dropout + " is not possible; use 0 to below 1");
        }
    }

    private static void positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("gpt: " + what + " is " + value + ", but must be 1 or more");
        }
    }

    /** In the manner of GPT-2 (Radford et al., 2019): feed-forward layers four times as wide, biases, one table for the first and the last layer, no dropout. */
    public static GptConfig gpt2(int vocabularySize, int contextLength, int layers, int heads, int width) {
        return new GptConfig(
                vocabularySize,
                contextLength,
                layers,
                heads,
                heads,
                width,
                EXPANSION * width,
                Style.GPT2,
                true,
                true,
                0);
    }

    /** In the manner of Llama (Touvron et al., 2023): gated feed-forward layers 8/3 as wide, no biases, one table for the first and the last layer, no dropout. */
    public static GptConfig llama(int vocabularySize, int contextLength, int layers, int heads, int width) {
        return new GptConfig(
                vocabularySize,
                contextLength,
                layers,
                heads,
                heads,
                width,
                2 * EXPANSION * width / 3,
                Style.LLAMA,
                false,
                true,
                0);
    }

    /** The same with so many heads of keys and values. */
    public GptConfig keyValueHeads(int count) {
        return new GptConfig(
                vocabularySize, contextLength, layers, heads, count, width, hidden, style, bias, tied, dropout);
    }

    /** The same with another width within the feed-forward layers. */
    public GptConfig hidden(int other) {
        return new GptConfig(
                vocabularySize, contextLength, layers, heads, keyValueHeads, width, other, style, bias, tied, dropout);
    }

    /** The same with or without biases. */
    public GptConfig bias(boolean wanted) {
        return new GptConfig(
                vocabularySize,
                contextLength,
                layers,
                heads,
                keyValueHeads,
                width,
                hidden,
                style,
                wanted,
                tied,
                dropout);
    }

    /** The same with one table for the first and the last layer, or two. */
    public GptConfig tied(boolean wanted) {
        return new GptConfig(
                vocabularySize,
                contextLength,
                layers,
                heads,
                keyValueHeads,
                width,
                hidden,
                style,
                bias,
                wanted,
                dropout);
    }

    /** The same with another dropout. */
    public GptConfig dropout(double p) {
        return new GptConfig(
                vocabularySize, contextLength, layers, heads, keyValueHeads, width, hidden, style, bias, tied, p);
    }
}
