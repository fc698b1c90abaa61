package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tinytorch.training.History;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** 2012: convolutional networks recognise photographs. */
@Command(
        name = "cifar10",
        description = {
            "2012: convolutional networks (LeCun, 1989; Krizhevsky, Sutskever and Hinton, 2012) recognise what is on a photograph: CIFAR-10, 32 by 32 pixels in"
                    + " ten classes.",
            "./tito download cifar10 fetches the images. Where test_batch.bin is missing, data_batch_5.bin is held out to be tested on.",
            "Ctrl-C ends the training; --resume goes on after the last epoch that was saved, and comes to what a run without a break would have come to."
        })
final class Cifar10Milestone extends Milestone {
    private static final int CLASSROOM_TRAIN = 2_000;
    private static final int CLASSROOM_TEST = 1_000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "folder with data_batch_1.bin to data_batch_5.bin and perhaps test_batch.bin; by default where"
                            + " ./tito download cifar10 puts them")
    Optional<Path> data;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description =
                    "small, the default: convolutions and full layers, for minutes; resnet: a residual network, for"
                            + " an hour; tiny: what --classroom trains")
    Optional<Cifar10Models> model;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "rounds through the training images; by default what the model's target needs")
    Optional<Integer> epochs;

    @Option(names = "--batch", paramLabel = "N", description = "images in a step; by default what suits the model")
    Optional<Integer> batch;

    @Option(
            names = "--lr",
            paramLabel = "X",
            description = "the highest learning rate; by default what suits the model")
    Optional<Double> learningRate;

    @Option(
            names = "--resume",
            description = "go on after the last epoch that was saved in --out; give the other options as before")
    boolean resume;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where checkpoint, curves and predictions go; by default runs/cifar10/MODEL")
    Optional<Path> out;

    @Mixin
    ComputeOptions compute;

    public static void main(String... args) {
        launch(new Cifar10Milestone(), args);
    }

    @Override
    Result run() throws IOException {
        if (classroom && model.isPresent()) {
            throw misuse("--classroom has a model of its own; leave --model or --classroom out");
        }
        Cifar10Models chosen = model.orElse(classroom ? Cifar10Models.TINY : Cifar10Models.SMALL);
        Cifar10Recipe preset = chosen.recipe();
        Cifar10Recipe recipe = preset.with(
                atLeastOne("--epochs", epochs.orElse(preset.epochs())),
                atLeastOne("--batch", batch.orElse(preset.batch())),
                positive("--lr", learningRate.orElse(preset.learningRate())));
        try (ComputeOptions.Scope scope = compute.apply()) {
            return run(chosen, recipe);
        }
    }

    private Result run(Cifar10Models chosen, Cifar10Recipe recipe) throws IOException {
        Cifar10Data images = Cifar10Data.load(data);
        if (classroom) {
            images = images.first(CLASSROOM_TRAIN, CLASSROOM_TEST);
        }
        RunFolder folder = new RunFolder(out.orElse(Path.of("runs", "cifar10", chosen.toString())));
        folder.make();
        say("%s to learn from, %s of %s to be tested on.", images.train(), images.test(), images.tested());
        images.remark().ifPresent(remark -> say("%s", remark));
        TrainingTable table =
                TrainingTable.of(spec.commandLine().getOut(), Help.Ansi.AUTO.enabled(), TrainingTable.Layout.IMAGES);
        try (Interruption interruption = new Interruption()) {
            Cifar10Training training = new Cifar10Training(
                    chosen, recipe, images, seed, compute.arithmetic(), folder.checkpoint(), table, interruption);
            say(
                    "%s: %,d parameters; %d epochs in batches of %d.",
                    chosen, training.parameterCount(), recipe.epochs(), recipe.batch());
            begin(training);
            interruption.listen();
            History history = train(training, table);
            show(images, training, folder, history);
            return new Result("cifar10", "test_accuracy", history.last().get("val_accuracy"), recipe.target())
                    .with("model", chosen.toString())
                    .with("tested_on", images.tested())
                    .with("epochs", "%.0f", recipe.epochs())
                    .with("busy", "%.3f", training.busy());
        }
    }

    /** Goes back to where an earlier run was left, or says what will become of it. */
    private void begin(Cifar10Training training) throws IOException {
        if (resume) {
            say("Going on after epoch %d.", training.resume());
        } else if (training.checkpoint().exists()) {
            say("%s", training.checkpoint().willBeReplaced());
        }
        say("");
    }

    private History train(Cifar10Training training, TrainingTable table) {
        try {
            return training.run();
        } catch (Interruption.Interrupted e) {
            table.wipe();
            say("");
            training.checkpoint().interrupted(training.done(), training.all()).forEach(line -> say("%s", line));
            throw e;
        }
    }

    private void show(Cifar10Data images, Cifar10Training training, RunFolder folder, History history)
            throws IOException {
        Path grid = folder.path().resolve("predictions.png");
        PredictionGrid.save(grid, images.test(), training.predictions());
        say("");
        say("Curves: %s and history.csv beside it", folder.saveCurves(history));
        say("Predictions for the first test images, mistakes in red: %s", grid);
        say("Checkpoint: %s", folder.checkpoint());
    }
}
