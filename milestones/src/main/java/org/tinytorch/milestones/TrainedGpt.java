package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
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
    private static final String SETTING = "setting.";

    /** Whether the milestone {@code gpt} has left a model in a folder. */
    static boolean isIn(Path folder) {
        return Stream.of(folder.resolve(WEIGHTS), folder.resolve(TOKENIZER), checkpoint(folder))
                .allMatch(Files::exists);
    }

    private static Path checkpoint(Path folder) {
        return new RunFolder(folder).checkpoint();
    }

    /**
     * Reads what the milestone {@code gpt} has left in a folder.
     *
     * @param text that it must have been trained on: else there would be nothing that it has not seen
     * @throws IOException if something is missing, damaged, or of another text; the message says what to do
     */
    static TrainedGpt read(Path folder, GptText text) throws IOException {
        if (!isIn(folder)) {
            throw new IOException(
                    "--gpt: in " + folder + " there are not all of " + WEIGHTS + ", " + TOKENIZER + " and "
                            + checkpoint(folder).getFileName() + "; ./tito milestone gpt --out " + folder
                            + " makes them, or leave --gpt out");
        }
        try {
            Map<String, String> settings = SafeTensors.read(checkpoint(folder)).metadata();
            Tokenizer tokenizer = Tokenizers.load(folder.resolve(TOKENIZER));
            checkSameText(folder, settings, text);
            GptTraining training = training(recipe(settings), text, tokenizer, checkpoint(folder));
            training.model()
                    .loadStateDict(SafeTensors.read(folder.resolve(WEIGHTS)).tensors());
            return new TrainedGpt(training.model(), tokenizer);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "--gpt: what is in " + folder + " cannot be used: " + e.getMessage()
                            + ". Name another folder, or leave --gpt out",
                    e);
        }
    }

    /** A training on the text itself says what its fingerprint is. */
    private static void checkSameText(Path folder, Map<String, String> settings, GptText text) throws IOException {
        GptTraining own = training(GptRecipe.TINY, text, CharTokenizer.of(text.whole()), checkpoint(folder));
        if (!setting(settings, "text").equals(own.checkpoint().settings().get("text"))) {
            throw new IOException("--gpt: the model in " + folder
                    + " was trained on another text than the tales that come with the project, on which it would be measured;"
                    + " name another folder, or train one with ./tito milestone gpt, without --data");
        }
    }

    private static GptTraining training(GptRecipe recipe, GptText text, Tokenizer tokenizer, Path checkpoint) {
        return new GptTraining(recipe, text, tokenizer, 1, "float64", checkpoint);
    }

    /** The architecture that was trained. */
    private static GptRecipe recipe(Map<String, String> settings) {
        GptRecipe preset = GptRecipe.NANO;
        String style = setting(settings, "style");
        return new GptRecipe(
                Arrays.stream(GptConfig.Style.values())
                        .filter(each -> each.toString().equals(style))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("its style '" + style + "' is unknown")),
                number(settings, "layers"),
                number(settings, "heads"),
                number(settings, "width"),
                number(settings, "context"),
                0,
                preset.batch(),
                preset.iterations(),
                preset.every(),
                preset.learningRate());
    }

    private static int number(Map<String, String> settings, String name) {
        return Integer.parseInt(setting(settings, name)); // what is no number is an IllegalArgumentException, too
    }

    private static String setting(Map<String, String> settings, String name) {
        String value = settings.get(SETTING + name);
        if (value == null) {
            throw new IllegalArgumentException("its checkpoint does not say '" + name + "'");
        }
        return value;
    }

    /**
     * Saves it as the milestone {@code gpt} does.
     *
     * @throws IOException if that is not possible
     */
    void save(Path folder) throws IOException {
        new SafeTensors(model.stateDict()).write(folder.resolve(WEIGHTS));
        tokenizer.save(folder.resolve(TOKENIZER));
    }
}
