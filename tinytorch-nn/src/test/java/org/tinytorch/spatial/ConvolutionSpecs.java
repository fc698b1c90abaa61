package org.tinytorch.spatial;

import java.util.List;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;

/** Convolution, its two gradients, and the functions that put them together. */
final class ConvolutionSpecs {
    private static final Convolution PLAIN = new Convolution(Window.of(3, 1, 0), Window.of(3, 1, 0), 1);

    private ConvolutionSpecs() {}

    static List<OperationSpec> all() {
        return List.of(
                forward(), forwardRelu(), inputGradient(), weightGradient(), conv2d(), conv2dRelu(), convTranspose2d());
    }

    private static OperationSpec forward() {
        OperationSpec.Builder spec =
                OperationSpec.of("convolution", Convolution.class).tolerance(1e-13);
        for (ConvolutionCase c : ConvolutionCase.all()) {
            spec.sample(c.op(), in -> c.convolved(in[0], in[1]), c.x(), c.weight());
            spec.sample(c.op(), in -> c.convolved(in[0], in[1], in[2]), c.x(), c.weight(), c.bias());
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "conv2d: input (3, 8, 8) is not (N, C, H, W); add the batch axis",
                        PLAIN,
                        Tensors.zeros(3, 8, 8),
                        Tensors.zeros(2, 3, 3, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "conv2d: input (1, 4, 8, 8) has 4 channels, but weight (2, 3, 3, 3) with 1 group expects 3",
                        PLAIN,
                        Tensors.zeros(1, 4, 8, 8),
                        Tensors.zeros(2, 3, 3, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "conv2d: input (1, 3, 2, 8), rows: window: a kernel that spans 3 is larger than its input of 2",
                        PLAIN,
                        Tensors.zeros(1, 3, 2, 8),
                        Tensors.zeros(2, 3, 3, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "conv2d: input (1, 3, 8, 2), columns: window",
                        PLAIN,
                        Tensors.zeros(1, 3, 8, 2),
                        Tensors.zeros(2, 3, 3, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "conv2d: weight (2, 3, 5, 3) is not (outputs, inputs / 1, 3, 3)",
                        PLAIN,
                        Tensors.zeros(1, 3, 8, 8),
                        Tensors.zeros(2, 3, 5, 3))
                .rejects(
                        IllegalArgumentException.class,
                        "conv2d: bias (3,) does not fit 2 outputs; it needs (2,)",
                        PLAIN,
                        Tensors.zeros(1, 3, 8, 8),
                        Tensors.zeros(2, 3, 3, 3),
                        Tensors.zeros(3))
                .rejects(
                        IllegalArgumentException.class,
                        "conv2d: input (1, 3, 0, 8) holds images without pixels",
                        PLAIN,
                        Tensors.zeros(1, 3, 0, 8),
                        Tensors.zeros(2, 3, 3, 3))
                .build();
    }

    private static OperationSpec forwardRelu() {
        OperationSpec.Builder spec =
                OperationSpec.of("convolution with relu", ConvolutionRelu.class).tolerance(1e-13);
        for (ConvolutionCase c : ConvolutionCase.all()) {
            spec.sample(
                    new ConvolutionRelu(c.op()),
                    in -> rectified(c.convolved(in[0], in[1], in[2])),
                    c.x(),
                    c.weight(),
                    c.bias());
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "conv2d: bias (3,) does not fit 2 outputs; it needs (2,)",
                        new ConvolutionRelu(PLAIN),
                        Tensors.zeros(1, 3, 8, 8),
                        Tensors.zeros(2, 3, 3, 3),
                        Tensors.zeros(3))
                .build();
    }

    private static Tensor rectified(Tensor y) {
        return Naive.fill(y.shape().dims(), at -> Math.max(0, y.get(at)));
    }

    private static OperationSpec inputGradient() {
        OperationSpec.Builder spec = OperationSpec.of("convolution input gradient", ConvolutionInputGradient.class)
                .tolerance(1e-13);
        for (ConvolutionCase c : ConvolutionCase.all()) {
            spec.sample(
                    new ConvolutionInputGradient(c.op(), c.height(), c.width()),
                    in -> c.inputGradient(in[0], in[1]),
                    c.g(),
                    c.weight());
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "conv2d input gradient: gradient (1, 2, 5, 6) does not fit input (1, 3, 8, 8), whose result is (1, 2, 6, 6)",
                        new ConvolutionInputGradient(PLAIN, 8, 8),
                        Tensors.zeros(1, 2, 5, 6),
                        Tensors.zeros(2, 3, 3, 3))
                .build();
    }

    private static OperationSpec weightGradient() {
        OperationSpec.Builder spec = OperationSpec.of("convolution weight gradient", ConvolutionWeightGradient.class)
                .tolerance(1e-13);
        for (ConvolutionCase c : ConvolutionCase.all()) {
            spec.sample(new ConvolutionWeightGradient(c.op()), in -> c.weightGradient(in[0], in[1]), c.x(), c.g());
        }
        return spec.rejects(
                        IllegalArgumentException.class,
                        "conv2d weight gradient: gradient (1, 2, 5, 6) does not fit input (1, 3, 8, 8), whose result is (1, 2, 6, 6)",
                        new ConvolutionWeightGradient(PLAIN),
                        Tensors.zeros(1, 3, 8, 8),
                        Tensors.zeros(1, 2, 5, 6))
                .build();
    }

    private static OperationSpec conv2d() {
        OperationSpec.Builder spec =
                OperationSpec.of("conv2d", Conv2d.Convolve.class).tolerance(1e-13);
        for (ConvolutionCase c : ConvolutionCase.all()) {
            spec.computation(
                    c.op().toString(),
                    in -> new Conv2d.Convolve(c.op(), false).apply(in),
                    in -> c.convolved(in[0], in[1], in[2]),
                    c.x(),
                    c.weight(),
                    c.bias());
        }
        return spec.build();
    }

    private static OperationSpec conv2dRelu() {
        OperationSpec.Builder spec =
                OperationSpec.of("conv2d with relu", Conv2d.Convolve.class).tolerance(1e-13);
        for (ConvolutionCase c : ConvolutionCase.all()) {
            spec.computation(
                    c.op() + " with relu",
                    in -> new Conv2d.Convolve(c.op(), true).apply(in),
                    in -> rectified(c.convolved(in[0], in[1], in[2])),
                    c.x(),
                    c.weight(),
                    c.bias());
        }
        return spec.build();
    }

    private static OperationSpec convTranspose2d() {
        OperationSpec.Builder spec = OperationSpec.of("convTranspose2d", ConvTranspose2d.Spread.class)
                .tolerance(1e-13);
        for (ConvolutionCase c : ConvolutionCase.all()) {
            Operation op = new ConvolutionInputGradient(c.op(), c.height(), c.width());
            spec.computation(
                    op.toString(),
                    in -> new ConvTranspose2d.Spread((ConvolutionInputGradient) op).apply(in),
                    in -> c.inputGradient(in[0], in[1]),
                    c.g(),
                    c.weight());
        }
        return spec.build();
    }
}
