// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/Channels.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Shape;

/**
 * A tensor {@code (N, C)} or {@code (N, C, …)} seen as N images of C channels of so many numbers.
 *
 * @param images N
 * @param channels C
 * @param length numbers of one channel of one image
 */
public record Channels(int images, int channels, int length) {
    /**
     * The view of a shape.
     *
     * @throws IllegalArgumentException if it has fewer than two axes
     */
    public static Channels of(Shape shape) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException("batch norm: input " + shape + " is not (N, C) or (N, C, …)");
        }
        int length = 1;
        for (int axis = 2; axis < shape.rank(); axis++) {
            length *= shape.dim(axis);
        }
        return new Channels(shape.dim(0), shape.dim(1), length);
    }

    /** Numbers of one channel, over all images. */
    public int count() {
        return images * length;
    }

    /** Where a channel of an image begins. */
    public int start(int image, int channel) {
        return (image * channels + channel) * length;
    }
}
