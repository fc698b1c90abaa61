package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.training.EpochResult;
import org.tinytorch.training.History;
import org.tinytorch.training.TrainingListener;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.TextGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** 2017: a transformer learns to write. */
@Command(
        name = "gpt",
        description = {
            "2017: attention is all it takes (Vaswani et al., 2017). A GPT (Radford et al., 2018) learns from a text to predict the next character, and so to write."
                    + " By default the model and the number of steps are those of nanoGPT's recipe for a CPU.",
            "The last tenth of the text is not learnt from, and measured on in full. The target is a loss: that of --target; else, of the tales that come with the project, a fixed one;"
                    + " else, of your own --data, what a table of pairs reaches, which knows only the last token.",
            "Ctrl-C ends the training; --resume goes on after the last round that was saved, and comes to what a run without a break would have come to."
                    + " When all rounds are done, --resume with another --prompt writes again."
        })
final class GptMilestone extends Milestone {
    private static final double TALES_TARGET = 1.38;
    private static final double CLASSROOM_TARGET = 2.0;
    private static final int ON_THE_WAY = 120;
    private static final int MAP_TOKENS = 32;

    /** Tokens in which words are counted, if less is to be written. */
    private static final int COUNTED = 2_000;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "a text in UTF-8 to learn from; by default tales that come with the project")
    Optional<Path> data;

    @Option(
            names = "--tokenizer",
            paramLabel = "NAME",
            description = "char, the default: a token for each character; bpe: byte pairs learned from the text;"
                    + " gpt2: GPT-2's, whose files --gpt2 names")
    Optional<GptTokenizers> tokenizer;

    @Option(
            names = "--vocabulary",
            paramLabel = "N",
            description = "how many tokens --tokenizer bpe learns, at least 256",
            defaultValue = "512")
    int vocabulary;

    @Option(names = "--gpt2", paramLabel = "DIR", description = "folder with GPT-2's encoder.json and vocab.bpe")
    Optional<Path> gpt2;

    @Option(names = "--target", paramLabel = "X", description = "the highest validation loss that passes")
    Optional<Double> target;

    @Option(
            names = "--resume",
            description = "go on after the last round that was saved in --out; give the other options as before")
    boolean resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where weights, tokenizer, checkpoint, curves and attention map go",
            defaultValue = "runs/gpt")
    Path out;

    @Mixin
    ModelOptions modelOptions;

    @Mixin
    WritingOptions writing;

    @Mixin
    ComputeOptions compute;

    public static void main(String... args) {
        launch(new GptMilestone(), args);
    }

    @Override
    Result run() throws IOException {
        GptRecipe recipe = modelOptions.recipe(classroom ? GptRecipe.TINY : GptRecipe.NANO, this);
        GptTokenizers kind = tokenizer.orElse(GptTokenizers.CHAR);
        if (kind == GptTokenizers.GPT2 && gpt2.isEmpty()) {
            throw misuse("--tokenizer gpt2 needs GPT-2's two files; name their folder with --gpt2");
        }
        try (ComputeOptions.Scope scope = compute.apply()) {
            return run(recipe, kind);
        }
    }

    private Result run(GptRecipe recipe, GptTokenizers kind) throws IOException {
        GptText text = GptText.load(data);
        RunFolder folder = new RunFolder(out);
        folder.make();
        Tokenizer tokens = tokenizer(kind, text);
        PrintWriter screen = spec.commandLine().getOut();
        TrainingTable table = TrainingTable.of(
                screen, Help.Ansi.AUTO.enabled(), TrainingTable.Layout.ofText(recipe.every(), recipe.context()));
        Samples samples = new Samples(recipe);
        try (Interruption interruption = new Interruption()) {
            GptTraining training = new GptTraining(
                    recipe,
                    text,
                    tokens,
                    seed,
                    compute.arithmetic(),
                    folder.checkpoint(),
                    table,
                    samples,
                    interruption);
            TextGenerator writer = writer(training, tokens);
            samples.writer = writer.maxTokens(ON_THE_WAY);
            double bigram = training.bigramLoss();
            say(
                    "%s: %,d characters; %,d %s tokens to learn from, %,d to be measured on.",
                    text.name(),
                    text.whole().codePointCount(0, text.whole().length()),
                    training.trainingSize(),
                    kind,
                    training.validationSize());
            say("Predicting each token from the one before it alone, a table of pairs reaches a loss of %.4f.", bigram);
            say(
                    "%s: %,d parameters; %d steps of %d windows of %d tokens.",
                    recipe.style(),
                    training.model().parameterCount(),
                    recipe.iterations(),
                    recipe.batch(),
                    recipe.context());
            begin(training);
            interruption.listen();
            History history = train(training, table);
            save(folder, training, tokens, history, recipe);
            return judge(training, history, goal(kind, bigram), bigram, text, write(writer));
        }
    }

    private Tokenizer tokenizer(GptTokenizers kind, GptText text) throws IOException {
        try {
            return kind.make(text.whole(), text.training(), vocabulary, gpt2);
        } catch (IllegalArgumentException e) {
            throw misuse("%s", e.getMessage());
        }
    }

    /** Before the training, so that an option that is not possible does not come out after it. */
    private TextGenerator writer(GptTraining training, Tokenizer tokens) {
        try {
            return writing.writer(LanguageModel.of(training.model()), tokens);
        } catch (IllegalArgumentException e) {
            throw misuse("%s", e.getMessage());
        }
    }

    private double goal(GptTokenizers kind, double bigram) {
        if (target.isPresent()) {
            return target.get();
        }
        boolean ownTarget = data.isEmpty() && kind == GptTokenizers.CHAR;
        return ownTarget ? classroom ? CLASSROOM_TARGET : TALES_TARGET : Math.rint(bigram * 1e4) / 1e4;
    }

    /** Goes back to where an earlier run was left, or says what will become of it. */
    private void begin(GptTraining training) throws IOException {
        if (resume) {
            say("Going on after round %d.", training.resume());
        } else if (training.checkpoint().exists()) {
            say("%s", training.checkpoint().willBeReplaced());
        }
        say("");
    }

    private History train(GptTraining training, TrainingTable table) {
        try {
            return training.run();
        } catch (Interruption.Interrupted e) {
            table.wipe();
            say("");
            training.checkpoint().interrupted(training.done(), training.all()).forEach(line -> say("%s", line));
            throw e;
        }
    }

    private void save(RunFolder folder, GptTraining training, Tokenizer tokens, History history, GptRecipe recipe)
            throws IOException {
        String axis = "round of " + recipe.every() + " steps";
        Path curves = folder.saveCurves(
                history,
                new CurveChart("Loss of a token", "cross-entropy")
                        .over(axis)
                        .curve("training", history.series("train_loss"))
                        .curve("validation", history.series("val_token_loss")),
                new CurveChart("Learning rate", "rate").over(axis).curve("rate", history.series("learning_rate")));
        Path map = folder.path().resolve("attention.png");
        AttentionMap.save(map, training.model(), tokens, training.first(MAP_TOKENS));
        say("");
        say("Curves: %s and history.csv beside it", curves);
        say("Where each head looks, for the first tokens of the validation text: %s", map);
        // the tokenizer with the weights: an earlier run keeps its own until then
        Path weights = new TrainedGpt(training.model(), tokens).save(folder.path());
        say("Weights: %s and tokenizer.json beside it; to go on training: %s", weights, folder.checkpoint());
    }

    /** Writes on the screen as the text comes, and on in silence until there is enough to count words in. */
    private String write(TextGenerator writer) {
        PrintWriter screen = spec.commandLine().getOut();
        say("");
        say("---- It writes:");
        screen.print(writing.prompt);
        Generator generator = new Generator(seed);
        String written = writing.prompt
                + writer.generate(writing.prompt, generator, part -> {
                            screen.print(part);
                            screen.flush();
                        })
                        .text();
        say("");
        say("----");
        int more = COUNTED - writing.maxTokens;
        return more <= 0
                ? written
                : written
                        + writer.stopAt()
                                .maxTokens(more)
                                .generate(written, generator)
                                .text();
    }

    private Result judge(
            GptTraining training, History history, double goal, double bigram, GptText text, String written) {
        KnownWords known = new KnownWords(text.training());
        say(
                "Of its words %s occur in the text that it learnt from; of those of the validation text %s.",
                percent(known.share(written)), percent(known.share(text.validation())));
        double loss = history.last().get("val_token_loss");
        double blind = training.lossWithoutAttention();
        say("Without its attention the loss would be %.4f instead of %.4f.", blind, loss);
        Result result = Result.ofLoss("gpt", "validation_loss", loss, goal)
                .with("bigram", "%.4f", bigram)
                .with("known_words", "%.3f", known.share(written))
                .with("without_attention", "%.4f", blind)
                .require(blind > loss, "the model predicts no worse without its attention");
        for (String problem :
                GptBehaviour.of(training.model(), training.judgedOn()).problems()) {
            result = result.require(false, "%s", problem);
        }
        return result;
    }

    /** NaN, if there is no word, is none. */
    private static String percent(double share) {
        return Double.isNaN(share) ? "none" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** Shows after each round what the model writes by now. */
    private final class Samples implements TrainingListener {
        private final GptRecipe recipe;
        private TextGenerator writer;

        Samples(GptRecipe recipe) {
            this.recipe = recipe;
        }

        @Override
        public void onEpochEnd(EpochResult result) {
            if (result.epoch() < recipe.rounds()) { // at the end it writes more
                String text =
                        writer.generate(writing.prompt, new Generator(seed)).text();
                say("          | %s", text.strip().replace("\n", "\n          | "));
            }
        }
    }
}
