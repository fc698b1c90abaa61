// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Convolutions.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** Convolutions and their gradients, of any stride, padding, dilation and number of groups. */
final class Convolutions implements Kernels {
    private static final double[] NO_BIAS = {};

    private final Workers workers;
    private final ThreadLocal<Pixels> pixels;

    /** @param pixels makes the buffers of a thread */
    Convolutions(Supplier<Pixels> pixels, Workers workers) {
        this.workers = workers;
        this.pixels = ThreadLocal.withInitial(pixels);
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (op instanceof Convolution convolution) {
            return Optional.of(forward(convolution, Double.NEGATIVE_INFINITY, inputs));
        }
        if (op instanceof ConvolutionRelu rectified) {
            return Optional.of(forward(rectified.convolution(), 0, inputs));
        }
        if (op instanceof ConvolutionInputGradient gradient) {
            return Optional.of(inputGradient(gradient, inputs[0], inputs[1]));
        }
        return op instanceof ConvolutionWeightGradient gradient
                ? Optional.of(weightGradient(gradient, inputs[0], inputs[1]))
                : Optional.empty();
    }

    /** @param least results below it are raised to it */
    private Tensor forward(Convolution op, double least, Tensor... inputs) {
        Tensor x = inputs[0];
        Tensor weight = inputs[1];
        Convolution.Sizes s = op.sizes(x.shape(), weight.shape());
        if (inputs.length > 2) {
            Convolution.checkBias(s, inputs[2].shape());
        }
        PaddedImages layout = PaddedImages.of(op, s, 1);
        int channels = s.channels() / op.groups();
        int kernel = op.rows().size() * op.columns().size();
        int[] sources = IntStream.range(0, channels * kernel).toArray();
        Sweep sweep = new Sweep(
                layout.taps(channels, op),
                sources,
                layout.columns().size(),
                s.outHeight(),
                s.outWidth(),
                0,
                s.outWidth(),
                1);
        int outputs = s.outputs() / op.groups();
        SlidingSums sums = new SlidingSums(
                layout,
                List.of(sweep),
                op.groups(),
                channels,
                outputs,
                sources.length,
                outputs * sources.length,
                s.height() * s.width(),
                s.outHeight() * s.outWidth());
        double[] y = Results.array(s.result().size());
        double[] bias = inputs.length > 2 ? inputs[2].data() : NO_BIAS;
        sums.run(s.images(), new SlidingSums.Data(x.data(), weight.data(), bias, y, least), workers, pixels);
        return Results.tensor(y, s.result());
    }

    /**
     * The pixels of x that lie a stride apart see the outputs through the same taps, so each of these phases is a convolution of the gradient with some of the taps.
     */
    private Tensor inputGradient(ConvolutionInputGradient op, Tensor g, Tensor weight) {
        Convolution convolution = op.convolution();
        Convolution.Sizes s = op.sizes(g.shape(), weight.shape());
        PhasedAxis rows = PhasedAxis.of(convolution.rows(), s.height(), s.outHeight());
        PhasedAxis columns = PhasedAxis.of(convolution.columns(), s.width(), s.outWidth());
        PaddedImages layout = new PaddedImages(rows.layout(), columns.layout(), 1);
        int channels = s.channels() / convolution.groups();
        int outputs = s.outputs() / convolution.groups();
        int kernel = convolution.rows().size() * convolution.columns().size();
        List<Sweep> sweeps = new ArrayList<>();
        for (int rowPhase = 0; rowPhase < rows.phases(); rowPhase++) {
            for (int columnPhase = 0; columnPhase < columns.phases(); columnPhase++) {
                sweeps.add(phase(op, layout, rows, rowPhase, columns, columnPhase, channels, outputs));
            }
        }
        SlidingSums sums = new SlidingSums(
                layout,
                sweeps,
                convolution.groups(),
                outputs,
                channels,
                kernel,
                outputs * channels * kernel,
                s.outHeight() * s.outWidth(),
                s.height() * s.width());
        double[] gx = Results.array(s.input().size());
        SlidingSums.Data data = new SlidingSums.Data(g.data(), weight.data(), NO_BIAS, gx, Double.NEGATIVE_INFINITY);
        sums.run(s.images(), data, workers, pixels);
        return Results.tensor(gx, s.input());
    }

    private static Sweep phase(
            ConvolutionInputGradient op,
            PaddedImages layout,
            PhasedAxis rows,
            int rowPhase,
            PhasedAxis columns,
            int columnPhase,
            int channels,
            int outputs) {
        Window across = op.convolution().columns();
        int[] rowTaps = rows.taps(rowPhase);
        int[] columnTaps = columns.taps(columnPhase);
        int kernel = op.convolution().rows().size() * across.size();
        int[] taps = new int[outputs * rowTaps.length * columnTaps.length];
        int[] sources = new int[taps.length];
        int at = 0;
        for (int output = 0; output < outputs; output++) {
            for (int a : rowTaps) {
                for (int b : columnTaps) {
                    taps[at] = layout.tap(output, rows.position(rowPhase, a), columns.position(columnPhase, b));
                    sources[at++] = output * channels * kernel + a * across.size() + b;
                }
            }
        }
        return new Sweep(
                taps,
                sources,
                layout.columns().size(),
                rows.pixels(rowPhase),
                columns.pixels(columnPhase),
                rowPhase * op.width() + columnPhase,
                rows.phases() * op.width(),
                columns.phases());
    }

    private Tensor weightGradient(ConvolutionWeightGradient op, Tensor x, Tensor g) {
        Convolution convolution = op.convolution();
        Convolution.Sizes s = op.sizes(x.shape(), g.shape());
        Shape weight = op.weight(x.shape(), g.shape());
        double[] gw = new SlidingProducts(convolution, s, x.data(), g.data()).run(workers, pixels);
        return Results.tensor(gw, weight);
    }
}
