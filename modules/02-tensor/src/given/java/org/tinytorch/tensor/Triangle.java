// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Triangle.java. Read it, don't edit it.
package org.tinytorch.tensor;

/**
 * Keeps the lower or upper triangle of each matrix and sets the rest to 0.
 *
 * @param diagonal the last diagonal kept (lower) or the first one (upper); 0 is the main one, positive ones lie above it
 */
public record Triangle(boolean lower, int diagonal) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Shape shape = inputs[0].shape();
        if (shape.rank() < 2) {
            throw new IllegalArgumentException(
                    (lower ? "tril" : "triu") + ": shape " + shape + " has no matrices; it needs two axes or more");
        }
        int rows = shape.dim(-2);
        int columns = shape.dim(-1);
        double[] out = inputs[0].data().clone();
        for (int i = 0; i < out.length; i++) {
            int above = i % columns - i / columns % rows;
            boolean keep = lower ? above <= diagonal : above >= diagonal;
            out[i] = keep ? out[i] : 0;
        }
        return Tensors.of(out, shape);
    }
}
