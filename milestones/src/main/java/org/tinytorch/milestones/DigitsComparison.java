package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.Dataset;
import org.tinytorch.data.PermutePixels;
import org.tinytorch.data.Shift;
import org.tinytorch.tensor.Generator;

/**
 * What convolutions know that a hidden layer does not, in two experiments: the pixels of all images in another order, which takes from them what is beside what; and
 * test images moved by one pixel, which are the same to anybody who looks.
 *
 * @param mlp what the hidden layer reached
 * @param cnn what the convolutions reached
 */
record DigitsComparison(Accuracies mlp, Accuracies cnn) {
    private static final List<Shift> DIRECTIONS =
            List.of(new Shift(-1, 0), new Shift(1, 0), new Shift(0, -1), new Shift(0, 1));

    /**
     * Test accuracies of one kind of network.
     *
     * @param plain on the images as they are
     * @param shifted of the same network on images moved by one pixel, the mean over four directions
     * @param permuted of a network that learnt from images with permuted pixels, on such images
     */
    record Accuracies(double plain, double shifted, double permuted) {
        double lostByShift() {
            return plain - shifted;
        }

        double lostByPermutation() {
            return plain - permuted;
        }
    }

    /** Trains two networks of each kind. */
    static DigitsComparison run(DigitsTraining training, DataSplit images, Consumer<String> say) {
        return new DigitsComparison(
                measure(DigitModel.MLP, training, images, say), measure(DigitModel.CNN, training, images, say));
    }

    private static Accuracies measure(
            DigitModel kind, DigitsTraining training, DataSplit images, Consumer<String> say) {
        say.accept("");
        say.accept(kind + ", images as they are:");
        DigitsTraining.Trained plain = training.train(kind, images.train(), images.train(), images.test());
        double shifted = DIRECTIONS.stream()
                .mapToDouble(shift -> plain.accuracy(images.test().transformed(shift)))
                .average()
                .orElseThrow();
        say.accept("");
        say.accept(kind + ", pixels permuted:");
        PermutePixels permute = new PermutePixels(images.train().imageShape(), new Generator(training.seed()));
        Dataset test = images.test().transformed(permute);
        DigitsTraining.Trained permuted =
                training.train(kind, images.train(), images.train().transformed(permute), test);
        return new Accuracies(plain.accuracy(images.test()), shifted, permuted.accuracy(test));
    }

    /** The accuracies side by side. */
    String table() {
        return String.join(
                "\n",
                "test accuracy                          mlp      cnn",
                row("as they are", mlp.plain(), cnn.plain()),
                row("moved by one pixel, after training", mlp.shifted(), cnn.shifted()),
                row("pixels permuted, before training", mlp.permuted(), cnn.permuted()));
    }

    private static String row(String what, double ofMlp, double ofCnn) {
        return String.format(Locale.ROOT, "%-34s  %.4f   %.4f", what, ofMlp, ofCnn);
    }
}
