// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/WinogradConvolutions.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Optional;
import java.util.function.Supplier;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * Convolutions with three rows in the kernel and a stride of 1, and their gradients, with half of the products: see {@link Winograd}. In double precision, where products are most
 * of the work; what is left alone here, {@link Convolutions} does.
 */
final class WinogradConvolutions implements Kernels {
    /** From so many images on: half of them, as values, then fill 16 threads and still take less memory than all. */
    static final int BATCH = 32;

    /** With fewer channels there is little to save between laying out values and putting results together, as measured. */
    static final int CHANNELS = 8;

    private static final double[] NO_BIAS = {};

    private final Workers workers;
    private final int leastImages;
    private final int leastChannels;
    private final ThreadLocal<Pixels> pixels;

    /** With batches of fewer images, or images of fewer channels, it has nothing to do. */
    WinogradConvolutions(Workers workers, int leastImages, int leastChannels) {
        this(DoublePixels::new, workers, leastImages, leastChannels);
    }

    /** @param pixels makes the buffers of a thread */
    WinogradConvolutions(Supplier<Pixels> pixels, Workers workers, int leastImages, int leastChannels) {
        this.pixels = ThreadLocal.withInitial(pixels);
        this.workers = workers;
        this.leastImages = leastImages;
        this.leastChannels = leastChannels;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (op instanceof Convolution convolution) {
            return forward(convolution, Double.NEGATIVE_INFINITY, inputs);
        }
        if (op instanceof ConvolutionRelu rectified) {
            return forward(rectified.convolution(), 0, inputs);
        }
        if (op instanceof ConvolutionInputGradient gradient) {
            return inputGradient(gradient, inputs[0], inputs[1]);
        }
        return op instanceof ConvolutionWeightGradient gradient
                ? weightGradient(gradient, inputs[0], inputs[1])
                : Optional.empty();
    }

    /**
     * Whether this can do it, and there is something to gain.
     *
     * @param channels of all groups, of the side that there are fewer of where both are laid out as values
     * @param results rows of what is computed
     */
    private boolean pays(Convolution op, Convolution.Sizes s, int channels, int results) {
        Window rows = op.rows();
        return rows.size() == Winograd.TAPS
                && rows.stride() == 1
                && rows.dilation() == 1
                && op.columns().stride() == 1
                && s.images() >= leastImages
                && channels / op.groups() >= leastChannels
                && Winograd.strips(results) * Winograd.POINTS < results * Winograd.TAPS;
    }

    /** @param least results below it are raised to it */
    private Optional<Tensor> forward(Convolution op, double least, Tensor... inputs) {
        Convolution.Sizes s = op.sizes(inputs[0].shape(), inputs[1].shape());
        if (!pays(op, s, s.channels(), s.outHeight())) {
            return Optional.empty();
        }
        if (inputs.length > 2) {
            Convolution.checkBias(s, inputs[2].shape());
        }
        double[] bias = inputs.length > 2 ? inputs[2].data() : NO_BIAS;
        double[] y = Results.array(s.result().size());
        new WinogradSums(op, s).run(inputs[0].data(), inputs[1].data(), bias, least, y, workers, pixels);
        return Optional.of(Results.tensor(y, s.result()));
    }

    /** Itself a convolution, of the gradient, with kernels turned by half a circle and the other share of the padding. */
    private Optional<Tensor> inputGradient(ConvolutionInputGradient op, Tensor g, Tensor weight) {
        Convolution convolution = op.convolution();
        Convolution.Sizes s = op.sizes(g.shape(), weight.shape());
        if (!pays(convolution, s, s.outputs(), s.height())
                || !paddedByLessThanTheKernel(convolution.rows())
                || !paddedByLessThanTheKernel(convolution.columns())) {
            return Optional.empty();
        }
        Convolution back =
                new Convolution(turned(convolution.rows()), turned(convolution.columns()), convolution.groups());
        Convolution.Sizes turned = new Convolution.Sizes(
                s.images(), s.outputs(), s.outHeight(), s.outWidth(), s.channels(), s.height(), s.width());
        double[] kernels = turned(weight, convolution.groups());
        double[] gx = Results.array(s.input().size());
        new WinogradSums(back, turned).run(g.data(), kernels, NO_BIAS, Double.NEGATIVE_INFINITY, gx, workers, pixels);
        return Optional.of(Results.tensor(gx, s.input()));
    }

    private static boolean paddedByLessThanTheKernel(Window window) {
        return Math.max(window.before(), window.after()) < window.span();
    }

    private static Window turned(Window window) {
        int most = window.span() - 1;
        return new Window(window.size(), 1, window.dilation(), most - window.before(), most - window.after());
    }

    /** With inputs and outputs exchanged, too. */
    private static double[] turned(Tensor weight, int groups) {
        double[] kernels = weight.data();
        int kernel = weight.shape().dim(2) * weight.shape().dim(3);
        int channels = weight.shape().dim(1);
        int outputs = weight.shape().dim(0) / groups;
        double[] turned = new double[kernels.length];
        for (int i = 0; i < groups * outputs * channels; i++) {
            int output = i / channels;
            int to = (output / outputs * channels + i % channels) * outputs + output % outputs;
            for (int k = 0; k < kernel; k++) {
                turned[(to + 1) * kernel - 1 - k] = kernels[i * kernel + k];
            }
        }
        return turned;
    }

    private Optional<Tensor> weightGradient(ConvolutionWeightGradient op, Tensor x, Tensor g) {
        Convolution convolution = op.convolution();
        Convolution.Sizes s = op.sizes(x.shape(), g.shape());
        if (!pays(convolution, s, Math.min(s.channels(), s.outputs()), s.outHeight())) {
            return Optional.empty();
        }
        Shape weight = op.weight(x.shape(), g.shape());
        double[] gw = new WinogradProducts(convolution, s, x.data(), g.data()).run(workers, pixels);
        return Optional.of(Results.tensor(gw, weight));
    }
}
