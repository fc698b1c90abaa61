// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Cutout.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.Arrays;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Sets a square of an image to zero, in all channels, so that a model does not come to rely on one part of it (DeVries and Taylor, 2017: Improved
 * Regularization of Convolutional Neural Networks with Cutout). The centre is any pixel, all being equally likely; a part of the square may fall outside. Put
 * it after {@link Normalize}, as the paper does, so that zero means the average.
 *
 * @param size the side of the square in pixels, at least 1; the paper has 16 for CIFAR-10
 */
public record Cutout(int size) implements Transform {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Cutout {
        if (size < 1) {
            throw new IllegalArgumentException("cutout: a square of size " + size + " covers nothing; use at least 1");
        }
    }

    @Override
    public Tensor apply(Tensor image, Generator random) {
        Images.check("cutout", image);
        int height = image.dim(1);
        int width = image.dim(2);
        int top = random.nextInt(height) - size / 2;
        int left = random.nextInt(width) - size / 2;
        int toRow = (int) Math.min(height, (long) top + size);
        int toColumn = (int) Math.min(width, (long) left + size);
        double[] out = image.data().clone();
        for (int plane = 0; plane < image.dim(0); plane++) {
            for (int row = Math.max(0, top); row < toRow; row++) {
                int start = (plane * height + row) * width;
                Arrays.fill(out, start + Math.max(0, left), start + toColumn, 0);
            }
        }
        return Tensors.of(out, image.shape());
    }
}
