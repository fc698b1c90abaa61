// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/ConvolutionOptions.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.nn.Fan;
import org.tinytorch.nn.Init;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Collects the options that {@link Conv2d} and {@link ConvTranspose2d} have in common. Whatever is not said is 1, padding 0, and there is a bias.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ConvolutionOptions<B extends ConvolutionOptions<B>>
        permits Conv2d.Builder, ConvTranspose2d.Builder {
    final int in;
    final int out;
    final int kernelRows;
    final int kernelColumns;
    int strideRows = 1;
    int strideColumns = 1;
    int paddingRows;
    int paddingColumns;
    int dilationRows = 1;
    int dilationColumns = 1;
    int groups = 1;
    boolean bias = true;

    ConvolutionOptions(int in, int out, int kernelRows, int kernelColumns) {
        this.in = in;
        this.out = out;
        this.kernelRows = kernelRows;
        this.kernelColumns = kernelColumns;
    }

    abstract B self();

    /** How far the kernel moves from one output to the next. */
    public B stride(int stride) {
        return stride(stride, stride);
    }

    /** The same for rows and columns apart. */
    public B stride(int rows, int columns) {
        strideRows = rows;
        strideColumns = columns;
        return self();
    }

    /** How many zeros are thought on each side. */
    public B padding(int padding) {
        return padding(padding, padding);
    }

    /** The same for rows and columns apart. */
    public B padding(int rows, int columns) {
        paddingRows = rows;
        paddingColumns = columns;
        return self();
    }

    /** How far the taps of the kernel lie apart. */
    public B dilation(int dilation) {
        return dilation(dilation, dilation);
    }

    /** The same for rows and columns apart. */
    public B dilation(int rows, int columns) {
        dilationRows = rows;
        dilationColumns = columns;
        return self();
    }

    /** Into how many parts the channels are divided; both numbers of channels must be divisible by it. */
    public B groups(int count) {
        groups = count;
        return self();
    }

    /** Leaves the bias out; a batch normalisation that follows would take it away again. */
    public B noBias() {
        bias = false;
        return self();
    }

    Convolution convolution() {
        return new Convolution(
                new Window(kernelRows, strideRows, dilationRows, paddingRows, paddingRows),
                new Window(kernelColumns, strideColumns, dilationColumns, paddingColumns, paddingColumns),
                groups);
    }

    void check(String who) {
        if (in < 1 || out < 1) {
            throw new IllegalArgumentException(
                    who + ": " + in + " inputs and " + out + " outputs are not possible; use at least 1 of each");
        }
        if (groups < 1 || in % groups != 0 || out % groups != 0) {
            throw new IllegalArgumentException(who + ": " + groups + " groups do not divide " + in + " inputs and "
                    + out + " outputs; both must be multiples of the groups");
        }
    }

    /** Drawn uniformly from {@code ± 1/√fan}, PyTorch's default, where the fan is the size of {@code weight[0]}: for a convolution, the weights of one output. */
    static Tensor initial(Shape shape, Shape weight, Generator generator) {
        double bound = 1 / Math.sqrt(Fan.IN.of(weight));
        return Init.uniform(Tensors.zeros(shape), -bound, bound, generator);
    }

    /** The weight, {@code (first, second / groups, kernel rows, kernel columns)}. */
    Shape weightShape(int first, int second) {
        return Shape.of(first, second / groups, kernelRows, kernelColumns);
    }
}
