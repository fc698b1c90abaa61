// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/RmsNormalise.java. Read it, don't edit it.
package org.tinytorch.transformer;

import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Scales each row to a mean square of 1, then by a scale that is learnt (Zhang and Sennrich, 2019): {@code y = weight · x / √(mean(x²) + eps)}, as {@code torch.nn.functional.rms_norm}.
 * Half the work of {@link LayerNormalise}, which it mostly equals in what the model learns.
 *
 * <p>Inputs: x {@code (…, C)}, weight {@code (C,)}; result as x. Gradients flow by way of {@link RMSNorm}.
 *
 * @param eps keeps the divisor from 0; positive
 */
public record RmsNormalise(double eps) implements Operation {
    private static final String NAME = "rms norm";

    /**
     * Checks eps.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public RmsNormalise {
        RowShape.checkEps(NAME, eps);
    }

    /** {@code 1 / √(mean(x²) + eps)} of one row: for 3, 4 and a small eps about {@code 1 / √12.5}. */
    private double inverse(double[] x, int from, int width) {
        double squares = 0;
        for (int i = from; i < from + width; i++) {
            squares += x[i] * x[i];
        }
        return 1 / Math.sqrt(squares / width + eps);
    }

    @Override
    public Tensor forward(Tensor... inputs) {
        RowShape shape = RowShape.of(NAME, inputs[0]);
        shape.fits(NAME, "weight", inputs[1]);
        double[] x = inputs[0].data();
        double[] weight = inputs[1].data();
        int width = shape.width();
        double[] y = new double[x.length];
        for (int row = 0; row < shape.rows(); row++) {
            double inverse = inverse(x, row * width, width);
            for (int c = 0; c < width; c++) {
                y[row * width + c] = weight[c] * (x[row * width + c] * inverse);
            }
        }
        return Tensors.of(y, inputs[0].shape());
    }

    @Override
    public boolean differentiable() {
        return false;
    }

    /** The gradient of the weight, {@code Σ g · x̂} over all rows, where {@code x̂} is the scaled row. Inputs: x, and the gradient g of the result. */
    public record WeightGradient(RmsNormalise of) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            RowShape shape = RowShape.of(NAME, inputs[0]);
            RowShape.sameShape(NAME, inputs[0], inputs[1]);
            double[] x = inputs[0].data();
            double[] g = inputs[1].data();
            int width = shape.width();
            double[] sums = new double[width];
            for (int row = 0; row < shape.rows(); row++) {
                double inverse = of.inverse(x, row * width, width);
                for (int c = 0; c < width; c++) {
                    sums[c] += g[row * width + c] * (x[row * width + c] * inverse);
                }
            }
            return Tensors.of(sums, width);
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    /**
     * The gradient of x. With {@code h = weight · g}: {@code (h − x̂ · mean(h · x̂)) / √(mean(x²) + eps)}, with means over the row. Inputs: x, weight, and the gradient g of the result;
     * result as x.
     */
    public record InputGradient(RmsNormalise of) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            RowShape shape = RowShape.of(NAME, inputs[0]);
            shape.fits(NAME, "weight", inputs[1]);
            RowShape.sameShape(NAME, inputs[0], inputs[2]);
            double[] x = inputs[0].data();
            double[] weight = inputs[1].data();
            double[] g = inputs[2].data();
            int width = shape.width();
            double[] gx = new double[x.length];
            for (int row = 0; row < shape.rows(); row++) {
                int from = row * width;
                double inverse = of.inverse(x, from, width);
                double mean = 0;
                for (int i = from; i < from + width; i++) {
                    mean += weight[i - from] * g[i] * (x[i] * inverse) / width;
                }
                for (int i = from; i < from + width; i++) {
                    gx[i] = (weight[i - from] * g[i] - x[i] * inverse * mean) * inverse;
                }
            }
            return Tensors.of(gx, inputs[0].shape());
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }
}
