// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Gather.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Picks along an axis by an index for each element, as {@code torch.gather}: {@code out[i][j] = x[index[i][j]][j]} for axis 0. */
public record Gather(int axis) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Tensor index = inputs[1];
        Shape input = inputs[0].shape();
        check(input, index.shape());
        int[] strides = input.strides();
        int axisStride = strides[axis];
        strides[axis] = 0;
        double[] out = new double[index.size()];
        IndexWalk walk = new IndexWalk(index.shape(), strides);
        for (int i = 0; i < out.length; i++) {
            int picked = Indices.at(index, i, input.dim(axis), "gather");
            out[i] = inputs[0].data()[walk.position(0) + picked * axisStride];
            walk.next();
        }
        return Tensors.of(out, index.shape());
    }

    private void check(Shape input, Shape index) {
        boolean fits = input.rank() == index.rank();
        for (int other = 0; fits && other < input.rank(); other++) {
            fits = other == axis || index.dim(other) <= input.dim(other);
        }
        if (!fits) {
            throw new IllegalArgumentException("gather: an index of shape " + index + " does not fit input " + input
                    + "; it needs the same rank and, except along axis " + axis + ", no larger sizes");
        }
    }

    /** Adds elements into a tensor of zeros at the places they were picked from: the gradient. Inputs: the elements, the index. */
    public record Scatter(int axis, Shape shape) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            int[] strides = shape.strides();
            int axisStride = strides[axis];
            strides[axis] = 0;
            double[] out = new double[shape.size()];
            IndexWalk walk = new IndexWalk(inputs[1].shape(), strides);
            for (int i = 0; i < inputs[0].size(); i++) {
                int picked = Indices.at(inputs[1], i, shape.dim(axis), "gather gradient");
                out[walk.position(0) + picked * axisStride] += inputs[0].data()[i];
                walk.next();
            }
            return Tensors.of(out, shape);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
