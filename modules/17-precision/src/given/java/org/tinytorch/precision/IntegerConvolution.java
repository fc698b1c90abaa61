// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerConvolution.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Optional;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Tensors;

/**
 * A convolution of integers, and how its sums become the next layer's integers: {@code q = clamp(round(m · Σ (x − z)·w + b))}. The scales of input, weight and output are one factor m, the bias
 * and the output's zero point one summand b; a rectifier is the clamp's lower end (Jacob et al., 2018). A fully connected layer is one whose kernel is as large as the image.
 *
 * <p>Sums are whole numbers, exact; m and b are in single precision.
 */
final class IntegerConvolution implements IntegerStage {
    private final QuantizedTensor weight;
    private final double[] bias;
    private final Window rows;
    private final Window columns;
    private final Quantization input;
    private final Optional<Quantization> output;
    private final boolean relu;

    private final double[] scales;
    private final float[] factors;
    private final float[] summands;
    private final IntegerPanels panels;

    /**
     * A convolution.
     *
     * @param weight {@code (out, in, kernel rows, kernel columns)}, zero points 0, one scale for all or one for each output
     * @param bias of each output
     * @param input what the integers of the input mean
     * @param output what those of the output are to mean; if it is not given, real numbers come out
     * @param relu whether a rectifier follows
     */
    IntegerConvolution(
            QuantizedTensor weight,
            double[] bias,
            Window rows,
            Window columns,
            Quantization input,
            Optional<Quantization> output,
            boolean relu) {
        if (weight.shape().rank() != 4
                || weight.shape().dim(2) != rows.size()
                || weight.shape().dim(3) != columns.size()) {
            throw new IllegalArgumentException("integer convolution: a weight of shape " + weight.shape()
                    + " does not fit windows of " + rows.size() + " x " + columns.size()
                    + "; it needs (out, in, kernel rows, kernel columns)");
        }
        int out = weight.shape().dim(0);
        int taps = weight.shape().size() / out;
        if (!weight.isSymmetric() || weight.run() % taps != 0 || bias.length != out) {
            throw new IllegalArgumentException("integer convolution: " + weight + " with a bias of " + bias.length
                    + " numbers is not possible; it needs zero points 0, one scale for all or one for each of its "
                    + out + " outputs, and a bias for each");
        }
        Finite.check("integer convolution, bias", Tensors.of(bias));
        this.weight = weight;
        this.bias = bias;
        this.rows = rows;
        this.columns = columns;
        this.input = input;
        this.output = output;
        this.relu = relu;
        this.scales = new double[out];
        this.factors = new float[out];
        this.summands = new float[out];
        for (int o = 0; o < out; o++) {
            scales[o] = input.scale() * weight.part(o * taps / weight.run()).scale();
            double step = output.map(Quantization::scale).orElse(1.0);
            factors[o] = (float) (scales[o] / step);
            summands[o] = (float)
                    (bias[o] / step + output.map(Quantization::zeroPoint).orElse(0));
        }
        this.panels = new IntegerPanels(this);
    }

    QuantizedTensor weight() {
        return weight;
    }

    double[] bias() {
        return bias;
    }

    Window rows() {
        return rows;
    }

    Window columns() {
        return columns;
    }

    Quantization input() {
        return input;
    }

    Optional<Quantization> output() {
        return output;
    }

    boolean relu() {
        return relu;
    }

    int outputs() {
        return weight.shape().dim(0);
    }

    int channels() {
        return weight.shape().dim(1);
    }

    /** m of each output. */
    float[] factors() {
        return factors;
    }

    /** b of each output. */
    float[] summands() {
        return summands;
    }

    /** The smallest integer that comes out. */
    int least() {
        Quantization how = output.orElseThrow();
        return relu ? how.zeroPoint() : how.least();
    }

    /** The largest integer that comes out. */
    int greatest() {
        return output.orElseThrow().greatest();
    }

    /** The weights as vectors read them. */
    IntegerPanels panels() {
        return panels;
    }

    @Override
    public IntegerMap.Size size(IntegerMap.Size in) {
        if (in.channels() != channels()) {
            throw new IllegalArgumentException("integer convolution: " + in.channels()
                    + " channels do not fit a weight of shape " + weight.shape());
        }
        return new IntegerMap.Size(rows.outputs(in.rows()), columns.outputs(in.columns()), outputs());
    }

    /** Each number of the result is a sum over a window; a factor, a summand, rounding and two limits turn it into an integer, or a factor, a summand and perhaps a limit into a real number. */
    @Override
    public IntegerWork work(IntegerMap.Size in) {
        int out = size(in).count();
        int window = weight.shape().size() / outputs();
        int finish = output.isPresent() ? 5 : relu ? 3 : 2;
        int bytes = output.isPresent() ? 1 : Double.BYTES;
        return new IntegerWork((long) out * window, (long) out * finish, in.count(), (long) out * bytes);
    }

    /** What the weights, and a factor and a summand of each output, take while it computes. */
    long weightBytes() {
        return weight.shape().size() + 2L * outputs() * Float.BYTES;
    }

    @Override
    public IntegerMap forward(IntegerMap in) {
        IntegerMap.Size out = size(in.shape());
        byte[] values = new byte[out.count()];
        for (int place = 0; place < out.rows() * out.columns(); place++) {
            for (int o = 0; o < outputs(); o++) {
                int sum = sum(in, place / out.columns(), place % out.columns(), o);
                values[place * outputs() + o] = requantize(sum, o);
            }
        }
        return new IntegerMap(values, out, output.orElseThrow());
    }

    /** The real numbers that come out, if no integers do, {@code (rows, columns, out)}. */
    double[] real(IntegerMap in) {
        IntegerMap.Size out = size(in.shape());
        double[] values = new double[out.count()];
        for (int place = 0; place < out.rows() * out.columns(); place++) {
            for (int o = 0; o < outputs(); o++) {
                values[place * outputs() + o] = real(sum(in, place / out.columns(), place % out.columns(), o), o);
            }
        }
        return values;
    }

    /** {@code Σ (x − z)·w} for one output at one place; beyond the image x is 0, which is z. */
    private int sum(IntegerMap in, int i, int j, int o) {
        int sum = 0;
        for (int a = 0; a < rows.size(); a++) {
            int row = rows.start(i) + a * rows.dilation();
            for (int b = 0; b < columns.size(); b++) {
                int column = columns.start(j) + b * columns.dilation();
                if (row >= 0
                        && row < in.shape().rows()
                        && column >= 0
                        && column < in.shape().columns()) {
                    int from = (row * in.shape().columns() + column) * channels();
                    for (int c = 0; c < channels(); c++) {
                        sum += (in.values()[from + c] - input.zeroPoint()) * tap(o, c, a, b);
                    }
                }
            }
        }
        return sum;
    }

    /** One weight. */
    byte tap(int o, int c, int a, int b) {
        return weight.values()[((o * channels() + c) * rows.size() + a) * columns.size() + b];
    }

    /** The integer for a sum. */
    byte requantize(int sum, int o) {
        float q = sum * factors[o] + summands[o];
        return (byte) Math.rint(Math.max(least(), Math.min(greatest(), q)));
    }

    /** The real number for a sum. */
    double real(int sum, int o) {
        double y = sum * scales[o] + bias[o];
        return relu ? Math.max(0, y) : y;
    }

    @Override
    public String toString() {
        return "IntegerConvolution(" + weight + ", relu=" + relu + ")";
    }
}
