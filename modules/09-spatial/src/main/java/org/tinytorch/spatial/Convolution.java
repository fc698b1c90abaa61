// Yours: task 9.2. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/Convolution.java.
package org.tinytorch.spatial;

import java.util.Arrays;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Slides a stack of small kernels over images and takes their weighted sums, as {@code torch.nn.functional.conv2d} (LeCun et al., 1989):
 *
 * <pre>{@code y[n, o, i, j] = bias[o] + Σ c, a, b  weight[o, c, a, b] · x[n, c, i·stride − padding + a·dilation, j·stride − padding + b·dilation]}</pre>
 *
 * <p>Inputs: x {@code (N, C, H, W)}, weight {@code (O, C / groups, kernel rows, kernel columns)} and, if there is one, bias {@code (O,)}. With several groups, the
 * first {@code O / groups} outputs see the first {@code C / groups} channels only, and so on. Gradients flow by way of {@link Conv2d}.
 *
 * @param rows how the kernel moves down
 * @param columns how it moves to the right
 * @param groups into how many parts the channels are divided, at least 1
 */
public record Convolution(Window rows, Window columns, int groups) implements Operation {
    /**
     * All sizes of one application.
     *
     * @param images N
     * @param channels C, of all groups
     * @param height H
     * @param width W
     * @param outputs O, of all groups
     * @param outHeight rows of the result
     * @param outWidth columns of the result
     */
    public record Sizes(int images, int channels, int height, int width, int outputs, int outHeight, int outWidth) {
        /** The shape of x. */
        public Shape input() {
            return Shape.of(images, channels, height, width);
        }

        /** The shape of the result. */
        public Shape result() {
            return Shape.of(images, outputs, outHeight, outWidth);
        }

        /** This, if a gradient is one of the result. */
        Sizes checked(String who, Shape gradient) {
            if (!gradient.equals(result())) {
                throw new IllegalArgumentException(who + ": gradient " + gradient + " does not fit input " + input()
                        + ", whose result is " + result());
            }
            return this;
        }
    }

    /**
     * Checks the number of groups.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Convolution {
        if (groups < 1) {
            throw new IllegalArgumentException("conv2d: " + groups + " groups are not possible; use at least 1");
        }
    }

    /**
     * The sizes for an input and a weight.
     *
     * @throws IllegalArgumentException if they do not fit each other or the windows; the message names the shapes
     */
    public Sizes sizes(Shape x, Shape weight) {
        ImageShape.check("conv2d", x);
        checkWeight(weight);
        if (x.dim(1) != weight.dim(1) * groups) {
            throw new IllegalArgumentException("conv2d: input " + x + " has " + x.dim(1) + " channels, but weight "
                    + weight + " with " + groups + (groups == 1 ? " group" : " groups") + " expects "
                    + weight.dim(1) * groups);
        }
        return new Sizes(
                x.dim(0),
                x.dim(1),
                x.dim(2),
                x.dim(3),
                weight.dim(0),
                ImageShape.outputs("conv2d", x, 2, rows),
                ImageShape.outputs("conv2d", x, 3, columns));
    }

    void checkWeight(Shape weight) {
        boolean fits = weight.rank() == 4
                && weight.size() > 0
                && weight.dim(2) == rows.size()
                && weight.dim(3) == columns.size()
                && weight.dim(0) % groups == 0;
        if (!fits) {
            throw new IllegalArgumentException("conv2d: weight " + weight + " is not (outputs, inputs / " + groups
                    + ", " + rows.size() + ", " + columns.size() + ") with outputs divisible by " + groups);
        }
    }

    /** Looks at one plane of the input, the kernel for it, and the plane of the output that both contribute to. */
    interface Planes {
        /** Each is where the plane begins in its array. */
        void meet(int input, int kernel, int output);
    }

    /** All pairs of an input channel and an output channel that are connected, image by image. */
    void eachPair(Sizes s, Planes pair) {
        int channelsPerGroup = s.channels / groups;
        int outputsPerGroup = s.outputs / groups;
        for (int n = 0; n < s.images; n++) {
            for (int o = 0; o < s.outputs; o++) {
                int firstChannel = o / outputsPerGroup * channelsPerGroup;
                for (int c = 0; c < channelsPerGroup; c++) {
                    pair.meet(
                            (n * s.channels + firstChannel + c) * s.height * s.width,
                            (o * channelsPerGroup + c) * rows.size() * columns.size(),
                            (n * s.outputs + o) * s.outHeight * s.outWidth);
                }
            }
        }
    }

    /**
     * The weighted sums. For each pair of an input plane and an output plane, the kernel between them visits all places of the output, and adds there what its taps meet.
     *
     * <p>For x {@code [[1, 2, 3], [4, 5, 6], [7, 8, 9]]} and the kernel {@code [[1, 2], [3, 4]]} it is {@code [[37, 47], [67, 77]]}. A second input channel adds to the
     * same numbers; a bias is there before.
     *
     * @param inputs x, weight and perhaps bias
     * @return {@code (N, O, rows, columns)}
     */
    @Override
    public Tensor forward(Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] weight = inputs[1].data();
        Sizes s = sizes(inputs[0].shape(), inputs[1].shape());
        double[] y = new double[s.result().size()];
        if (inputs.length > 2) {
            fillWithBias(y, s, inputs[2]);
        }
        eachPair(s, (input, kernel, output) -> {
            // region Task 9.2: slide a kernel over an image
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 9.2
            throw new UnsupportedOperationException(
                    "Task 9.2: slide a kernel over an image is not written yet: ./tito hint 9.2");
            // endregion
        });
        return Tensors.of(y, s.result());
    }

    /**
     * Checks a bias.
     *
     * @throws IllegalArgumentException if there is not one number for each output
     */
    public static void checkBias(Sizes s, Shape bias) {
        if (!bias.equals(Shape.of(s.outputs))) {
            throw new IllegalArgumentException(
                    "conv2d: bias " + bias + " does not fit " + s.outputs + " outputs; it needs (" + s.outputs + ",)");
        }
    }

    private static void fillWithBias(double[] y, Sizes s, Tensor bias) {
        checkBias(s, bias.shape());
        int plane = s.outHeight * s.outWidth;
        for (int p = 0; p < s.images * s.outputs; p++) {
            Arrays.fill(y, p * plane, (p + 1) * plane, bias.data()[p % s.outputs]);
        }
    }

    /** Gradients flow by way of {@link Conv2d}, whose function runs this and the two operations of the way back. */
    @Override
    public boolean differentiable() {
        return false;
    }
}
