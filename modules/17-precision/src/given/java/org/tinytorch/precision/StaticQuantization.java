// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/StaticQuantization.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Layer;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Batch;

/**
 * Makes a network of integers of a trained one: batch normalisation is drawn into the convolutions, a few batches show which numbers occur where, and from then on all is done in integers
 * ({@link QuantizedNetwork}). Like {@code torch.ao.quantization}'s prepare and convert.
 *
 * <pre>{@code
 * QuantizedNetwork small = StaticQuantization.with(Calibrator.percentile(99.99)).convert(model, fewBatches);
 * small.write(Path.of("small.safetensors"));
 * }</pre>
 *
 * <p>For models that are a {@code Sequential}, nested or not, of convolutions, linear layers, batch normalisation, rectifiers and poolings. Immutable.
 */
public final class StaticQuantization {
    /** What weights are quantised with unless something else is said. */
    static final Quantizer WEIGHTS = Quantizer.symmetric(Byte.SIZE).perChannel().shortScales();

    /** A bias is kept in 16 bits if that moves no result by more than this part of the step between two integers. */
    private static final double TOLERABLE = 1.0 / 16;

    private static final Quantizer ACTIVATIONS = Quantizer.asymmetric(Byte.SIZE);

    private final Calibrator calibrator;
    private final Quantizer weights;

    private StaticQuantization(Calibrator calibrator, Quantizer weights) {
        this.calibrator = calibrator;
        this.weights = weights;
    }

    /** Activations in the range that a calibrator chooses; weights in 8 bits, a scale of 16 bits for each output. */
    public static StaticQuantization with(Calibrator calibrator) {
        return new StaticQuantization(calibrator, WEIGHTS);
    }

    /** The same with other weights: symmetric, per tensor or per channel. */
    public StaticQuantization weights(Quantizer quantizer) {
        return new StaticQuantization(calibrator, quantizer);
    }

    /**
     * The network in integers. The model stays as it is.
     *
     * @param data batches like those that will come, all of one size of image; some hundred samples are enough. The targets are not looked at
     * @throws IllegalArgumentException if there is no batch, a number is not finite, or the model has a layer that has no counterpart in integers
     */
    public QuantizedNetwork convert(Layer model, Iterable<Batch> data) {
        List<FoldedStep> steps = Folding.of(model);
        List<Seen> seen = watch(steps, data);
        Quantization input = calibrator.choose(seen.get(0).numbers, ACTIVATIONS);
        List<IntegerStage> stages = new ArrayList<>();
        Quantization current = input;
        for (int i = 0; i < steps.size(); i++) {
            IntegerStage stage = stage(steps.get(i), seen.get(i), seen.get(i + 1), current, i == steps.size() - 1);
            stages.add(stage);
            if (stage instanceof IntegerConvolution sums) {
                current = sums.output().orElse(current);
            }
        }
        return new QuantizedNetwork(new IntegerNetwork(input, stages, seen.get(steps.size()).map));
    }

    /** What passed between two steps: the numbers, and the size of an image. */
    private static final class Seen {
        private final Observer numbers = new Observer();
        private Optional<IntegerMap.Size> size = Optional.empty();
        private boolean map;

        private void accept(Tensor x, boolean wanted) {
            size = Optional.of(IntegerMap.Size.of(x.shape()));
            map = x.rank() == 4;
            if (wanted) {
                numbers.accept(x);
            }
        }
    }

    private static List<Seen> watch(List<FoldedStep> steps, Iterable<Batch> data) {
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i <= steps.size(); i++) {
            seen.add(new Seen());
        }
        try (NoGrad scope = NoGrad.enter()) {
            for (Batch batch : data) {
                Tensor x = batch.input();
                seen.get(0).accept(x, true);
                for (int i = 0; i < steps.size(); i++) {
                    x = steps.get(i).forward(x);
                    seen.get(i + 1).accept(x, steps.get(i) instanceof FoldedStep.Sums);
                }
            }
        }
        if (seen.get(0).numbers.count() == 0) {
            throw new IllegalArgumentException("calibration: there is no batch in the data; give at least one");
        }
        return seen;
    }

    private IntegerStage stage(FoldedStep step, Seen before, Seen after, Quantization current, boolean last) {
        if (step instanceof FoldedStep.Largest largest) {
            return new IntegerMaxPool(largest.pool().rows(), largest.pool().columns());
        }
        if (step instanceof FoldedStep.Mean) {
            return new IntegerMean();
        }
        FoldedStep.Sums sums = (FoldedStep.Sums) step;
        Optional<Quantization> output =
                last ? Optional.empty() : Optional.of(calibrator.choose(after.numbers, ACTIVATIONS));
        IntegerMap.Size in = before.size.orElseThrow();
        Convolution windows = sums.convolution()
                .orElseGet(() -> new Convolution(Window.of(in.rows(), 1, 0), Window.of(in.columns(), 1, 0), 1));
        Tensor weight = sums.convolution().isPresent()
                ? sums.weight()
                : sums.weight().reshape(sums.weight().dim(0), in.channels(), in.rows(), in.columns());
        return new IntegerConvolution(
                weights.quantize(weight),
                bias(sums.bias(), output),
                windows.rows(),
                windows.columns(),
                current,
                output,
                sums.relu());
    }

    /** Rounded to what a file will hold: 16 bits where the results are integers that hardly notice, else single precision. */
    private static double[] bias(Tensor bias, Optional<Quantization> output) {
        double[] exact = bias.data();
        double[] half = Float16.round(bias).data();
        double most = output.map(integers -> TOLERABLE * integers.scale()).orElse(0.0);
        for (int o = 0; o < exact.length; o++) {
            if (!(Math.abs(half[o] - exact[o]) <= most)) {
                return Precision.FLOAT32.round(bias).data();
            }
        }
        return half;
    }
}
