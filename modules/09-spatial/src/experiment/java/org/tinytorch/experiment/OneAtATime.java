package org.tinytorch.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.tinytorch.checks.Glyphs;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Trainer;

/**
 * Images as they come from a disk, one file after the other, folder by folder, and a loop that takes them as they come: what that costs, and what it does to the
 * network.
 */
public final class OneAtATime {

    private static final int TRAIN = 400;
    private static final int TEST = 200;
    private static final int BATCH = 32;
    private static final int ROUNDS = 3;

    private OneAtATime() {}

    /**
     * One way of going through the images.
     *
     * @param accuracy the share of new images read rightly, after three rounds
     * @param steps optimiser steps in a round
     * @param updates weights moved in a round
     * @param unseen images that a round never shows
     * @param seconds how long the rounds took
     */
    public record Figures(double accuracy, int steps, long updates, int unseen, double seconds) {}

    /** One image a step, all of one class first, then all of the next: folder by folder. */
    public static Figures folderByFolder() {
        Glyphs images = Glyphs.of(TRAIN, 1);
        List<Integer> order = new ArrayList<>(IntStream.range(0, TRAIN).boxed().toList());
        order.sort(Comparator.comparing(i -> images.labels()[i]));
        return train(images, order, 1, false);
    }

    /** One image a step, in a random order. */
    public static Figures oneByOne() {
        return train(Glyphs.of(TRAIN, 1), mixed(), 1, false);
    }

    /** Batches cut out by hand, with the usual loop: {@code for (int i = 0; i + 32 <= n; i += 32)}. */
    public static Figures batchesByHand() {
        return train(Glyphs.of(TRAIN, 1), mixed(), BATCH, true);
    }

    private static List<Integer> mixed() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, TRAIN).boxed().toList());
        Collections.shuffle(order, new Random(5));
        return order;
    }

    private static Figures train(Glyphs images, List<Integer> order, int size, boolean wholeBatchesOnly) {
        Generator generator = new Generator(3);
        Layer model = new Sequential(
                new Conv2d(1, 8, 3, generator),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(200, Glyphs.CLASSES, generator));
        Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01))
                .metrics(new Accuracy())
                .build();
        long start = System.nanoTime();
        int steps = 0;
        for (int round = 0; round < ROUNDS; round++) {
            steps = 0;
            for (int i = 0; wholeBatchesOnly ? i + size <= TRAIN : i < TRAIN; i += size) {
                trainer.step(List.of(batch(images, order.subList(i, Math.min(TRAIN, i + size)))));
                steps++;
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double accuracy = trainer.evaluate(List.of(
                        batch(Glyphs.of(TEST, 2), IntStream.range(0, TEST).boxed().toList())))
                .get("accuracy");
        return new Figures(
                accuracy, steps, steps * model.parameterCount(), TRAIN - Math.min(TRAIN, steps * size), seconds);
    }

    private static Batch batch(Glyphs images, List<Integer> which) {
        double[][] rows = which.stream().map(i -> images.pixels()[i]).toArray(double[][]::new);
        double[] labels = which.stream().mapToDouble(i -> images.labels()[i]).toArray();
        Tensor input = Tensors.of(rows).reshape(labels.length, 1, Glyphs.SIDE, Glyphs.SIDE);
        return new Batch(input, Tensors.of(labels));
    }

    /** Tells the story. */
    public static void main(String[] args) {
        System.out.println("The same network and " + TRAIN + " figures, three rounds, in three ways:\n");
        System.out.printf(
                "%-28s %9s %7s %16s %7s %8s%n", "", "right", "steps", "weights moved", "unseen", "seconds");
        line("one a step, by folders", folderByFolder());
        line("one a step, mixed", oneByOne());
        line("batches of 32, cut by hand", batchesByHand());
        System.out.println("\nsteps, weights moved and unseen images are those of one round.");
    }

    private static void line(String what, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %7.1f %% %7d %,16d %7d %8.2f%n",
                what,
                100 * figures.accuracy(),
                figures.steps(),
                figures.updates(),
                figures.unseen(),
                figures.seconds());
    }
}
