package org.tinytorch.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.tinytorch.checks.Glyphs;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batches;
import org.tinytorch.training.History;
import org.tinytorch.training.Trainer;

/**
 * The closing experiment of module 08: a network of linear layers learns small images, then the same images with all pixels shuffled, and then looks at images
 * that were moved by one pixel.
 */
public final class ShuffledPixels {
    private static final int PIXELS = Glyphs.SIDE * Glyphs.SIDE;
    private static final int HIDDEN = 64;
    private static final int EPOCHS = 10;
    private static final long ORDER = 3;

    private ShuffledPixels() {}

    /** The images to learn from. */
    public static Glyphs training() {
        return Glyphs.of(1000, 1);
    }

    /** The images to test with. */
    public static Glyphs test() {
        return Glyphs.of(1000, 2);
    }

    /** Images with their pixels in another order, the same for all. */
    public static Glyphs shuffled(Glyphs images) {
        return images.permuted(ORDER);
    }

    /**
     * Trains a network 144-64-10 on the images as some view shows them. Its first weights come by the same view, each with its pixel.
     *
     * @param view leaves the images alone or puts their pixels in another order
     */
    public static Trainer train(UnaryOperator<Glyphs> view) {
        Generator generator = new Generator(1);
        Linear first = new Linear(PIXELS, HIDDEN, generator);
        Linear second = new Linear(HIDDEN, Glyphs.CLASSES, generator);
        Tensor weight = Tensors.of(view.apply(rows(first.weight())).pixels());
        Sequential model = new Sequential(Linear.of(weight, first.bias().orElseThrow()), new ReLU(), second);
        Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.002))
                .metrics(new Accuracy())
                .build();
        trainer.fit(batches(view.apply(training())).shuffled(generator), EPOCHS);
        return trainer;
    }

    /** The rows of a weight, as if they were images: row j holds what neuron j multiplies the pixels with. */
    private static Glyphs rows(Tensor weight) {
        double[][] rows = new double[weight.dim(0)][];
        Arrays.setAll(rows, j -> Arrays.copyOfRange(weight.data(), j * PIXELS, (j + 1) * PIXELS));
        return new Glyphs(rows, new int[rows.length]);
    }

    private static Batches batches(Glyphs images) {
        Tensor labels = Tensors.of(Arrays.stream(images.labels()).asDoubleStream().toArray());
        return Batches.of(Tensors.of(images.pixels()), labels, 50);
    }

    /** The part of the images that the network names rightly, from 0 to 1. */
    public static double accuracy(Trainer trainer, Glyphs images) {
        return trainer.evaluate(batches(images)).get("accuracy");
    }

    /**
     * Tells the story.
     *
     * @param args none
     */
    public static void main(String[] args) {
        say("Ten signs, %d x %d pixels. Here is a 4, and the same 4 with its pixels shuffled:", Glyphs.SIDE, Glyphs.SIDE);
        say("");
        String[] ordered = test().text(54).split("\n");
        String[] mixed = shuffled(test()).text(54).split("\n");
        for (int row = 0; row < ordered.length; row++) {
            say("    %s        %s", ordered[row], mixed[row]);
        }
        say("");
        say("A network 144-64-10 learns from 1,000 images. A second one learns from the same images, shuffled.");
        say("");
        Trainer plain = train(images -> images);
        Trainer blind = train(ShuffledPixels::shuffled);
        History first = plain.history();
        History second = blind.history();
        say("  epoch    loss, images     loss, shuffled");
        for (int epoch : new int[] {1, 2, 4, EPOCHS}) {
            say("  %5d    %.10f     %.10f", epoch, loss(first, epoch), loss(second, epoch));
        }
        say("");
        say("  new images right:             %5.1f %%", 100 * accuracy(plain, test()));
        say("  new images right, shuffled:   %5.1f %%", 100 * accuracy(blind, shuffled(test())));
        say("");
        say("To the network both are the same task. It does not know that pixels have neighbours.");
        say("Now the first network gets the new images unshuffled, but moved by a single pixel:");
        say("");
        say("  to the right:   %5.1f %%", 100 * accuracy(plain, test().shifted(1, 0)));
        say("  to the left:    %5.1f %%", 100 * accuracy(plain, test().shifted(-1, 0)));
        say("  down:           %5.1f %%", 100 * accuracy(plain, test().shifted(0, 1)));
        say("  up:             %5.1f %%", 100 * accuracy(plain, test().shifted(0, -1)));
        say("");
        say("Who guesses gets 10 %%. You would not even notice that an image had moved.");
    }

    private static double loss(History history, int epoch) {
        return history.epochs().get(epoch - 1).get("train_loss");
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
