package org.tinytorch.embedding;

import org.tinytorch.tensor.Indices;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Picks a row of a table for each id, as {@code torch.nn.functional.embedding}. Inputs: the table {@code (V, C)} and the ids {@code (…)}; result {@code (…, C)}. Gradients flow by
 * way of {@link Embedding}.
 */
public record Lookup() implements Operation {
    /**
     * The rows. With the table {@code [[1, 2], [3, 4], [5, 6]]}, the ids {@code [2, 0]} give {@code [[5, 6], [1, 2]]}.
     *
     * @throws IndexOutOfBoundsException if an id is not an integer in {@code 0 … V − 1}
     */
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] table = inputs[0].data();
        int rows = tableRows(inputs[0].shape());
        int width = inputs[0].dim(1);
        Tensor ids = inputs[1];
        double[] out = new double[Math.multiplyExact(ids.size(), width)];
        // region Task 12.1: look up a row for each id
        for (int i = 0; i < ids.size(); i++) {
            int id = Indices.at(ids, i, rows, "embedding");
            System.arraycopy(table, id * width, out, i * width, width);
        }
        return Tensors.of(out, append(ids.shape(), width));
        // endregion
    }

    private static int tableRows(Shape table) {
        if (table.rank() != 2) {
            throw new IllegalArgumentException("embedding: a table of shape " + table
                    + " is not a matrix; it needs one row for each id, (ids, width)");
        }
        return table.dim(0);
    }

    /** The shape with one more axis behind: of (2, 3) and 4 it is (2, 3, 4). */
    private static Shape append(Shape shape, int dim) {
        int[] dims = java.util.Arrays.copyOf(shape.dims(), shape.rank() + 1);
        dims[shape.rank()] = dim;
        return Shape.of(dims);
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /**
     * The gradient of the table: each row is the sum of the gradients of all places where its id stood. Inputs: the ids {@code (…)}, the gradient g {@code (…, C)}; result
     * {@code (V, C)}. Only rows whose ids occur are worked on; the others are 0.
     *
     * @param rows V, of the table
     * @param padding the id whose row does not learn; −1 if all do
     */
    public record Gradient(int rows, int padding) implements Operation {
        /** For the ids {@code [1, 1]} and g {@code [[1, 2], [10, 20]]}, row 1 is {@code [11, 22]}. */
        @Override
        public Tensor forward(Tensor... inputs) {
            Tensor ids = inputs[0];
            if (!inputs[1].shape().equals(append(ids.shape(), inputs[1].dim(-1)))) {
                throw new IllegalArgumentException("embedding: a gradient of shape " + inputs[1].shape()
                        + " does not fit ids of shape " + ids.shape() + "; it needs one more axis");
            }
            double[] g = inputs[1].data();
            int width = inputs[1].dim(-1);
            double[] sums = new double[Math.multiplyExact(rows, width)];
            // region Task 12.2: the gradient of a row that was used more than once
            for (int i = 0; i < ids.size(); i++) {
                int id = Indices.at(ids, i, rows, "embedding gradient");
                if (id == padding) {
                    continue;
                }
                for (int c = 0; c < width; c++) {
                    sums[id * width + c] += g[i * width + c];
                }
            }
            return Tensors.of(sums, rows, width);
            // endregion
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
