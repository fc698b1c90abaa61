// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/ArgReduce.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** The index of the largest or smallest element along an axis, which is dropped. The first one wins a tie; a NaN wins over everything. */
public record ArgReduce(boolean largest, int axis) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        Shape shape = inputs[0].shape();
        AxisView view = AxisView.of(shape, axis);
        if (view.length() == 0) {
            throw new IllegalArgumentException(
                    (largest ? "argmax" : "argmin") + ": axis " + axis + " of shape " + shape + " is empty");
        }
        double[] out = new double[view.outer() * view.inner()];
        for (int o = 0; o < view.outer(); o++) {
            for (int k = 0; k < view.inner(); k++) {
                int best = 0;
                for (int i = 1; i < view.length(); i++) {
                    best = beats(x[view.row(o, i) + k], x[view.row(o, best) + k]) ? i : best;
                }
                out[o * view.inner() + k] = best;
            }
        }
        return Tensors.of(out, shape.without(axis));
    }

    private boolean beats(double challenger, double champion) {
        if (Double.isNaN(champion)) {
            return false;
        }
        return Double.isNaN(challenger) || (largest ? challenger > champion : challenger < champion);
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
