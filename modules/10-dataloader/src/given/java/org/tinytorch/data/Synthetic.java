// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Synthetic.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;

/**
 * Small made-up sets of points in the plane, for first networks and for tests: inputs {@code (2,)} and a class label each. Classes take turns, so that each has
 * its share of any number of samples, and noise is the standard deviation of what is added to both coordinates. After {@code sklearn.datasets}.
 */
public final class Synthetic {
    private static final double TURNS = 1.75;

    private Synthetic() {}

    /** Where a sample lies before noise. */
    @FunctionalInterface
    private interface Place {
        /** Writes both coordinates of a sample of a class. */
        void write(int label, double[] out, int at);
    }

    /**
     * Exclusive or: the four corners {@code (±1, ±1)}. Class 0 where the signs are equal, class 1 where they differ, which no straight line divides.
     *
     * @param n the number of samples, at least 2
     * @throws IllegalArgumentException if that is too small, or the noise is negative or not finite
     */
    public static TensorDataset xor(int n, double noise, Generator generator) {
        return make("xor", n, 2, noise, generator, (label, out, at) -> {
            double x = generator.nextDouble() < 0.5 ? -1 : 1;
            out[at] = x;
            out[at + 1] = label == 0 ? x : -x;
        });
    }

    /**
     * Arms of a spiral, one for each class, that wind around each other nearly twice, from the centre to radius 1.
     *
     * @param n the number of samples, at least one for each class
     * @param classes at least 2
     * @throws IllegalArgumentException if a number is too small, or the noise is negative or not finite
     */
    public static TensorDataset spirals(int n, int classes, double noise, Generator generator) {
        return make("spirals", n, classes, noise, generator, (label, out, at) -> {
            double radius = Math.sqrt(generator.nextDouble()); // as many per length of the arm outside as inside
            double angle = 2 * Math.PI * (TURNS * radius + (double) label / classes);
            out[at] = radius * StrictMath.cos(angle);
            out[at + 1] = radius * StrictMath.sin(angle);
        });
    }

    /** Two spirals. */
    public static TensorDataset spirals(int n, double noise, Generator generator) {
        return spirals(n, 2, noise, generator);
    }

    /**
     * Clouds around centres, one for each class, which stand on a circle of radius 1.
     *
     * @param n the number of samples, at least one for each class
     * @param classes at least 2
     * @param noise the size of the clouds
     * @throws IllegalArgumentException if a number is too small, or the noise is negative or not finite
     */
    public static TensorDataset blobs(int n, int classes, double noise, Generator generator) {
        return make("blobs", n, classes, noise, generator, (label, out, at) -> {
            double angle = 2 * Math.PI * label / classes;
            out[at] = StrictMath.cos(angle);
            out[at + 1] = StrictMath.sin(angle);
        });
    }

    /** Three blobs. */
    public static TensorDataset blobs(int n, double noise, Generator generator) {
        return blobs(n, 3, noise, generator);
    }

    /**
     * Two half circles of radius 1, each with an end inside the other. After {@code sklearn.datasets.make_moons}.
     *
     * @param n the number of samples, at least 2
     * @throws IllegalArgumentException if that is too small, or the noise is negative or not finite
     */
    public static TensorDataset moons(int n, double noise, Generator generator) {
        return make("moons", n, 2, noise, generator, (label, out, at) -> {
            double angle = Math.PI * generator.nextDouble();
            double x = StrictMath.cos(angle);
            double y = StrictMath.sin(angle);
            out[at] = label == 0 ? x : 1 - x;
            out[at + 1] = label == 0 ? y : 0.5 - y;
        });
    }

    private static TensorDataset make(String name, int n, int classes, double noise, Generator generator, Place place) {
        if (classes < 2 || n < classes) {
            throw new IllegalArgumentException("synthetic: " + name + ": " + n + " samples of " + classes
                    + " classes are not possible; use 2 classes or more, and a sample of each");
        }
        if (!(noise >= 0 && Double.isFinite(noise))) {
            throw new IllegalArgumentException(
                    "synthetic: " + name + ": a noise of " + noise + " is not 0 or above, and finite");
        }
        double[] points = new double[2 * n];
        double[] labels = new double[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % classes;
            place.write(i % classes, points, 2 * i);
            points[2 * i] += noise * generator.nextGaussian();
            points[2 * i + 1] += noise * generator.nextGaussian();
        }
        return new TensorDataset(Tensors.of(points, n, 2), Tensors.of(labels));
    }
}
