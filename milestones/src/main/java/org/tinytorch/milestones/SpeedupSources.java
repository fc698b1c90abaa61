package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
 * @param out the folder of this milestone
 * @param seed start of the random numbers
 */
record SpeedupSources(PrintWriter screen, Path out, long seed) {
    private static final String ARITHMETIC = "float64";

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
     * @param folder that the user named
     * @throws IOException if it cannot be read there
     */
    Sequential photographs(Optional<Path> folder, Cifar10Data images) throws IOException {
        Path usual = folder.orElse(Path.of("runs", "cifar10", Cifar10Models.SMALL.toString()));
        if (folder.isPresent() || TrainedCifar10.isIn(usual)) {
            say("The CNN comes from " + usual + ".");
            return TrainedCifar10.read(usual, images);
        }
        Path own = out.resolve("cifar10");
        say("There is no CNN in " + usual + ": it is trained now, which takes some minutes, and left in " + own + ".");
        train(images, own);
        return TrainedCifar10.read(own, images);
    }

    private void train(Cifar10Data images, Path own) throws IOException {
        RunFolder folder = new RunFolder(own);
        folder.make();
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
            goOn(training.checkpoint(), training::resume);
            interruption.listen();
            finish(training::run, table, training.checkpoint());
        }
    }

    /**
     * The GPT.
     *
     * @param folder that the user named
     * @param recipe trains one if there is none
     * @throws IOException if it cannot be read there
     */
    TrainedGpt gpt(Optional<Path> folder, GptText text, GptRecipe recipe) throws IOException {
        Path usual = folder.orElse(Path.of("runs", "gpt"));
        if (folder.isPresent() || TrainedGpt.isIn(usual)) {
            say("The GPT comes from " + usual + ".");
            return TrainedGpt.read(usual, text);
        }
        say("There is no GPT in " + usual + "; with the milestone gpt's recipe it takes some minutes.");
        return train(text, recipe, out.resolve("gpt"));
    }

    /** Trains a GPT and leaves it in a folder. */
    TrainedGpt train(GptText text, GptRecipe recipe, Path own) throws IOException {
        say("The GPT is trained first, and left in " + own + ".");
        RunFolder folder = new RunFolder(own);
        folder.make();
        Tokenizer tokenizer = CharTokenizer.of(text.whole());
        TrainingTable table = TrainingTable.of(
                screen, Help.Ansi.AUTO.enabled(), TrainingTable.Layout.ofText(recipe.every(), recipe.context()));
        try (Interruption interruption = new Interruption()) {
            GptTraining training = new GptTraining(
                    recipe, text, tokenizer, seed, ARITHMETIC, folder.checkpoint(), table, interruption);
            goOn(training.checkpoint(), training::resume);
            interruption.listen();
            finish(training::run, table, training.checkpoint());
            TrainedGpt trained = new TrainedGpt(training.model(), tokenizer);
            trained.save(own);
            return trained;
        }
    }

    /** Goes back to a checkpoint. */
    private interface Resume {
        int fromCheckpoint() throws IOException;
    }

    /** Goes on where an earlier run ended, or, if that was one with other options, begins anew. */
    private void goOn(RunCheckpoint checkpoint, Resume resume) {
        if (!checkpoint.exists()) {
            return;
        }
        try {
            say("Going on after " + checkpoint.epoch() + " " + resume.fromCheckpoint() + ".");
        } catch (IOException e) {
            say(checkpoint.file()
                    + " cannot be gone on with (damaged, or of other options); the training begins anew.");
        }
    }

    /** Trains to the end, or says what an interruption leaves. */
    private void finish(Runnable training, TrainingTable table, RunCheckpoint checkpoint) {
        try {
            training.run();
        } catch (Interruption.Interrupted e) {
            table.wipe();
            say("");
            say("Interrupted. The same command goes on after the last " + checkpoint.epoch() + " that was saved in "
                    + checkpoint.file() + ".");
            throw e;
        }
    }
}
