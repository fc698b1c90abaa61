// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/Conv2d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import java.util.Optional;
import org.tinytorch.activation.Relu;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * A convolutional layer, like {@code torch.nn.Conv2d}: the same small kernels look at every place of an image, so that what is learnt at one place is known at all.
 *
 * <pre>{@code
 * Layer edges = new Conv2d(3, 32, 3, generator);
 * Layer halving = Conv2d.builder(32, 64, 3).stride(2).padding(1).build(generator);
 * Layer rectified = Conv2d.builder(32, 32, 3).same().relu().build(generator);
 * }</pre>
 *
 * <p>Shapes: x {@code (N, in, H, W)}, {@code weight} {@code (out, in / groups, kernel rows, kernel columns)}, {@code bias} {@code (out,)}, result
 * {@code (N, out, rows, columns)} with {@code rows = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1}, columns likewise.
 */
public final class Conv2d extends Layer {
    private final Convolution convolution;
    private final boolean relu;
    private final Parameter weight;
    private final Optional<Parameter> bias;

    /** Square kernels, stride 1, no padding, with a bias; {@link #builder} offers the rest. */
    public Conv2d(int in, int out, int kernel, Generator generator) {
        this(builder(in, out, kernel), generator);
    }

    private Conv2d(Builder options, Generator generator) {
        options.check("conv2d");
        this.convolution = options.convolution();
        this.relu = options.relu;
        Shape shape = options.weightShape(options.out, options.in);
        this.weight = parameter("weight", new Parameter(ConvolutionOptions.initial(shape, shape, generator)));
        this.bias = options.bias
                ? Optional.of(parameter(
                        "bias", new Parameter(ConvolutionOptions.initial(Shape.of(options.out), shape, generator))))
                : Optional.empty();
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
        private boolean same;
        private boolean relu;

        private Builder(int in, int out, int kernelRows, int kernelColumns) {
            super(in, out, kernelRows, kernelColumns);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Pads so that the result is as large as the input; for stride 1, and instead of a padding. With an even kernel the extra zero is at the bottom and at the right. */
        public Builder same() {
            same = true;
            return this;
        }

        /**
         * Ends with {@code max(0, y)}. The same as a {@code ReLU} behind the layer, but faster and with half the memory, because what lies between them is never written down.
         */
        public Builder relu() {
            relu = true;
            return this;
        }

        @Override
        Convolution convolution() {
            if (!same) {
                return super.convolution();
            }
            if (strideRows != 1 || strideColumns != 1) {
                throw new IllegalArgumentException("conv2d: same() needs stride 1, but the stride is " + strideRows
                        + " x " + strideColumns + "; use padding() instead");
            }
            if (paddingRows != 0 || paddingColumns != 0) {
                throw new IllegalArgumentException("conv2d: same() finds the padding itself, but padding " + paddingRows
                        + " x " + paddingColumns + " is asked for too; leave one of them out");
            }
            return new Convolution(
                    Window.same(kernelRows, dilationRows), Window.same(kernelColumns, dilationColumns), groups);
        }

        /**
         * The layer, its weight and bias drawn uniformly from {@code ± 1/√(in / groups · kernel size)}, PyTorch's default.
         *
         * @throws IllegalArgumentException if an option is out of range
         */
        public Conv2d build(Generator generator) {
            return new Conv2d(this, generator);
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

    /** What the layer computes, but for a rectifier at its end. */
    public Convolution convolution() {
        return convolution;
    }

    /** Whether a rectifier follows, {@code max(0, y)}. */
    public boolean rectifies() {
        return relu;
    }

    @Override
    protected Tensor compute(Tensor x) {
        return forward(x, weight);
    }

    /**
     * What the layer computes with other kernels of the same shape in the place of its own, for example rounded ones; its bias and all options are the same. Gradients flow to them; hooks are not
     * called.
     */
    public Tensor forward(Tensor x, Tensor kernels) {
        Convolve convolve = new Convolve(convolution, relu);
        return bias.isPresent() ? convolve.apply(x, kernels, bias.get()) : convolve.apply(x, kernels);
    }

    /** A convolution, perhaps with a rectifier, and its gradients. Inputs: x, weight and perhaps bias. */
    static final class Convolve extends Function {
        private final Convolution convolution;
        private final boolean relu;

        Convolve(Convolution convolution, boolean relu) {
            this.convolution = convolution;
            this.relu = relu;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Operation.run(relu ? new ConvolutionRelu(convolution) : convolution, inputs);
        }

        /**
         * From {@code y = x ⋆ w + b}: every pixel collects over the outputs it went into, every weight over the places it was used at, the bias over all places. What a
         * rectifier cut off has no part in it.
         */
        @Override
        protected Tensor[] backward(Saved saved, Tensor gradient) {
            Tensor g = relu ? new Relu().gradient(saved.output(), saved.output(), gradient) : gradient;
            Tensor[] gradients = new Tensor[saved.count()];
            if (saved.needsGradient(0)) {
                Shape x = saved.shape(0);
                gradients[0] =
                        Operation.run(new ConvolutionInputGradient(convolution, x.dim(2), x.dim(3)), g, saved.input(1));
            }
            if (saved.needsGradient(1)) {
                gradients[1] = Operation.run(new ConvolutionWeightGradient(convolution), saved.input(0), g);
            }
            if (saved.count() > 2 && saved.needsGradient(2)) {
                gradients[2] = g.sum(2, 3).sum(0);
            }
            if (relu) {
                g.discard(); // made here, and sent nowhere
            }
            return gradients;
        }

        @Override
        protected String name() {
            return "Conv2d";
        }
    }

    @Override
    protected String options() {
        return "in=" + weight.dim(1) * convolution.groups() + ", out=" + weight.dim(0) + ", " + describe(convolution)
                + ", bias=" + bias.isPresent() + (relu ? ", relu" : "");
    }

    static String describe(Convolution convolution) {
        String text = Window.describe(convolution.rows(), convolution.columns());
        return convolution.groups() == 1 ? text : text + ", groups=" + convolution.groups();
    }
}
