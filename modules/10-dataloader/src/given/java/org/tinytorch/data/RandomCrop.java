// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/RandomCrop.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * Pads an image with zeros on all sides and cuts a piece of the old size out of it at random, after {@code torchvision.transforms.RandomCrop(size, padding)}.
 * Put it before {@link Normalize}, so that zero means black.
 *
 * @param padding pixels on each side, at least 0: the picture moves by up to so many pixels, all positions being equally likely
 */
public record RandomCrop(int padding) implements Transform {
    /**
     * Checks the padding.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public RandomCrop {
        if (padding < 0) {
            throw new IllegalArgumentException(
                    "random crop: a padding of " + padding + " is negative; use 4 for images of 32 by 32");
        }
    }

    @Override
    public Tensor apply(Tensor image, Generator random) {
        int rows = random.nextInt(2 * padding + 1) - padding;
        int columns = random.nextInt(2 * padding + 1) - padding;
        return new Shift(rows, columns).apply(image, random);
    }
}
