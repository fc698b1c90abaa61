package org.tinytorch.milestones;

import java.util.Optional;
import org.tinytorch.transformer.GptConfig;
import picocli.CommandLine.Option;

/** Options on what GPT is trained, and how long; what is left out is as in a preset. */
final class ModelOptions {
    @Option(
            names = "--style",
            paramLabel = "NAME",
            description = "gpt2, the default, or llama: ${COMPLETION-CANDIDATES}")
    Optional<GptConfig.Style> style;

    @Option(names = "--layers", paramLabel = "N", description = "blocks; by default 4, with --classroom 2")
    Optional<Integer> layers;

    @Option(names = "--heads", paramLabel = "N", description = "heads of attention in a block; by default 4")
    Optional<Integer> heads;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "numbers that stand for a token; by default 128, with --classroom 32")
    Optional<Integer> width;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "tokens that the model sees at once; by default 64, with --classroom 32")
    Optional<Integer> context;

    @Option(names = "--dropout", paramLabel = "X", description = "while training; by default 0")
    Optional<Double> dropout;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "windows of text in a step; by default 12, with --classroom 8")
    Optional<Integer> batch;

    @Option(names = "--iterations", paramLabel = "N", description = "steps; by default 2000, with --classroom 1000")
    Optional<Integer> iterations;

    @Option(
            names = "--every",
            paramLabel = "N",
            description = "after so many steps the model is measured and saved, and writes a little; by default 250")
    Optional<Integer> every;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "the highest learning rate; by default 0.004, with --classroom 0.006")
    Optional<Double> learningRate;

    /**
     * A preset with what the user chose.
     *
     * @throws picocli.CommandLine.ParameterException if that is not possible
     */
    GptRecipe recipe(GptRecipe preset, Milestone milestone) {
        int steps = milestone.atLeastOne("--iterations", iterations.orElse(preset.iterations()));
        int round = milestone.atLeastOne("--every", every.orElse(Math.min(preset.every(), steps)));
        if (steps % round != 0) {
            throw milestone.misuse(
                    "--iterations is %d, which is not a multiple of the %d steps of --every; change one of them",
                    steps, round);
        }
        GptRecipe recipe = new GptRecipe(
                style.orElse(preset.style()),
                milestone.atLeastOne("--layers", layers.orElse(preset.layers())),
                milestone.atLeastOne("--heads", heads.orElse(preset.heads())),
                milestone.atLeastOne("--width", width.orElse(preset.width())),
                milestone.atLeastOne("--context", context.orElse(preset.context())),
                dropout.orElse(preset.dropout()),
                milestone.atLeastOne("--batch", batch.orElse(preset.batch())),
                steps,
                round,
                milestone.positive("--lr", learningRate.orElse(preset.learningRate())));
        try {
            recipe.config(1);
        } catch (IllegalArgumentException e) {
            throw milestone.misuse("%s", e.getMessage());
        }
        return recipe;
    }
}
