package org.tinytorch.milestones;

import org.tinytorch.milestones.GptSpeedup.Sizes;
import org.tinytorch.milestones.ImageSpeedup.Pruning;
import org.tinytorch.transformer.GptConfig;

/**
 * How much the milestone {@code speedup} trains and measures.
 *
 * @param digitEpochs of the networks that read digits
 * @param batches of images in a run of the digits' MLP, which takes much less than a millisecond for one
 * @param mlp what is removed of the digits' MLP
 * @param cnn what is removed of the CNN; a share that leaves multiples of 8 channels, which fill vectors
 * @param gpt trains a GPT if there is none
 * @param writing what the GPT does
 * @param target how many times as fast as the loops CNN and GPT must become
 */
record SpeedupSizes(
        int digitEpochs, int batches, Pruning mlp, Pruning cnn, GptRecipe gpt, Sizes writing, double target) {
    /** The models of the milestones. */
    static final SpeedupSizes FULL = new SpeedupSizes(
            40,
            64,
            new Pruning(0.5, new FineTuning(10, 1e-3)),
            new Pruning(0.25, new FineTuning(2, 1e-3)),
            GptRecipe.NANO,
            new Sizes(1_000, 128, 16, 500, 12, 300, 1e-3),
            50);

    /** Small ones that are trained in seconds. */
    static final SpeedupSizes CLASSROOM = new SpeedupSizes(
            10,
            64,
            new Pruning(0.5, new FineTuning(5, 1e-3)),
            new Pruning(0.5, new FineTuning(3, 1e-3)),
            new GptRecipe(GptConfig.Style.GPT2, 2, 4, 32, 32, 0, 8, 500, 250, 6e-3),
            new Sizes(300, 128, 32, 500, 8, 200, 2e-3),
            10);

    /** The same with another number of tokens to be written. */
    SpeedupSizes tokens(int count) {
        Sizes other = new Sizes(
                count,
                writing.accelerated(),
                writing.loops(),
                writing.judged(),
                writing.batch(),
                writing.steps(),
                writing.learningRate());
        return new SpeedupSizes(digitEpochs, batches, mlp, cnn, gpt, other, target);
    }

    /** The same, where a run writes so many tokens with every technique, however slow it is. */
    SpeedupSizes evenly(int count) {
        Sizes even = new Sizes(
                count, count, count, writing.judged(), writing.batch(), writing.steps(), writing.learningRate());
        return new SpeedupSizes(digitEpochs, batches, mlp, cnn, gpt, even, target);
    }
}
