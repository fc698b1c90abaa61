// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/UnaryOp.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** An operation that treats every element of one tensor alike: {@code out[i] = apply(x[i])}. */
public interface UnaryOp extends Operation {
    /** The function of one number. */
    double apply(double x);

    @Override
    default Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] out = new double[x.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = apply(x[i]);
        }
        return Tensors.of(out, inputs[0].shape());
    }
}
