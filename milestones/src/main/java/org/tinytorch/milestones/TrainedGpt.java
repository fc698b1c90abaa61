package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.tokenization.Tokenizers;
import org.tinytorch.training.SafeTensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/**
 * A trained GPT and its tokenizer.
 *
 * @param model with its weights
 * @param tokenizer the one that it was trained with
 */
record TrainedGpt(Gpt model, Tokenizer tokenizer) {
    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";

    /**
     * Reads what the milestone {@code gpt} has left in a folder.
     *
     * @param text that it must have been trained on: else there would be nothing that it has not seen
     * @throws IOException if something is missing, damaged, of another text, or of a run that did not come to its end; the message says what to do
     */
    static TrainedGpt read(Path folder, GptText text) throws IOException {
        return read(folder, text, Map.of());
    }

    /**
     * Reads a GPT that must have been trained on characters, and be as large as one of a recipe.
     *
     * @throws IOException as above, or if it is another one
     */
    static TrainedGpt read(Path folder, GptText text, GptRecipe recipe) throws IOException {
        return read(folder, text, GptTraining.architecture(recipe, CharTokenizer.of(text.whole())));
    }

    private static TrainedGpt read(Path folder, GptText text, Map<String, String> architecture) throws IOException {
        Path checkpoint = new RunFolder(folder).checkpoint();
        Path weights = folder.resolve(WEIGHTS);
        Path tokens = folder.resolve(TOKENIZER);
        if (!Stream.of(weights, tokens, checkpoint).allMatch(Files::exists)) {
            throw new IOException("in " + folder + " there are not all of " + WEIGHTS + ", " + TOKENIZER + " and "
                    + checkpoint.getFileName() + "; ./tito milestone gpt --out " + folder + " makes them");
        }
        try {
            SavedRun run = SavedRun.read(checkpoint);
            check(folder, run, text, architecture);
            Tokenizer tokenizer = Tokenizers.load(tokens);
            Gpt model = new Gpt(recipe(run).config(tokenizer.vocabularySize()), new Generator(1));
            model.loadStateDict(SafeTensors.read(weights).tensors());
            return new TrainedGpt(model, tokenizer);
        } catch (IllegalArgumentException e) {
            throw new IOException("what is in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void check(Path folder, SavedRun run, GptText text, Map<String, String> architecture)
            throws IOException {
        if (!run.setting("text").equals(GptTraining.fingerprint(text))) {
            throw new IOException("the model in " + folder + " was trained on another text than " + text.name()
                    + ", on which it would be measured; ./tito milestone gpt, without --data, trains one on that");
        }
        List<String> differences = run.differences(architecture);
        if (!differences.isEmpty()) {
            throw new IOException("the model in " + folder + " is another one: " + String.join("; ", differences));
        }
        int all = run.number("iterations") / run.number("every");
        if (run.done() < all) { // weights come at the end, so they are of an earlier run
            throw new IOException(run.file() + " ended after round " + run.done() + " of " + all
                    + ", and the weights beside it are of an earlier run; ./tito milestone gpt --out " + folder
                    + " --resume finishes it");
        }
    }

    /** The architecture that was trained. */
    private static GptRecipe recipe(SavedRun run) {
        GptRecipe preset = GptRecipe.NANO;
        String style = run.setting("style");
        return new GptRecipe(
                Arrays.stream(GptConfig.Style.values())
                        .filter(each -> each.toString().equals(style))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("its style '" + style + "' is unknown")),
                run.number("layers"),
                run.number("heads"),
                run.number("width"),
                run.number("context"),
                0,
                preset.batch(),
                preset.iterations(),
                preset.every(),
                preset.learningRate());
    }

    /**
     * Saves it in a folder, with the tokenizer beside the weights.
     *
     * @return where the weights are
     * @throws IOException if that is not possible
     */
    Path save(Path folder) throws IOException {
        Path weights = folder.resolve(WEIGHTS);
        new SafeTensors(model.stateDict()).write(weights);
        tokenizer.save(folder.resolve(TOKENIZER));
        return weights;
    }
}
