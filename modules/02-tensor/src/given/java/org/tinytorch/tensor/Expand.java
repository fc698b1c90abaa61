// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Expand.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Repeats axes of size 1 until the tensor has the given shape; copies. */
public record Expand(Shape shape) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] out = new double[shape.size()];
        IndexWalk walk = new IndexWalk(shape, inputs[0].shape().stridesWithin(shape));
        for (int i = 0; i < out.length; i++) {
            out[i] = x[walk.position(0)];
            walk.next();
        }
        return Tensors.of(out, shape);
    }
}
