// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/BatchNormKernels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Optional;
import org.tinytorch.spatial.BatchNormalise;
import org.tinytorch.spatial.ChannelStatistics;
import org.tinytorch.spatial.Channels;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** Batch normalisation: channels are shared out among the threads, each summed up by one of them. */
final class BatchNormKernels implements Kernels {
    /** Fewer numbers are done before anything is looked up. */
    static final int SMALL = 256;

    /** Numbers that take some three times as long as handing a part to another thread. */
    private static final int WORTH_A_THREAD = 16_384;

    private final Workers workers;
    private final int fewest;

    /** @param fewest numbers that are worth it; {@link #SMALL} but for tests */
    BatchNormKernels(Workers workers, int fewest) {
        this.workers = workers;
        this.fewest = fewest;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        Tensor x = inputs[0];
        if (x.rank() < 2 || x.size() < fewest) {
            return Optional.empty();
        }
        Channels view = Channels.of(x.shape());
        if (op instanceof ChannelStatistics) {
            return Optional.of(statistics(view, x.data()));
        }
        Shape perChannel = Shape.of(view.channels());
        Shape pair = Shape.of(2, view.channels());
        if (op instanceof BatchNormalise normalise && have(inputs, x.shape(), pair, perChannel, perChannel)) {
            return Optional.of(normalise(normalise, view, inputs));
        }
        if (op instanceof BatchNormalise.ParameterGradients gradients && have(inputs, x.shape(), pair, x.shape())) {
            return Optional.of(parameterGradients(gradients.of(), view, inputs));
        }
        return op instanceof BatchNormalise.InputGradient gradient
                        && have(inputs, x.shape(), pair, perChannel, pair, x.shape())
                ? Optional.of(inputGradient(gradient.of(), view, inputs))
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

    /** One run of a channel's numbers. */
    private interface Run {
        void at(int start);
    }

    private void channels(Channels view, Workers.Range range) {
        int numbers = view.channels() * view.count();
        workers.share(view.channels(), numbers / WORTH_A_THREAD, range);
    }

    private static void images(Channels view, int channel, Run run) {
        for (int image = 0; image < view.images(); image++) {
            run.at(view.start(image, channel));
        }
    }

    private Tensor statistics(Channels view, double[] x) {
        int channels = view.channels();
        double[] out = Results.array(2 * channels);
        channels(view, (from, to) -> {
            for (int c = from; c < to; c++) {
                double[] sum = {0, 0};
                images(view, c, start -> sum[0] += PlainLoops.sum(x, start, start + view.length()));
                double mean = sum[0] / view.count();
                images(view, c, start -> sum[1] += PlainLoops.squares(x, start, start + view.length(), mean));
                out[c] = mean;
                out[channels + c] = sum[1] / view.count();
            }
        });
        return Results.tensor(out, Shape.of(2, channels));
    }

    private Tensor normalise(BatchNormalise op, Channels view, Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] statistics = inputs[1].data();
        double[] weight = inputs[2].data();
        double[] bias = inputs[3].data();
        double[] y = Results.array(x.length);
        channels(view, (from, to) -> {
            for (int c = from; c < to; c++) {
                double mean = statistics[c];
                double scale = op.inverseDeviation(statistics[view.channels() + c]) * weight[c];
                double shift = bias[c];
                images(view, c, start -> PlainLoops.shiftAndScale(x, start, mean, scale, shift, y, view.length()));
            }
        });
        return Results.tensor(y, inputs[0].shape());
    }

    private Tensor parameterGradients(BatchNormalise op, Channels view, Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] statistics = inputs[1].data();
        double[] g = inputs[2].data();
        int channels = view.channels();
        double[] out = Results.array(2 * channels);
        channels(view, (from, to) -> {
            for (int c = from; c < to; c++) {
                double mean = statistics[c];
                double[] sum = {0, 0};
                images(view, c, start -> {
                    sum[0] += PlainLoops.sum(g, start, start + view.length());
                    sum[1] += PlainLoops.productsWithDeviations(g, start, x, start, view.length(), mean);
                });
                out[c] = sum[0];
                out[channels + c] = sum[1] * op.inverseDeviation(statistics[channels + c]);
            }
        });
        return Results.tensor(out, Shape.of(2, channels));
    }

    private Tensor inputGradient(BatchNormalise op, Channels view, Tensor... inputs) {
        double[] x = inputs[0].data();
        double[] statistics = inputs[1].data();
        double[] weight = inputs[2].data();
        double[] means = inputs[3].data();
        double[] g = inputs[4].data();
        double[] gx = Results.array(x.length);
        channels(view, (from, to) -> {
            for (int c = from; c < to; c++) {
                double inverse = op.inverseDeviation(statistics[view.channels() + c]);
                double scale = inverse * weight[c];
                double slope = means[view.channels() + c] * inverse;
                double meanOfG = means[c];
                double mean = statistics[c];
                images(
                        view,
                        c,
                        start -> PlainLoops.centred(g, meanOfG, x, mean, slope, scale, gx, start, view.length()));
            }
        });
        return Results.tensor(gx, inputs[0].shape());
    }
}
