// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/FakeQuantize.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.List;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Lets a model feel quantisation while it learns: rounds to what small integers can represent, and computes on in double precision, like {@code torch.ao.quantization.FakeQuantize} with a
 * {@code MovingAverageMinMaxObserver}. Gradients pass straight through where a number was rounded, and are 0 where it was beyond the range.
 *
 * <p>In training mode the range follows the smallest and the largest number of each batch as a moving average, {@code min ← min + momentum · (batch's min − min)}; the first batch sets it.
 * In evaluation mode it stays. It is saved with the model, as the buffers {@code min}, {@code max} and {@code batches}.
 */
public final class FakeQuantize extends Layer {
    private static final double MOMENTUM = 0.01;

    private final Quantizer quantizer;
    private final double momentum;
    private final Tensor min = buffer("min", Tensors.scalar(0));
    private final Tensor max = buffer("max", Tensors.scalar(0));
    private final Tensor batches = buffer("batches", Tensors.scalar(0));

    /** With a momentum of 0.01, PyTorch's default. */
    public FakeQuantize(Quantizer quantizer) {
        this(quantizer, MOMENTUM);
    }

    /**
     * With a momentum.
     *
     * @param quantizer per tensor
     * @param momentum how much each batch counts, above 0 and up to 1
     * @throws IllegalArgumentException if the quantizer is not per tensor, or the momentum out of its range
     */
    public FakeQuantize(Quantizer quantizer, double momentum) {
        if (!quantizer.isPerTensor()) {
            throw new IllegalArgumentException("fakeQuantize: a quantizer of " + quantizer
                    + " does not fit activations, whose channels are known only later; use perTensor()");
        }
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException("fakeQuantize: a momentum of " + momentum
                    + " is not possible; use more than 0, up to 1, for example 0.01");
        }
        this.quantizer = quantizer;
        this.momentum = momentum;
    }

    /** Whether a batch was seen in training mode. */
    boolean hasLearnt() {
        return batches.item() > 0;
    }

    /**
     * Scale and zero point for the range as it is now.
     *
     * @throws IllegalStateException if no batch was seen in training mode
     */
    public Quantization quantization() {
        if (!hasLearnt()) {
            throw new IllegalStateException(
                    "fakeQuantize: no range was learnt yet; send a batch through in training mode first");
        }
        return quantizer.choose(min.item(), max.item());
    }

    @Override
    protected Tensor compute(Tensor x) {
        if (isTraining()) {
            follow(x);
        }
        return new StraightThrough(List.of(quantization())).apply(x);
    }

    private void follow(Tensor x) {
        Finite.check("fakeQuantize", x);
        Range seen = range(x);
        double weight = hasLearnt() ? momentum : 1;
        min.fill(min.item() + weight * (seen.min() - min.item()));
        max.fill(max.item() + weight * (seen.max() - max.item()));
        batches.fill(batches.item() + 1);
    }

    private static Range range(Tensor x) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double number : x.data()) {
            least = Math.min(least, number);
            greatest = Math.max(greatest, number);
        }
        return new Range(least, greatest);
    }

    @Override
    protected String options() {
        return quantizer + ", momentum=" + momentum;
    }
}
