package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tinytorch.data.DataSplit;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.training.ProgressListener;
import picocli.CommandLine.Help;

/**
 * Where trained models come from: from the folder of another milestone, from an earlier run of this one, or from a training now.
 *
 * @param screen is told
 * @param runs where other milestones leave their folders if nothing else is said
 * @param out the folder of this milestone
 * @param seed start of the random numbers
 */
record ModelSources(PrintWriter screen, Path runs, Path out, long seed) {
    private static final String ARITHMETIC = "float64";

    /** Gives a trained model; may have to train it. */
    interface Source<T> {
        T get() throws IOException;
    }

    private interface Reader<T> {
        T read(Path folder) throws IOException;
    }

    private void say(String text) {
        screen.println(text);
        screen.flush();
    }

    /** Trains a network that reads digits. */
    Sequential digits(DigitModel kind, DataSplit digits, int epochs) {
        say("The " + kind + " that reads digits is trained first.");
        ProgressListener progress = ProgressListener.of(screen, Help.Ansi.AUTO.enabled());
        return new DigitsTraining(epochs, 1e-3, seed, progress)
                .train(kind, digits.train(), digits.train(), digits.test())
                .model();
    }

    /**
     * The network for photographs.
     *
     * @param named a folder that the user named
     * @throws IOException if it cannot be read there
     */
    Source<Sequential> photographs(Optional<Path> named, Cifar10Data images) throws IOException {
        return find(
                "CNN",
                named,
                runs.resolve("cifar10").resolve(Cifar10Models.SMALL.toString()),
                folder -> TrainedCifar10.read(folder, images),
                () -> train(images, out.resolve("cifar10")));
    }

    /**
     * The GPT. What is in the usual folder must have the recipe's architecture, as it may be of a run in a classroom; what the user names may have any.
     *
     * @param named a folder that the user named
     * @param recipe trains one if there is none
     * @throws IOException if it cannot be read there
     */
    Source<TrainedGpt> gpt(Optional<Path> named, GptText text, GptRecipe recipe) throws IOException {
        return find(
                "GPT",
                named,
                runs.resolve("gpt"),
                folder -> named.isPresent() ? TrainedGpt.read(folder, text) : TrainedGpt.read(folder, text, recipe),
                () -> train(text, recipe, out.resolve("gpt")));
    }

    /** Reads now, so that what is wrong with a folder comes out before anything is trained. */
    private <T> Source<T> find(String what, Optional<Path> named, Path usual, Reader<T> reader, Source<T> training)
            throws IOException {
        Path folder = named.orElse(usual);
        try {
            T model = reader.read(folder);
            say("The " + what + " comes from " + folder + ".");
            return () -> model;
        } catch (IOException e) {
            if (named.isPresent()) {
                String option = "--" + what.toLowerCase(Locale.ROOT);
                throw new IOException(
                        option + ": " + e.getMessage() + ". Name another folder, or leave " + option + " out", e);
            }
            say("The " + what + " is not taken from " + folder + ": " + e.getMessage()
                    + ". One will be trained, which takes some minutes.");
            return training;
        }
    }

    private Sequential train(Cifar10Data images, Path own) throws IOException {
        RunFolder folder = begin("CNN", own);
        TrainingTable table = TrainingTable.of(screen, Help.Ansi.AUTO.enabled(), TrainingTable.Layout.IMAGES);
        try (Interruption interruption = new Interruption()) {
            Cifar10Training training = new Cifar10Training(
                    Cifar10Models.SMALL,
                    Cifar10Models.SMALL.recipe(),
                    images,
                    seed,
                    ARITHMETIC,
                    folder.checkpoint(),
                    table,
                    interruption);
            finish(training, table, interruption);
        }
        return TrainedCifar10.read(own, images);
    }

    /** Trains a GPT and leaves it in a folder. */
    TrainedGpt train(GptText text, GptRecipe recipe, Path own) throws IOException {
        RunFolder folder = begin("GPT", own);
        Tokenizer tokenizer = CharTokenizer.of(text.whole());
        TrainingTable table = TrainingTable.of(
                screen, Help.Ansi.AUTO.enabled(), TrainingTable.Layout.ofText(recipe.every(), recipe.context()));
        try (Interruption interruption = new Interruption()) {
            GptTraining training = new GptTraining(
                    recipe, text, tokenizer, seed, ARITHMETIC, folder.checkpoint(), table, interruption);
            finish(training, table, interruption);
            TrainedGpt trained = new TrainedGpt(training.model(), tokenizer);
            trained.save(own);
            return trained;
        }
    }

    private RunFolder begin(String what, Path own) throws IOException {
        say("The " + what + " is trained first, and left in " + own + ".");
        RunFolder folder = new RunFolder(own);
        folder.make();
        return folder;
    }

    /** Trains to the end, or says what an interruption leaves. */
    private void finish(LongTraining training, TrainingTable table, Interruption interruption) {
        goOn(training);
        interruption.listen();
        try {
            training.run();
        } catch (Interruption.Interrupted e) {
            table.wipe();
            say("");
            training.checkpoint()
                    .interrupted(training.done(), training.all(), "The same command goes on from there.")
                    .forEach(this::say);
            throw e;
        }
    }

    /** Goes on where an earlier run ended, or, if that cannot be, says why and begins anew. */
    private void goOn(LongTraining training) {
        RunCheckpoint checkpoint = training.checkpoint();
        if (!checkpoint.exists()) {
            return;
        }
        try {
            List<String> differences = checkpoint.differences();
            if (differences.isEmpty()) {
                say("Going on after " + checkpoint.epoch() + " " + training.resume() + ".");
            } else {
                anew(checkpoint, String.join("; ", differences));
            }
        } catch (IOException | IllegalArgumentException e) {
            anew(checkpoint, e.getMessage());
        }
    }

    private void anew(RunCheckpoint checkpoint, String why) {
        say(checkpoint.file() + " cannot be gone on with: " + why + ". The training begins anew.");
    }
}
