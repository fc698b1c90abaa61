package org.tinytorch.spatial;

import java.util.List;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.Values;

/** One convolution with the sizes it is tried on, and its three formulas element by element. */
record ConvolutionCase(Convolution op, int images, int channels, int height, int width, int outputs) {
    private static ConvolutionCase of(
            int images, int channels, int height, int width, int outputs, Window rows, Window columns, int groups) {
        return new ConvolutionCase(new Convolution(rows, columns, groups), images, channels, height, width, outputs);
    }

    /** Strides, paddings, dilations, groups, kernels of one number, as large as the image, even and oblong; widths that fill vectors and such that don't. */
    static List<ConvolutionCase> all() {
        return List.of(
                of(1, 1, 1, 1, 1, Window.of(1, 1, 0), Window.of(1, 1, 0), 1),
                of(2, 3, 5, 4, 2, Window.of(3, 1, 0), Window.of(3, 1, 0), 1),
                of(2, 2, 4, 8, 3, Window.of(3, 1, 1), Window.of(3, 1, 1), 1),
                of(1, 3, 2, 16, 9, Window.of(3, 1, 1), Window.of(3, 1, 1), 1),
                of(3, 1, 6, 7, 2, Window.of(3, 2, 1), Window.of(3, 2, 1), 1),
                of(1, 2, 7, 6, 2, Window.of(2, 3, 0), Window.of(2, 3, 1), 1),
                of(1, 2, 5, 8, 3, Window.same(2, 1), Window.same(4, 1), 1),
                of(1, 2, 6, 9, 2, Window.same(3, 2), Window.same(3, 2), 1),
                of(2, 2, 8, 7, 2, new Window(2, 2, 3, 2, 1), new Window(3, 2, 2, 0, 3), 1),
                of(2, 4, 4, 5, 6, Window.of(3, 1, 1), Window.of(3, 1, 1), 2),
                of(2, 3, 4, 4, 6, Window.of(3, 2, 1), Window.of(3, 1, 1), 3),
                of(2, 3, 3, 8, 5, Window.of(1, 1, 0), Window.of(1, 1, 0), 1),
                of(2, 3, 5, 5, 2, Window.of(1, 2, 0), Window.of(1, 2, 0), 1),
                of(2, 2, 4, 3, 3, Window.of(4, 1, 0), Window.of(3, 1, 0), 1),
                of(1, 2, 3, 5, 2, Window.of(1, 1, 0), Window.of(5, 1, 2), 1),
                of(1, 1, 4, 4, 1, Window.of(2, 3, 0), Window.of(2, 3, 0), 1),
                of(1, 1, 2, 2, 1, Window.of(3, 1, 3), Window.of(3, 2, 3), 1),
                of(0, 2, 3, 3, 2, Window.of(3, 1, 1), Window.of(3, 1, 1), 1));
    }

    Tensor x() {
        return Values.spread(1, -1, 1, images, channels, height, width);
    }

    Tensor weight() {
        return Values.spread(
                2,
                -1,
                1,
                outputs,
                channels / op.groups(),
                op.rows().size(),
                op.columns().size());
    }

    Tensor bias() {
        return Values.spread(3, -1, 1, outputs);
    }

    /** A gradient of the result. */
    Tensor g() {
        return Values.spread(4, -1, 1, result().dims());
    }

    Shape result() {
        return Shape.of(images, outputs, op.rows().outputs(height), op.columns().outputs(width));
    }

    private int firstChannel(int output) {
        return output / (outputs / op.groups()) * (channels / op.groups());
    }

    private static int position(Window window, int output, int tap) {
        return output * window.stride() - window.before() + tap * window.dilation();
    }

    private static double padded(Tensor x, int n, int c, int row, int column) {
        boolean inside = row >= 0 && row < x.dim(2) && column >= 0 && column < x.dim(3);
        return inside ? x.get(n, c, row, column) : 0;
    }

    Tensor convolved(Tensor x, Tensor weight, Tensor bias) {
        return Naive.fill(result().dims(), at -> {
            double sum = bias.get(at[1]);
            for (int position = 0; position < weight.size() / outputs; position++) {
                int[] k = Naive.index(weight.shape().dims(), position);
                int row = position(op.rows(), at[2], k[2]);
                int column = position(op.columns(), at[3], k[3]);
                sum += weight.get(at[1], k[1], k[2], k[3]) * padded(x, at[0], firstChannel(at[1]) + k[1], row, column);
            }
            return sum;
        });
    }

    Tensor convolved(Tensor x, Tensor weight) {
        return convolved(x, weight, Tensors.zeros(outputs));
    }

    Tensor inputGradient(Tensor g, Tensor weight) {
        return Naive.fill(new int[] {images, channels, height, width}, at -> {
            double sum = 0;
            for (int position = 0; position < g.size() / images; position++) {
                int[] out = Naive.index(g.shape().dims(), position);
                int c = at[1] - firstChannel(out[1]);
                for (int a = 0;
                        c >= 0 && c < channels / op.groups() && a < op.rows().size();
                        a++) {
                    for (int b = 0; b < op.columns().size(); b++) {
                        boolean met =
                                position(op.rows(), out[2], a) == at[2] && position(op.columns(), out[3], b) == at[3];
                        sum += met ? weight.get(out[1], c, a, b) * g.get(at[0], out[1], out[2], out[3]) : 0;
                    }
                }
            }
            return sum;
        });
    }

    Tensor weightGradient(Tensor x, Tensor g) {
        return Naive.fill(weight().shape().dims(), at -> {
            double sum = 0;
            for (int position = 0; position < g.size(); position++) {
                int[] out = Naive.index(g.shape().dims(), position);
                if (out[1] == at[0]) {
                    int row = position(op.rows(), out[2], at[2]);
                    int column = position(op.columns(), out[3], at[3]);
                    sum += g.get(out) * padded(x, out[0], firstChannel(at[0]) + at[1], row, column);
                }
            }
            return sum;
        });
    }
}
