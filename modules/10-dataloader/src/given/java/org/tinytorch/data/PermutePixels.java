// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/PermutePixels.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Puts the pixels of every image in the same random order; the channels of a pixel stay together. A network of full layers does not notice, one of
 * convolutions loses what it lives on: which pixels are neighbours. Draws its order once, when it is made.
 */
public final class PermutePixels implements Transform {
    private final Shape imageShape;
    private final int[] order;

    /**
     * Draws the order.
     *
     * @param imageShape {@code (channels, rows, columns)} of the images it is for
     * @param generator its state decides the order; the same one for training and test images
     * @throws IllegalArgumentException if that is not the shape of an image
     */
    public PermutePixels(Shape imageShape, Generator generator) {
        if (imageShape.rank() != 3) {
            throw new IllegalArgumentException(
                    "permute pixels: " + imageShape + " is not the shape of an image (channels, rows, columns)");
        }
        this.imageShape = imageShape;
        this.order = generator.permutation(imageShape.dim(1) * imageShape.dim(2));
    }

    @Override
    public Tensor apply(Tensor image, Generator random) {
        if (!image.shape().equals(imageShape)) {
            throw new IllegalArgumentException(
                    "permute pixels: made for images " + imageShape + ", but this one is " + image.shape());
        }
        double[] in = image.data();
        double[] out = new double[in.length];
        for (int plane = 0; plane < in.length; plane += order.length) {
            for (int i = 0; i < order.length; i++) {
                out[plane + i] = in[plane + order[i]];
            }
        }
        return Tensors.of(out, imageShape);
    }
}
