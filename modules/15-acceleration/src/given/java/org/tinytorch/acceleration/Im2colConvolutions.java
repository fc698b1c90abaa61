// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Im2colConvolutions.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * Convolutions and their gradients as matrix products: the kernels, a row for each output, times what the windows see, a column for each place ({@link WindowColumns}). The product has the layout of
 * the result, image by image.
 *
 * <p>Of a 3 x 3 kernel's image all columns together would take nine times the memory. So only a few rows of places are laid out at a time, in a buffer that stays in the cache.
 */
final class Im2colConvolutions implements Kernels {
    /** Numbers that are laid out at a time, if a single row of places is not more: 256 KiB. */
    private static final int BLOCK = 32_768;

    /** Into so many parts the images are cut for the gradient of a weight, however many threads there are, so that it is always the same sum. */
    private static final int PARTS = 8;

    private final Gemm gemm;
    private final Workers workers;

    /**
     * A single image's product is split. Where images are shared out, whoever asks the workers again works alone.
     *
     * @param gemm on one thread
     */
    Im2colConvolutions(Gemm gemm, Workers workers) {
        this.gemm = new SplitGemm(gemm, workers);
        this.workers = workers;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (op instanceof Convolution convolution) {
            return Optional.of(forward(convolution, false, inputs));
        }
        if (op instanceof ConvolutionRelu rectified) {
            return Optional.of(forward(rectified.convolution(), true, inputs));
        }
        if (op instanceof ConvolutionInputGradient gradient) {
            return Optional.of(inputGradient(gradient, inputs[0], inputs[1]));
        }
        return op instanceof ConvolutionWeightGradient gradient
                ? Optional.of(weightGradient(gradient, inputs[0], inputs[1]))
                : Optional.empty();
    }

    /** One convolution's sizes for one group, and its walk through an image strip by strip. */
    private record Plan(Convolution.Sizes s, int groups, WindowColumns windows) {
        static Plan of(Convolution op, Convolution.Sizes s) {
            return new Plan(
                    s,
                    op.groups(),
                    new WindowColumns(op.rows(), op.columns(), s.channels() / op.groups(), s.height(), s.width()));
        }

        int outputs() {
            return s.outputs() / groups;
        }

        int taps() {
            return windows.taps();
        }

        /** Places of a whole image. */
        int places() {
            return s.outHeight() * s.outWidth();
        }

        /** Rows of places that are laid out together. */
        int stripRows() {
            return Math.max(1, Math.min(s.outHeight(), BLOCK / Math.max(1, taps() * s.outWidth())));
        }

        double[] buffer() {
            return new double[taps() * stripRows() * s.outWidth()];
        }

        long multiplyAdds() {
            return (long) s.images() * s.outputs() * taps() * places();
        }

        /** The strips of one image. */
        void each(int image, Strips strip) {
            for (int group = 0; group < groups; group++) {
                int x = (image * s.channels() + group * windows.channels()) * s.height() * s.width();
                int y = (image * s.outputs() + group * outputs()) * places();
                for (int from = 0; from < s.outHeight(); from += stripRows()) {
                    int to = Math.min(s.outHeight(), from + stripRows());
                    strip.run(x, y + from * s.outWidth(), group * outputs() * taps(), from, to);
                }
            }
        }
    }

    private interface Strips {
        /**
         * Does some rows of places of one group of an image.
         *
         * @param x where the first channel begins
         * @param y where the first output's results for the strip begin
         * @param weight where the kernel of the first output begins
         * @param from the first row
         * @param to after the last
         */
        void run(int x, int y, int weight, int from, int to);
    }

