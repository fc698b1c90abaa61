// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/CumSum.java. Read it, don't edit it.
package org.tinytorch.tensor;

/**
 * Running sums along an axis.
 *
 * @param reverse from the last element to the first; that is also how the gradient runs
 */
public record CumSum(int axis, boolean reverse) implements Operation {
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] out = inputs[0].data().clone();
        AxisView view = AxisView.of(inputs[0].shape(), axis);
        for (int o = 0; o < view.outer(); o++) {
            for (int step = 1; step < view.length(); step++) {
                int to = view.row(o, reverse ? view.length() - 1 - step : step);
                int from = view.row(o, reverse ? view.length() - step : step - 1);
                for (int k = 0; k < view.inner(); k++) {
                    out[to + k] += out[from + k];
                }
            }
        }
        return Tensors.of(out, inputs[0].shape());
    }
}
