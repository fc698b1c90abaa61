package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.data.Mnist;
import org.tinytorch.data.UciDigits;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.ConfusionMatrix;
import org.tinytorch.training.ProgressListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** 1986: backpropagation makes a network with a hidden layer read handwritten digits. */
@Command(
        name = "digits",
        description = {
            "1986: backpropagation (Rumelhart, Hinton and Williams) makes a network with a hidden layer read handwritten digits.",
            "Without --data it takes the 1797 UCI digits of 8 by 8 pixels that come with TinyTorch, a fifth of them for the test. With --data it takes"
                    + " MNIST, Fashion-MNIST or another set in the same four files.",
            "1989: convolutions (LeCun) read them better; --model cnn is trained by the same code, and --compare shows what the difference is."
        })
final class DigitsMilestone extends Milestone {
    private static final int BATCH = 64;
    private static final int LINE_WIDTH = 120;
    private static final int CLASSROOM_IMAGES = 10_000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder with train-images-idx3-ubyte and the three other files, each with or without .gz")
    Optional<Path> data;

    @Option(names = "--model", paramLabel = "NAME", description = "mlp, the default: a hidden layer; cnn: convolutions")
    Optional<DigitModel> model;

    @Option(
            names = "--compare",
            description =
                    "train both models, each on images as they are and on images with permuted pixels, and show what"
                            + " permuted and moved images cost them; saves nothing")
    boolean compare;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "rounds through the training images; by default what the target needs")
    Optional<Integer> epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "how far a step of Adam goes",
            defaultValue = "0.001")
    double learningRate;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the curves go, as PNG and CSV",
            defaultValue = "runs/digits")
    Path out;

    public static void main(String... args) {
        launch(new DigitsMilestone(), args);
    }

    @Override
    Result run() throws IOException {
        if (compare && model.isPresent()) {
            throw misuse("--compare trains both models; leave --model out");
        }
        DigitModel kind = model.orElse(compare ? DigitModel.CNN : DigitModel.MLP);
        Preset preset = preset(kind);
        int rounds = atLeastOne("--epochs", epochs.orElse(preset.epochs()));
        DigitsTraining training = new DigitsTraining(
                rounds,
                positive("--learning-rate", learningRate),
                seed,
                ProgressListener.of(spec.commandLine().getOut(), Help.Ansi.AUTO.enabled()));
        DataSplit images = images();
        return compare ? compare(training, images, preset) : train(kind, training, images, preset);
    }

    private Result train(DigitModel kind, DigitsTraining training, DataSplit images, Preset preset) throws IOException {
        RunFolder folder = new RunFolder(out);
        folder.make();
        say("%s to learn from, %s to be tested on.", images.train(), images.test());
        DigitsTraining.Trained trained = training.train(kind, images.train(), images.train(), images.test());
        ConfusionMatrix confusion = new ConfusionMatrix(images.test().classes());
        int[] said = predict(trained.model(), images.test(), confusion);
        say("");
        say("%s", confusion);
        showMistakes(images.test(), said);
        say("");
        say("Curves: %s and history.csv beside it", folder.saveCurves(trained.history()));
        double accuracy = trained.history().last().get("val_accuracy");
        return new Result("digits", "test_accuracy", accuracy, preset.target())
                .with("model", kind.toString())
                .with("epochs", "%.0f", training.epochs())
                .with("test_images", "%.0f", images.test().size());
    }

    private Result compare(DigitsTraining training, DataSplit images, Preset preset) {
        say("%s to learn from, %s to be tested on.", images.train(), images.test());
        DigitsComparison comparison = DigitsComparison.run(training, images, line -> say("%s", line));
        say("");
        say("%s", comparison.table());
        DigitsComparison.Accuracies mlp = comparison.mlp();
        DigitsComparison.Accuracies cnn = comparison.cnn();
        return new Result("digits", "test_accuracy", cnn.plain(), preset.target())
                .with("mlp", "%.4f", mlp.plain())
                .with("cnn_shifted", "%.4f", cnn.shifted())
                .with("mlp_shifted", "%.4f", mlp.shifted())
                .with("cnn_permuted", "%.4f", cnn.permuted())
                .with("mlp_permuted", "%.4f", mlp.permuted())
                .require(cnn.plain() > mlp.plain(), "the CNN is not better than the MLP")
                .require(cnn.lostByShift() < mlp.lostByShift(), "moved images confuse the CNN more than the MLP")
                .require(
                        cnn.lostByPermutation() > mlp.lostByPermutation(),
                        "permuted pixels cost the CNN no more than the MLP");
    }

    /** How long to train, and what that must reach. */
    private record Preset(int epochs, double target) {}

    private Preset preset(DigitModel kind) {
        boolean cnn = kind == DigitModel.CNN;
        if (data.isPresent()) {
            return classroom ? new Preset(3, cnn ? 0.80 : 0.78) : new Preset(10, cnn ? 0.91 : 0.87);
        }
        return classroom ? new Preset(10, cnn ? 0.91 : 0.90) : new Preset(40, cnn ? 0.97 : 0.96);
    }

    private DataSplit images() throws IOException {
        if (data.isEmpty()) {
            return UciDigits.load().split(0.2, new Generator(seed));
        }
        DataSplit all = Mnist.load(data.get());
        return classroom ? new DataSplit(FirstImages.of(all.train(), CLASSROOM_IMAGES), all.test()) : all;
    }

    /** What the model says of each image; the confusion matrix takes note. */
    private static int[] predict(Sequential model, ImageDataset images, ConfusionMatrix confusion) {
        model.eval();
        int[] said = new int[images.size()];
        try (NoGrad scope = NoGrad.enter()) {
            for (int from = 0; from < said.length; from += BATCH) {
                int to = Math.min(said.length, from + BATCH);
                Tensor logits = model.forward(images.images(from, to));
                confusion.update(logits, images.labels(from, to));
                Tensor classes = logits.argmax(1);
                for (int i = from; i < to; i++) {
                    said[i] = (int) classes.get(i - from);
                }
            }
        }
        return said;
    }

    private void showMistakes(ImageDataset images, int[] said) {
        int[] wrong = IntStream.range(0, said.length)
                .filter(i -> said[i] != images.label(i))
                .toArray();
        say("");
        if (wrong.length == 0) {
            say("Not one mistake in %d images.", said.length);
            return;
        }
        int fitting = Math.max(1, LINE_WIDTH / (2 * images.imageShape().dim(2) + 3));
        int[] shown = Arrays.copyOf(wrong, Math.min(fitting, wrong.length));
        say("%d of %d images are wrong; the first of them:", wrong.length, said.length);
        say("");
        List<String> captions = new ArrayList<>();
        List<List<String>> pictures = new ArrayList<>();
        for (int i : shown) {
            captions.add(images.label(i) + " read as " + said[i]);
            pictures.add(ImageText.rows(images.images(i, i + 1).select(0, 0).select(0, 0)));
        }
        say("%s", ImageText.sideBySide(captions, pictures));
    }
}
