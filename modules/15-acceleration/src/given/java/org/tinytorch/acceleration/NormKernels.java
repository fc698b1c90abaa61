// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/NormKernels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Optional;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.transformer.LayerNormalise;
import org.tinytorch.transformer.RmsNormalise;

/** Layer normalisation and its relative without a mean: rows are shared out among the threads. */
final class NormKernels implements Kernels {
    /** Fewer numbers are done before anything is looked up. */
    static final int SMALL = 256;

    /** Numbers that take some three times as long as handing a part to another thread. */
    private static final int WORTH_A_THREAD = 16_384;

    /** Rows whose products are summed up together. */
    private static final int ROWS_OF_A_PART = 32;

    private final Workers workers;
    private final int fewest;

    /** @param fewest numbers that are worth it, at least 1; {@link #SMALL} but for tests */
    NormKernels(Workers workers, int fewest) {
        this.workers = workers;
        this.fewest = fewest;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        Tensor x = inputs[0];
        if (x.rank() == 0 || x.size() < fewest) {
            return Optional.empty();
        }
        Shape row = Shape.of(x.dim(-1));
        if (op instanceof LayerNormalise norm && have(inputs, x.shape(), row, row)) {
            return Optional.of(forward(x, inputs[1].data(), inputs[2].data(), true, norm.eps()));
        }
        if (op instanceof RmsNormalise norm && have(inputs, x.shape(), row)) {
            return Optional.of(forward(x, inputs[1].data(), new double[x.dim(-1)], false, norm.eps()));
        }
        if (op instanceof LayerNormalise.InputGradient gradient && have(inputs, x.shape(), row, x.shape())) {
            return Optional.of(inputGradient(inputs, true, gradient.of().eps()));
        }
        if (op instanceof RmsNormalise.InputGradient gradient && have(inputs, x.shape(), row, x.shape())) {
            return Optional.of(inputGradient(inputs, false, gradient.of().eps()));
        }
        if (op instanceof LayerNormalise.ParameterGradients gradient && have(inputs, x.shape(), x.shape())) {
            return Optional.of(parameterGradients(inputs, true, gradient.of().eps()));
        }
        return op instanceof RmsNormalise.WeightGradient gradient && have(inputs, x.shape(), x.shape())
                ? Optional.of(parameterGradients(inputs, false, gradient.of().eps()))
                : Optional.empty();
    }

    /** Whether all shapes are right; if not, the operation's own loops say what is wrong. */
    private static boolean have(Tensor[] inputs, Shape... shapes) {
        boolean right = inputs.length == shapes.length;
        for (int i = 0; right && i < shapes.length; i++) {
            right = inputs[i].shape().equals(shapes[i]);
        }
        return right;
    }

    private void rows(Tensor x, Workers.Range range) {
        workers.share(x.size() / x.dim(-1), x.size() / WORTH_A_THREAD, range);
    }

    /** @param centred whether the mean is taken away first */
    private static double mean(boolean centred, double[] x, int from, int width) {
        return centred ? PlainLoops.sum(x, from, from + width) / width : 0;
    }

    private static double inverse(double[] x, int from, int width, double mean, double eps) {
        return 1 / Math.sqrt(PlainLoops.squares(x, from, from + width, mean) / width + eps);
    }

    private Tensor forward(Tensor input, double[] weight, double[] bias, boolean centred, double eps) {
        double[] x = input.data();
        int width = input.dim(-1);
        double[] y = Results.array(x.length);
        rows(input, (first, last) -> {
            for (int from = first * width; from < last * width; from += width) {
                double mean = mean(centred, x, from, width);
                NormLoops.normalise(x, from, mean, inverse(x, from, width, mean, eps), weight, bias, y);
            }
        });
        return Results.tensor(y, input.shape());
    }

    /** Inputs: x, weight, g. */
    private Tensor inputGradient(Tensor[] inputs, boolean centred, double eps) {
        double[] x = inputs[0].data();
        double[] weight = inputs[1].data();
        double[] g = inputs[2].data();
        int width = inputs[0].dim(-1);
        double[] gx = Results.array(x.length);
        rows(inputs[0], (first, last) -> {
            double[] h = new double[width];
            for (int from = first * width; from < last * width; from += width) {
                double mean = mean(centred, x, from, width);
                double inverse = inverse(x, from, width, mean, eps);
                NormLoops.weighted(weight, g, from, h);
                double meanOfH = mean(centred, h, 0, width);
                double slope =
                        inverse * inverse * PlainLoops.productsWithDeviations(h, 0, x, from, width, mean) / width;
                NormLoops.centred(h, meanOfH, x, from, mean, slope, inverse, gx);
            }
        });
        return Results.tensor(gx, inputs[0].shape());
    }

    /**
     * Inputs: x, g. Of the layer norm the sums of g above those of {@code g · x̂}; without a mean the latter alone. Some rows are summed up by themselves, always the same ones, and these sums are added in their order, so that the
     * result does not depend on the number of threads.
     */
    private Tensor parameterGradients(Tensor[] inputs, boolean centred, double eps) {
        double[] x = inputs[0].data();
        double[] g = inputs[1].data();
        int width = inputs[0].dim(-1);
        int rows = x.length / width;
        int parts = (rows + ROWS_OF_A_PART - 1) / ROWS_OF_A_PART;
        double[] sums = new double[parts * 2 * width];
        workers.share(parts, x.length / WORTH_A_THREAD, (first, last) -> {
            for (int row = first * ROWS_OF_A_PART; row < Math.min(rows, last * ROWS_OF_A_PART); row++) {
                int at = row / ROWS_OF_A_PART * 2 * width;
                double mean = mean(centred, x, row * width, width);
                double inverse = inverse(x, row * width, width, mean, eps);
                if (centred) {
                    NormLoops.addRow(g, row * width, sums, at, width);
                }
                NormLoops.addProducts(g, x, row * width, mean, inverse, sums, at + width, width);
            }
        });
        for (int part = 1; part < parts; part++) {
            NormLoops.addRow(sums, part * 2 * width, sums, 0, 2 * width);
        }
        double[] result = Results.array(centred ? 2 * width : width);
        System.arraycopy(sums, centred ? 0 : width, result, 0, result.length);
        return Results.tensor(result, centred ? Shape.of(2, width) : Shape.of(width));
    }
}
