// Yours: task 17.9. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/LossScaler.java.
package org.tinytorch.precision;

import java.util.Collection;
import java.util.Map;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Stateful;

/**
 * Keeps small gradients from vanishing in half precision (Micikevicius et al., 2018), like {@code torch.amp.GradScaler}: the loss is multiplied by a scale, so all gradients are; before the
 * step they are divided by it again.
 *
 * <pre>{@code
 * optimizer.zeroGrad();
 * scaler.scale(loss.forward(model.forward(x), y)).backward();
 * scaler.step(optimizer);
 * }</pre>
 *
 * <p>The scale finds its size by itself. If a gradient overflows, the step is skipped and the scale halved; after so many good steps in a row it is doubled.
 */
public final class LossScaler implements Stateful {
    private static final double INITIAL = 65536;
    private static final int GROWTH_INTERVAL = 2000;

    private final int growthInterval;
    private double scale;
    private int goodSteps;

    /** Begins with a scale of 65536, and doubles it after 2000 good steps: PyTorch's defaults. */
    public LossScaler() {
        this(INITIAL, GROWTH_INTERVAL);
    }

    /**
     * With other numbers.
     *
     * @param scale to begin with, at least 1
     * @param growthInterval how many good steps in a row double the scale, at least 1
     */
    public LossScaler(double scale, int growthInterval) {
        checkScale(scale);
        if (growthInterval < 1) {
            throw new IllegalArgumentException(
                    "lossScaler: a growth interval of " + growthInterval + " is not possible; use at least 1");
        }
        this.scale = scale;
        this.growthInterval = growthInterval;
    }

    private static void checkScale(double scale) {
        if (!(scale >= 1) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException(
                    "lossScaler: a scale of " + scale + " is not possible; use at least 1, for example 65536");
        }
    }

    /** The scale as it is now. */
    public double scale() {
        return scale;
    }

    /** The loss times the scale, to call {@code backward()} on. */
    public Tensor scale(Tensor loss) {
        return loss.mul(scale);
    }

    /**
     * Divides all gradients by the scale, in place, and lets the optimiser make its step; or skips it, if a gradient is NaN or infinite.
     *
     * <p>Then the scale: half of it, but at least 1, after an overflow; twice after the last of so many good steps. With an interval of 2 and a scale of 8: good, good → 16; bad → 8.
     *
     * @return whether the step was made
     */
    public boolean step(Optimizer optimizer) {
        boolean finite = optimizer.parameters().stream()
                .flatMap(parameter -> parameter.grad().stream())
                .allMatch(LossScaler::isFinite);
        // region Task 17.9: gradients too small for sixteen bits
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 17.9
        throw new UnsupportedOperationException(
                "Task 17.9: gradients too small for sixteen bits is not written yet: ./tito hint 17.9");
        // endregion
    }

    private static boolean isFinite(Tensor gradient) {
        for (double number : gradient.data()) {
            if (!Double.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    private void divide(Collection<Tensor> parameters) {
        for (Tensor parameter : parameters) {
            parameter.grad().ifPresent(gradient -> {
                double[] numbers = gradient.mutableData();
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] /= scale;
                }
            });
        }
    }

    /** {@code scale} and {@code good_steps}. */
    @Override
    public Map<String, Tensor> stateDict() {
        return Map.of("scale", Tensors.scalar(scale), "good_steps", Tensors.scalar(goodSteps));
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
        if (!state.keySet().equals(stateDict().keySet())) {
            throw new IllegalArgumentException("lossScaler: a state of " + state.keySet() + " does not fit; it needs "
                    + stateDict().keySet());
        }
        double saved = state.get("scale").item();
        checkScale(saved);
        double steps = state.get("good_steps").item();
        if (!(steps >= 0 && steps == Math.rint(steps))) {
            throw new IllegalArgumentException("lossScaler: " + steps
                    + " good steps are not possible; the state is of something else, or corrupt");
        }
        goodSteps = (int) steps;
        scale = saved;
    }
}
