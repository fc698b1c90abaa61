// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Shift.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Moves an image by whole pixels: what leaves it on one side is lost, zeros come in on the other. After {@code torchvision.transforms.functional.affine}
 * with a translation only. Does not draw random numbers.
 *
 * @param rows how far down; negative is up
 * @param columns how far to the right; negative is left
 */
public record Shift(int rows, int columns) implements Transform {
    @Override
    public Tensor apply(Tensor image, Generator random) {
        Images.check("shift", image);
        if (rows == 0 && columns == 0) {
            return image;
        }
        int height = image.dim(1);
        int width = image.dim(2);
        double[] out = new double[image.size()];
        int length = width - Math.abs(columns);
        for (int plane = 0; plane < image.dim(0) && length > 0; plane++) {
            for (int to = Math.max(0, rows); to < Math.min(height, height + rows); to++) {
                int fromRow = (plane * height + to - rows) * width;
                int toRow = (plane * height + to) * width;
                System.arraycopy(
                        image.data(), fromRow + Math.max(0, -columns), out, toRow + Math.max(0, columns), length);
            }
        }
        return Tensors.of(out, image.shape());
    }
}
