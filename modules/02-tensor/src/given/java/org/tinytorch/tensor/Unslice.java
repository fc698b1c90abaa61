// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Unslice.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Puts a slice back where it came from, in a tensor of zeros: the gradient of {@link Slice}. */
public record Unslice(Slice slice, Shape shape) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        AxisView from = AxisView.of(inputs[0].shape(), slice.axis());
        AxisView to = AxisView.of(shape, slice.axis());
        double[] out = new double[shape.size()];
        for (int o = 0; o < from.outer(); o++) {
            for (int i = 0; i < from.length(); i++) {
                System.arraycopy(
                        inputs[0].data(),
                        from.row(o, i),
                        out,
                        to.row(o, slice.start() + i * slice.step()),
                        from.inner());
            }
        }
        return Tensors.of(out, shape);
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
