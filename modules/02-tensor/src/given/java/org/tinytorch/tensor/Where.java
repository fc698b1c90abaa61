// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Where.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Picks from the second input where the first is not 0, else from the third; all of one shape. {@link Tensors#where} broadcasts. */
public record Where() implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        Shape shape = inputs[0].shape();
        if (!shape.equals(inputs[1].shape()) || !shape.equals(inputs[2].shape())) {
            throw new IllegalArgumentException("where: condition " + shape + ", " + inputs[1].shape() + " and "
                    + inputs[2].shape() + " differ in shape; Tensors.where broadcasts them");
        }
        double[] condition = inputs[0].data();
        double[] a = inputs[1].data();
        double[] b = inputs[2].data();
        double[] out = new double[condition.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = condition[i] != 0 ? a[i] : b[i];
        }
        return Tensors.of(out, shape);
    }
}
