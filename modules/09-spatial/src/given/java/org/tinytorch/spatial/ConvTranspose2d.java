// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/ConvTranspose2d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import java.util.Optional;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * A transposed convolution, like {@code torch.nn.ConvTranspose2d}: what a {@link Conv2d} with the same options does on the way back. Each pixel of the input paints
 * a kernel into the output, so that a stride of 2 doubles the size (Zeiler et al., 2010).
 *
 * <p>Shapes: x {@code (N, in, H, W)}, {@code weight} {@code (in, out / groups, kernel rows, kernel columns)}, {@code bias} {@code (out,)}, result
 * {@code (N, out, rows, columns)} with {@code rows = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1}, columns likewise. An output padding is
 * smaller than the stride; PyTorch also takes one that is smaller than the dilation, which no convolution's way back needs.
 */
public final class ConvTranspose2d extends Layer {
    private final Convolution convolution;
    private final int outputPaddingRows;
    private final int outputPaddingColumns;
    private final Parameter weight;
    private final Optional<Parameter> bias;

    /** Square kernels, stride 1, no padding, with a bias; {@link #builder} offers the rest. */
    public ConvTranspose2d(int in, int out, int kernel, Generator generator) {
        this(builder(in, out, kernel), generator);
    }

    private ConvTranspose2d(Builder options, Generator generator) {
        options.check("convTranspose2d");
        this.convolution = options.convolution();
        this.outputPaddingRows = options.outputPaddingRows;
        this.outputPaddingColumns = options.outputPaddingColumns;
        checkOutputPadding("rows", outputPaddingRows, convolution.rows());
        checkOutputPadding("columns", outputPaddingColumns, convolution.columns());
        Shape shape = options.weightShape(options.in, options.out);
        this.weight = parameter("weight", new Parameter(ConvolutionOptions.initial(shape, shape, generator)));
        this.bias = options.bias
                ? Optional.of(parameter(
                        "bias", new Parameter(ConvolutionOptions.initial(Shape.of(options.out), shape, generator))))
                : Optional.empty();
    }

    private static void checkOutputPadding(String axis, int padding, Window window) {
        if (padding < 0 || padding >= window.stride()) {
            throw new IllegalArgumentException("convTranspose2d: an output padding of " + padding + " " + axis
                    + " is not possible; it must be at least 0 and smaller than the stride, " + window.stride());
        }
    }

    /** Begins a layer with square kernels. */
    public static Builder builder(int in, int out, int kernel) {
        return new Builder(in, out, kernel, kernel);
    }

    /** Begins a layer with kernels of so many rows and columns. */
    public static Builder builder(int in, int out, int kernelRows, int kernelColumns) {
        return new Builder(in, out, kernelRows, kernelColumns);
    }

    /** The options. */
    public static final class Builder extends ConvolutionOptions<Builder> {
        private int outputPaddingRows;
        private int outputPaddingColumns;

        private Builder(int in, int out, int kernelRows, int kernelColumns) {
            super(in, out, kernelRows, kernelColumns);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Makes the result so much larger at the bottom and the right; several sizes of a convolution's input give the same result, and this picks one. */
        public Builder outputPadding(int padding) {
            return outputPadding(padding, padding);
        }

        /** The same for rows and columns apart. */
        public Builder outputPadding(int rows, int columns) {
            outputPaddingRows = rows;
            outputPaddingColumns = columns;
            return this;
        }

        /**
         * The layer, its weight and bias drawn uniformly from {@code ± 1/√(out / groups · kernel size)}, PyTorch's default.
         *
         * @throws IllegalArgumentException if an option is out of range
         */
        public ConvTranspose2d build(Generator generator) {
            return new ConvTranspose2d(this, generator);
        }
    }

    /** The kernels. */
    public Parameter weight() {
        return weight;
    }

    /** The bias, {@code (out,)}, if there is one. */
    public Optional<Parameter> bias() {
        return bias;
    }

    @Override
    protected Tensor compute(Tensor x) {
        ImageShape.check("convTranspose2d", x.shape());
        if (x.dim(1) != weight.dim(0)) {
            throw new IllegalArgumentException("convTranspose2d: input " + x.shape() + " has " + x.dim(1)
                    + " channels, but the layer expects " + weight.dim(0));
        }
        int height = length(x, 2, convolution.rows(), outputPaddingRows);
        int width = length(x, 3, convolution.columns(), outputPaddingColumns);
        Tensor y = new Spread(new ConvolutionInputGradient(convolution, height, width)).apply(x, weight);
        return bias.map(values -> y.add(values.reshape(values.size(), 1, 1))).orElse(y);
    }

    private static int length(Tensor x, int axis, Window window, int outputPadding) {
        long length =
                (x.dim(axis) - 1L) * window.stride() - window.before() - window.after() + window.span() + outputPadding;
        if (length < 1 || length > Integer.MAX_VALUE) {
            String along = "convTranspose2d: input " + x.shape() + " with padding " + window.before() + " and stride "
                    + window.stride();
            throw new IllegalArgumentException(
                    length < 1
                            ? along + " leaves nothing along axis " + axis + "; use less padding"
                            : along + " becomes longer than 2^31 - 1 along axis " + axis + "; use a smaller stride");
        }
        return (int) length;
    }

    /** A transposed convolution and its gradients: those of the convolution with the roles exchanged. Inputs: x and weight. */
    static final class Spread extends Function {
        private final ConvolutionInputGradient spread;

        Spread(ConvolutionInputGradient spread) {
            this.spread = spread;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(spread, inputs);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            Tensor[] gradients = new Tensor[2];
            if (saved.needsGradient(0)) {
                gradients[0] = Operation.run(spread.convolution(), g, saved.input(1));
            }
            if (saved.needsGradient(1)) {
                gradients[1] = Operation.run(new ConvolutionWeightGradient(spread.convolution()), g, saved.input(0));
            }
            return gradients;
        }

        @Override
        protected String name() {
            return "ConvTranspose2d";
        }
    }

    @Override
    protected String options() {
        String more = outputPaddingRows == 0 && outputPaddingColumns == 0
                ? ""
                : ", outputPadding=" + outputPaddingRows + "x" + outputPaddingColumns;
        return "in=" + weight.dim(0) + ", out=" + weight.dim(1) * convolution.groups() + ", "
                + Conv2d.describe(convolution) + more + ", bias=" + bias.isPresent();
    }
}
