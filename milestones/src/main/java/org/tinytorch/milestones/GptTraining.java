package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.tinytorch.nn.Parameter;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.CosineWithWarmup;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.training.Evaluator;
import org.tinytorch.training.History;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainerBuilder;
import org.tinytorch.training.TrainingListener;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModelLoss;
import org.tinytorch.transformer.RandomWindows;
import org.tinytorch.transformer.SequentialWindows;
import org.tinytorch.transformer.TokenLoss;

/** A GPT, a recipe and a text, put together: what is trained, saved after each round and gone on with. */
final class GptTraining implements LongTraining {
    private static final double WEIGHT_DECAY = 0.1;
    private static final double CLIP = 1;

    /** Windows of a batch to measure on, of which none needs memory for gradients. */
    private static final int MEASURED = 64;

    private final GptRecipe recipe;
    private final int[] trainingTokens;
    private final int[] validationTokens;
    private final int[] judgedOn;
    private final Gpt model;
    private final RunCheckpoint checkpoint;
    private final RandomWindows windows;
    private final Trainer trainer;

    /**
     * Sets a training up.
     *
     * @param arithmetic how products are computed, in a word: a resumed run must do it in the same way
     * @param file where it is saved, in a folder that exists
     * @param listeners are told in this order
     * @throws IllegalArgumentException if the text is too short for the recipe, or says the same all the time
     */
    GptTraining(
            GptRecipe recipe,
            GptText text,
            Tokenizer tokenizer,
            long seed,
            String arithmetic,
            Path file,
            TrainingListener... listeners) {
        this.recipe = recipe;
        this.trainingTokens = tokenizer.encode(text.training());
        this.validationTokens = tokenizer.encode(text.validation());
        this.judgedOn = window(validationTokens, recipe.context());
        Generator generator = new Generator(seed);
        this.model = new Gpt(recipe.config(tokenizer.vocabularySize()), generator);
        this.windows =
                new RandomWindows(trainingTokens, recipe.context(), recipe.batch(), recipe.every(), generator.split());
        this.checkpoint = new RunCheckpoint(file, "round", settings(recipe, text, tokenizer, seed, arithmetic));
        this.trainer = trainer(listeners);
    }

    /** The first tokens in a row, as many as fit into the context, on which a model's behaviour can be judged. */
    private static int[] window(int[] tokens, int context) {
        int count = Math.min(context, tokens.length);
        for (int from = 0; from + count <= tokens.length; from++) {
            int[] window = Arrays.copyOfRange(tokens, from, from + count);
            if (GptBehaviour.canBeJudgedOn(window)) {
                return window;
            }
        }
        throw new IllegalArgumentException(
                "gpt: the last tenth of the text has no " + count
                        + " tokens in a row whose order matters; use a text with more variety, and a context of at least 3 tokens");
    }

    private static Map<String, String> settings(
            GptRecipe recipe, GptText text, Tokenizer tokenizer, long seed, String arithmetic) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("text", fingerprint(text));
        all.putAll(architecture(recipe, tokenizer));
        all.put("dropout", Double.toString(recipe.dropout()));
        all.put("batch", Integer.toString(recipe.batch()));
        all.put("iterations", Integer.toString(recipe.iterations()));
        all.put("every", Integer.toString(recipe.every()));
        all.put("lr", Double.toString(recipe.learningRate()));
        all.put("seed", Long.toString(seed));
        all.put("arithmetic", arithmetic);
        return all;
    }

    /** A short text that stands for a long one: of two texts it is hardly ever the same. */
    static String fingerprint(GptText text) {
        CRC32 sum = new CRC32();
        sum.update(text.whole().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** Those of the settings that say what the model looks like. */
    static Map<String, String> architecture(GptRecipe recipe, Tokenizer tokenizer) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("tokenizer", tokenizer.getClass().getSimpleName());
        all.put("vocabulary", Integer.toString(tokenizer.vocabularySize()));
        all.put("style", recipe.style().toString());
        all.put("layers", Integer.toString(recipe.layers()));
        all.put("heads", Integer.toString(recipe.heads()));
        all.put("width", Integer.toString(recipe.width()));
        all.put("context", Integer.toString(recipe.context()));
        return all;
    }

    private Trainer trainer(TrainingListener... listeners) {
        Optimizer optimizer =
                new AdamW(WeightDecay.ofMatrices(model, WEIGHT_DECAY), recipe.learningRate()).betas(0.9, 0.99);
        TrainerBuilder builder = Trainer.builder(model, new LanguageModelLoss(), optimizer)
                .scheduleEachStep(
                        new CosineWithWarmup(optimizer, recipe.warmUp(), recipe.iterations(), recipe.lowestRate()))
                .clipNorm(CLIP)
                .validation(validation())
                .metrics(new TokenLoss());
        checkpoint.saveFrom(builder);
        List.of(listeners).forEach(builder::listener);
        return builder.build();
    }

    /** Every token of the validation part but the first, once. */
    private SequentialWindows validation() {
        return new SequentialWindows(validationTokens, recipe.context(), MEASURED);
    }

    /** What is trained. */
    Gpt model() {
        return model;
    }

    /** How many tokens there are to learn from. */
    int trainingSize() {
        return trainingTokens.length;
    }

    /** How many tokens are predicted to measure the loss. */
    int validationSize() {
        return validationTokens.length - 1;
    }

    /** Tokens of the validation part on which the model's behaviour can be judged. */
    int[] judgedOn() {
        return judgedOn.clone();
    }

    /** The first tokens of the validation part, at most so many as fit into the context. */
    int[] first(int most) {
        int count = Math.min(Math.min(most, recipe.context()), validationTokens.length);
        return Arrays.copyOf(validationTokens, count);
    }

    /** The validation loss of a table of pairs: what knows only the last token. */
    double bigramLoss() {
        return new BigramTable(model.config().vocabularySize(), trainingTokens).loss(validationTokens);
    }

    @Override
    public RunCheckpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public int resume() throws IOException {
        checkpoint.resume(trainer);
        return done();
    }

    @Override
    public int done() {
        return trainer.history().size();
    }

    @Override
    public int all() {
        return recipe.rounds();
    }

    @Override
    public History run() {
        return trainer.fit(windows, recipe.rounds());
    }

    /** The validation loss when every place sees itself only, as the attention's output is taken for 0. Afterwards the model is as it was. */
    double lossWithoutAttention() {
        List<Parameter> outputs = new ArrayList<>();
        model.namedParameters().forEach((name, parameter) -> {
            if (name.contains(".attention.output.")) {
                outputs.add(parameter);
            }
        });
        List<Tensor> saved = outputs.stream().map(each -> each.detach().copy()).toList();
        try {
            outputs.forEach(parameter -> parameter.fill(0));
            return new Evaluator(model, new LanguageModelLoss(), new TokenLoss())
                    .evaluate(validation())
                    .get("token_loss");
        } finally {
            for (int i = 0; i < saved.size(); i++) {
                outputs.get(i).copyFrom(saved.get(i));
            }
        }
    }
}