    /** Kernels (outputs, taps) times windows (taps, places) are results (outputs, places). */
    private Tensor forward(Convolution op, boolean rectified, Tensor... inputs) {
        Convolution.Sizes s = op.sizes(inputs[0].shape(), inputs[1].shape());
        boolean biased = inputs.length > 2;
        if (biased) {
            Convolution.checkBias(s, inputs[2].shape());
        }
        Plan plan = Plan.of(op, s);
        double[] x = inputs[0].data();
        double[] kernels = inputs[1].data();
        double[] out = Results.array(s.result().size());
        int ofImage = s.outputs() * plan.places();
        workers.share(s.images(), parts(plan), (first, end) -> {
            double[] buffer = plan.buffer();
            for (int image = first; image < end; image++) {
                if (biased) {
                    fill(out, image * ofImage, plan.places(), inputs[2].data());
                }
                plan.each(image, (at, y, weight, from, to) -> {
                    plan.windows().unfold(x, at, from, to, buffer);
                    int places = (to - from) * s.outWidth();
                    gemm.multiply(
                            plan.outputs(),
                            plan.taps(),
                            places,
                            new Matrix(kernels, weight, plan.taps(), 1),
                            new Matrix(buffer, 0, places, 1),
                            new Matrix(out, y, plan.places(), 1),
                            biased);
                });
                if (rectified) {
                    PlainLoops.relu(out, image * ofImage, out, image * ofImage, ofImage);
                }
            }
        });
        return Results.tensor(out, s.result());
    }

    private int parts(Plan plan) {
        return SplitGemm.parts(plan.multiplyAdds(), plan.s().images(), workers.threads());
    }

    private static void fill(double[] y, int at, int places, double[] bias) {
        for (int output = 0; output < bias.length; output++) {
            Arrays.fill(y, at + output * places, at + (output + 1) * places, bias[output]);
        }
    }

    /** Kernels read as transposed (taps, outputs) times gradients (outputs, places) are gradients of what the windows saw (taps, places), which go back to the pixels. */
    private Tensor inputGradient(ConvolutionInputGradient op, Tensor gradient, Tensor weights) {
        Convolution.Sizes s = op.sizes(gradient.shape(), weights.shape());
        Plan plan = Plan.of(op.convolution(), s);
        double[] g = gradient.data();
        double[] kernels = weights.data();
        double[] gx = Results.array(s.input().size());
        int ofImage = s.channels() * s.height() * s.width();
        workers.share(s.images(), parts(plan), (first, end) -> {
            double[] buffer = plan.buffer();
            Arrays.fill(gx, first * ofImage, end * ofImage, 0);
            for (int image = first; image < end; image++) {
                plan.each(image, (at, y, weight, from, to) -> {
                    int places = (to - from) * s.outWidth();
                    gemm.multiply(
                            plan.taps(),
                            plan.outputs(),
                            places,
                            new Matrix(kernels, weight, 1, plan.taps()),
                            new Matrix(g, y, plan.places(), 1),
                            new Matrix(buffer, 0, places, 1),
                            false);
                    plan.windows().fold(buffer, from, to, gx, at);
                });
            }
        });
        return Results.tensor(gx, s.input());
    }

    /** Gradients (outputs, places) times windows read as transposed (places, taps) are gradients of the kernels (outputs, taps), added up over all images. */
    private Tensor weightGradient(ConvolutionWeightGradient op, Tensor input, Tensor gradient) {
        Convolution.Sizes s = op.sizes(input.shape(), gradient.shape());
        Plan plan = Plan.of(op.convolution(), s);
        double[] x = input.data();
        double[] g = gradient.data();
        int size = s.outputs() * plan.taps();
        int parts = Math.max(1, Math.min(PARTS, s.images()));
        double[][] sums = new double[parts][size];
        Workers some = parts(plan) > 1 ? workers : Workers.NONE;
        some.run(parts, part -> {
            double[] buffer = plan.buffer();
            for (int image = part; image < s.images(); image += parts) {
                plan.each(image, (at, y, weight, from, to) -> {
                    plan.windows().unfold(x, at, from, to, buffer);
                    int places = (to - from) * s.outWidth();
                    gemm.multiply(
                            plan.outputs(),
                            places,
                            plan.taps(),
                            new Matrix(g, y, plan.places(), 1),
                            new Matrix(buffer, 0, 1, places),
                            new Matrix(sums[part], weight, plan.taps(), 1),
                            true);
                });
            }
        });
        double[] gw = Results.array(size);
        System.arraycopy(sums[0], 0, gw, 0, size);
        for (int part = 1; part < parts; part++) {
            PlainLoops.add(gw, 0, sums[part], 0, gw, 0, size);
        }
        return Results.tensor(gw, op.weight(input.shape(), gradient.shape()));
    }
}
