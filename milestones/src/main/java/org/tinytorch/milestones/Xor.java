package org.tinytorch.milestones;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The four points of exclusive or: true if exactly one of two inputs is. */
final class Xor {
    private Xor() {}

    /** {@code (4, 2)}. */
    static Tensor inputs() {
        return Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    }

    /** {@code (4, 1)}, 0 or 1. */
    static Tensor targets() {
        return Tensors.of(new double[][] {{0}, {1}, {1}, {0}});
    }
}
