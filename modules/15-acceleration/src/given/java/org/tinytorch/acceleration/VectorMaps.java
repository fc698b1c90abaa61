// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/VectorMaps.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.Gelu;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Sigmoid;
import org.tinytorch.activation.Silu;
import org.tinytorch.activation.Tanh;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Unary;

/** Functions of every element, the longer ones with {@link VectorMath}. */
final class VectorMaps implements Kernels {
    /** Fewer elements are done before the arrays are looked up. */
    static final int SMALL = 32;

    /** Elements of an exponential and its like that take some three times as long as handing a part to another thread. */
    private static final int WORTH_A_THREAD = 4096;

    /** The same for a comparison. */
    private static final int CHEAP_WORTH_A_THREAD = 65_536;

    private static final Set<Unary> CHEAP =
            EnumSet.of(Unary.NEG, Unary.ABS, Unary.SQUARE, Unary.SQRT, Unary.RECIPROCAL);

    /** Parts begin at a multiple of this, so that each but the last has whole vectors only. */
    private static final int GRAIN = 512;

    private final Workers workers;
    private final int fewest;

    /** @param fewest elements that are worth it, at least 1; {@link #SMALL} but for tests */
    VectorMaps(Workers workers, int fewest) {
        this.workers = workers;
        this.fewest = fewest;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (inputs[0].size() < fewest) {
            return Optional.empty();
        }
        if (op instanceof Activation.Gradient gradient) {
            return sameSizes(inputs) ? gradient(gradient.activation(), inputs) : Optional.empty();
        }
        return loop(op).map(loop -> map(loop, inputs[0], isCheap(op) ? CHEAP_WORTH_A_THREAD : WORTH_A_THREAD));
    }

    /** The loop of an operation. */
    private static Optional<UnaryLoops.Loop> loop(Operation op) {
        if (op instanceof Unary unary) {
            return switch (unary) {
                case EXP -> Optional.of(UnaryLoops::exp);
                case LOG -> Optional.of(UnaryLoops::log);
                case TANH -> Optional.of(UnaryLoops::tanh);
                case ERF -> Optional.of(UnaryLoops::erf);
                case NEG -> Optional.of(PlainLoops::negate);
                case ABS -> Optional.of(PlainLoops::abs);
                case SQUARE -> Optional.of(PlainLoops::square);
                case SQRT -> Optional.of(PlainLoops::sqrt);
                case RECIPROCAL -> Optional.of(PlainLoops::reciprocal);
                default -> Optional.empty();
            };
        }
        if (op instanceof Tanh) {
            return Optional.of(UnaryLoops::tanh);
        }
        if (op instanceof Sigmoid) {
            return Optional.of(UnaryLoops::sigmoid);
        }
        if (op instanceof Silu) {
            return Optional.of(UnaryLoops::silu);
        }
        if (op instanceof Relu) {
            return Optional.of(PlainLoops::relu);
        }
        if (op instanceof Gelu) {
            return Optional.of(UnaryLoops::gelu);
        }
        return Optional.empty();
    }

    /** Those that are functions of x alone. */
    private static Optional<UnaryLoops.Loop> slopeLoop(Activation activation) {
        if (activation instanceof Relu) {
            return Optional.of(UnaryLoops::reluSlope);
        }
        return activation instanceof Gelu ? Optional.of(UnaryLoops::geluSlope) : Optional.empty();
    }

    /** The loop of a slope that is a function of the activation's output alone. */
    private static Optional<UnaryLoops.Loop> slopeOfOutput(Activation activation) {
        if (activation instanceof Tanh) {
            return Optional.of(PlainLoops::tanhSlope);
        }
        return activation instanceof Sigmoid ? Optional.of(PlainLoops::sigmoidSlope) : Optional.empty();
    }

    private static boolean sameSizes(Tensor... inputs) {
        return inputs[0].size() == inputs[1].size() && inputs[0].size() == inputs[2].size();
    }

    /** The slope times the gradient of the output, block by block, so that the slopes are still in the cache. */
    private Optional<Tensor> gradient(Activation activation, Tensor... inputs) {
        Tensor g = inputs[2];
        return slopeLoop(activation)
                .map(loop -> gradient(loop, inputs[0], g, isCheap(activation)))
                .or(() -> slopeOfOutput(activation).map(loop -> gradient(loop, inputs[1], g, true)));
    }

    private Tensor gradient(UnaryLoops.Loop slope, Tensor input, Tensor gradient, boolean cheap) {
        double[] x = input.data();
        double[] g = gradient.data();
        double[] out = Results.array(x.length);
        share(x.length, cheap ? CHEAP_WORTH_A_THREAD : WORTH_A_THREAD, (from, to) -> {
            for (int at = from; at < to; at += GRAIN) {
                int length = Math.min(GRAIN, to - at);
                UnaryLoops.run(slope, x, at, out, at, length);
                PlainLoops.multiply(out, at, g, at, out, at, length);
            }
        });
        return Results.tensor(out, input.shape());
    }

    private static boolean isCheap(Operation op) {
        return op instanceof Relu || (op instanceof Unary unary && CHEAP.contains(unary));
    }

    private Tensor map(UnaryLoops.Loop loop, Tensor input, int worthAThread) {
        double[] x = input.data();
        double[] out = Results.array(x.length);
        share(x.length, worthAThread, (from, to) -> UnaryLoops.run(loop, x, from, out, from, to - from));
        return Results.tensor(out, input.shape());
    }

    /** Cuts {@code 0 … size − 1} into parts that begin at a grain. */
    private void share(int size, int worthAThread, Workers.Range range) {
        int grains = (size + GRAIN - 1) / GRAIN;
        workers.share(grains, size / worthAThread, (from, to) -> range.run(from * GRAIN, Math.min(size, to * GRAIN)));
    }
}
