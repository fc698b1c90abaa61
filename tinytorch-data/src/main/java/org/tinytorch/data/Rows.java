package org.tinytorch.data;

import java.util.Objects;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Samples along the first axis. Data is not computed but moved, so that it goes by no backend and no tape. */
final class Rows {
    private Rows() {}

    /** The shape of so many samples together. */
    static Shape shape(int count, Shape sample) {
        int[] dims = new int[sample.rank() + 1];
        dims[0] = count;
        System.arraycopy(sample.dims(), 0, dims, 1, sample.rank());
        return Shape.of(dims);
    }

    /** A copy of some of the rows. */
    static Tensor select(Tensor all, int... indices) {
        Shape shape = all.shape().with(0, indices.length);
        int row = all.size() / all.dim(0);
        double[] data = new double[shape.size()];
        for (int i = 0; i < indices.length; i++) {
            int from = Objects.checkIndex(indices[i], all.dim(0)) * row;
            System.arraycopy(all.data(), from, data, i * row, row);
        }
        return Tensors.of(data, shape);
    }
}
