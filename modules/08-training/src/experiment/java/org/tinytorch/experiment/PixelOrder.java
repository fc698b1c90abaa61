package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.Locale;
import org.tinytorch.checks.Glyphs;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Trainer;

/**
 * What a multilayer perceptron knows of an image: the same network learns figures as they are and figures whose pixels are in a random order, and then sees the
 * figures moved by one pixel.
 */
public final class PixelOrder {

    private static final int TRAIN = 400;
    private static final int TEST = 200;
    private static final int EPOCHS = 12;

    private PixelOrder() {}

    /**
     * The shares of test images that are read rightly.
     *
     * @param asTheyAre trained and tested on the images as they are
     * @param permuted trained and tested on images with all pixels in another order, the same for all
     * @param movedRight trained on the images as they are, tested on images moved by one pixel to the right
     * @param movedDown the same, moved down
     */
    public record Figures(double asTheyAre, double permuted, double movedRight, double movedDown) {}

    /** Trains both networks and tests them. */
    public static Figures figures() {
        Glyphs train = Glyphs.of(TRAIN, 1);
        Glyphs test = Glyphs.of(TEST, 2);
        Trainer plain = trained(train);
        Trainer mixed = trained(train.permuted(7));
        return new Figures(
                accuracy(plain, test),
                accuracy(mixed, test.permuted(7)),
                accuracy(plain, test.shifted(1, 0)),
                accuracy(plain, test.shifted(0, 1)));
    }

    private static Trainer trained(Glyphs images) {
        Generator generator = new Generator(3);
        int pixels = Glyphs.SIDE * Glyphs.SIDE;
        Layer model = new Sequential(new Linear(pixels, 32, generator), new ReLU(), new Linear(32, Glyphs.CLASSES, generator));
        Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.003))
                .metrics(new Accuracy())
                .build();
        trainer.fit(Batches.of(pixels(images), labels(images), 20).shuffled(new Generator(4)), EPOCHS);
        return trainer;
    }

    private static double accuracy(Trainer trainer, Glyphs images) {
        return trainer.evaluate(Batches.of(pixels(images), labels(images), 100)).get("accuracy");
    }

    private static Tensor pixels(Glyphs images) {
        return Tensors.of(images.pixels());
    }

    private static Tensor labels(Glyphs images) {
        return Tensors.of(Arrays.stream(images.labels()).asDoubleStream().toArray());
    }

    /** Tells the story. */
    public static void main(String[] args) {
        Glyphs test = Glyphs.of(TEST, 2);
        System.out.println("A four as the network sees it, with its pixels in another order, and moved by one pixel:\n");
        System.out.println(sideBySide(test.text(4), test.permuted(7).text(4), test.shifted(1, 0).text(4)));
        System.out.println("Training 144-32-10 twice, " + TRAIN + " images, " + EPOCHS + " epochs ...\n");
        Figures figures = figures();
        line("images as they are", figures.asTheyAre());
        line("all pixels in another order", figures.permuted());
        line("moved right by one pixel", figures.movedRight());
        line("moved down by one pixel", figures.movedDown());
        System.out.println("\nThe network does not know which pixels are neighbours. What it learnt, it learnt for each place anew.");
    }

    private static void line(String what, double accuracy) {
        System.out.printf(Locale.ROOT, "%-30s %5.1f %% right%n", what, 100 * accuracy);
    }

    private static String sideBySide(String... images) {
        StringBuilder text = new StringBuilder();
        String[][] lines = Arrays.stream(images).map(image -> image.split("\n")).toArray(String[][]::new);
        for (int row = 0; row < lines[0].length; row++) {
            for (String[] image : lines) {
                text.append(image[row]).append("   ");
            }
            text.append('\n');
        }
        return text.toString();
    }
}
