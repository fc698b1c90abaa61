// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/RandomHorizontalFlip.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Mirrors some of the images, left to right, after {@code torchvision.transforms.RandomHorizontalFlip}. Not for digits and letters, whose mirror images mean
 * something else.
 *
 * @param probability that an image is mirrored, in {@code [0, 1]}
 */
public record RandomHorizontalFlip(double probability) implements Transform {
    /** Every second image. */
    public RandomHorizontalFlip() {
        this(0.5);
    }

    /**
     * Checks the probability.
     *
     * @throws IllegalArgumentException if it is not in {@code [0, 1]}
     */
    public RandomHorizontalFlip {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "random horizontal flip: a probability of " + probability + " is not in [0, 1]");
        }
    }

    @Override
    public Tensor apply(Tensor image, Generator random) {
        Images.check("random horizontal flip", image);
        if (random.nextDouble() >= probability) {
            return image;
        }
        int width = image.dim(2);
        double[] in = image.data();
        double[] out = new double[in.length];
        for (int row = 0; row < in.length; row += width) {
            for (int column = 0; column < width; column++) {
                out[row + column] = in[row + width - 1 - column];
            }
        }
        return Tensors.of(out, image.shape());
    }
}
