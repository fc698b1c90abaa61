// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/ImageShape.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.tensor.Shape;

/** Checks of shapes {@code (N, C, H, W)}. */
final class ImageShape {
    private ImageShape() {}

    /** @throws IllegalArgumentException unless there are four axes, none empty but perhaps the batch */
    static void check(String who, Shape shape) {
        if (shape.rank() != 4) {
            throw new IllegalArgumentException(who + ": input " + shape + " is not (N, C, H, W)"
                    + (shape.rank() == 3 ? "; add the batch axis with unsqueeze(0)" : ""));
        }
        if (shape.dim(1) == 0 || shape.dim(2) == 0 || shape.dim(3) == 0) {
            throw new IllegalArgumentException(who + ": input " + shape + " holds images without pixels");
        }
    }

    /** @throws IllegalArgumentException naming the layer, the shape and the axis, if a window does not fit */
    static int outputs(String who, Shape input, int axis, Window window) {
        try {
            return window.outputs(input.dim(axis));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    who + ": input " + input + ", " + (axis == 2 ? "rows" : "columns") + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException unless a gradient has the shape of the result */
    static void checkGradient(String who, Shape x, Shape g, Shape result) {
        if (!g.equals(result)) {
            throw new IllegalArgumentException(
                    who + " gradient: " + g + " does not fit input " + x + ", whose result is " + result);
        }
    }
}
