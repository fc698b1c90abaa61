// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/IndexSelect.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Picks whole slices along an axis by a vector of indices, as {@code torch.index_select}; an index may repeat. */
public record IndexSelect(int axis) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Tensor index = inputs[1];
        if (index.rank() != 1) {
            throw new IllegalArgumentException(
                    "indexSelect: the index must be a vector, but has shape " + index.shape() + "; flatten it first");
        }
        Shape input = inputs[0].shape();
        AxisView from = AxisView.of(input, axis);
        Shape shape = input.with(axis, index.size());
        AxisView to = AxisView.of(shape, axis);
        double[] out = new double[shape.size()];
        for (int i = 0; i < index.size(); i++) {
            int picked = Indices.at(index, i, from.length(), "indexSelect");
            for (int o = 0; o < to.outer(); o++) {
                System.arraycopy(inputs[0].data(), from.row(o, picked), out, to.row(o, i), to.inner());
            }
        }
        return Tensors.of(out, shape);
    }

    /** Adds slices into a tensor of zeros at the places they were picked from: the gradient. Inputs: the slices, the index. */
    public record Scatter(int axis, Shape shape) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            AxisView from = AxisView.of(inputs[0].shape(), axis);
            AxisView to = AxisView.of(shape, axis);
            double[] out = new double[shape.size()];
            for (int i = 0; i < from.length(); i++) {
                int picked = Indices.at(inputs[1], i, to.length(), "indexSelect gradient");
                for (int o = 0; o < from.outer(); o++) {
                    for (int k = 0; k < from.inner(); k++) {
                        out[to.row(o, picked) + k] += inputs[0].data()[from.row(o, i) + k];
                    }
                }
            }
            return Tensors.of(out, shape);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
