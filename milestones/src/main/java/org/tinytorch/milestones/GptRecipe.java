package org.tinytorch.milestones;

import org.tinytorch.transformer.GptConfig;

/**
 * What model is trained on a text and how, all of it in one place: AdamW, its rate warmed up and then lowered along half a cosine to a tenth.
 *
 * @param style GPT-2's or Llama's
 * @param layers how many blocks
 * @param heads of attention
 * @param width of the vector that stands for a token
 * @param context how many tokens the model sees at once
 * @param dropout while training
 * @param batch windows in a step
 * @param iterations steps in all
 * @param every steps in a round, after each of which the model is measured and saved
 * @param learningRate the highest rate
 */
record GptRecipe(
        GptConfig.Style style,
        int layers,
        int heads,
        int width,
        int context,
        double dropout,
        int batch,
        int iterations,
        int every,
        double learningRate) {
    /**
     * What nanoGPT's README (Karpathy, 2022) trains on a CPU in a few minutes, but for the learning rate, which is 0.001 there: with four times as much the model learns as much in two thirds of the steps.
     */
    static final GptRecipe NANO = new GptRecipe(GptConfig.Style.GPT2, 4, 4, 128, 64, 0, 12, 2000, 250, 4e-3);

    /** For loops that are written to be understood and not to be fast. */
    static final GptRecipe TINY = new GptRecipe(GptConfig.Style.GPT2, 2, 4, 32, 32, 0, 8, 1000, 250, 6e-3);

    /** The architecture for a vocabulary; without biases, as nanoGPT's. */
    GptConfig config(int vocabulary) {
        GptConfig config = style == GptConfig.Style.LLAMA
                ? GptConfig.llama(vocabulary, context, layers, heads, width)
                : GptConfig.gpt2(vocabulary, context, layers, heads, width);
        return config.bias(false).dropout(dropout);
    }

    /** How often the model is measured. */
    int rounds() {
        return iterations / every;
    }

    /** Steps in which the rate rises: nanoGPT's 100, or a twentieth of a short training. */
    int warmUp() {
        return Math.min(100, iterations / 20);
    }

    /** The rate at the end. */
    double lowestRate() {
        return learningRate / 10;
    }
}
