// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Images.java. Read it, don't edit it.
package org.tinytorch.data;

import org.tinytorch.tensor.Tensor;

/** What all that deals with images checks. */
final class Images {
    private Images() {}

    static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException("images: " + message);
        }
    }

    /** Checks what a transform is given. */
    static void check(String transform, Tensor image) {
        if (image.rank() != 3) {
            throw new IllegalArgumentException(
                    transform + ": a sample of shape " + image.shape() + " is not an image (channels, rows, columns)");
        }
    }
}
