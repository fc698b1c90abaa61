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
        return inputs[0].size() < fewest
                ? Optional.empty()
                : loop(op).map(loop -> map(loop, inputs[0], worthAThread(op)))
                        .or(() -> loopOfOutput(op).map(loop -> map(loop, inputs[1], CHEAP_WORTH_A_THREAD)));
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
        return op instanceof Activation.Slope slope ? slopeLoop(slope.activation()) : Optional.empty();
    }

    /** Those that are functions of x alone. */
    private static Optional<UnaryLoops.Loop> slopeLoop(Activation activation) {
        if (activation instanceof Relu) {
            return Optional.of(PlainLoops::reluSlope);
        }
        return activation instanceof Gelu ? Optional.of(UnaryLoops::geluSlope) : Optional.empty();
    }

    /** The loop of a slope that is a function of the activation's output alone. */
    private static Optional<UnaryLoops.Loop> loopOfOutput(Operation op) {
        if (!(op instanceof Activation.Slope slope)) {
            return Optional.empty();
        }
        if (slope.activation() instanceof Tanh) {
            return Optional.of(PlainLoops::tanhSlope);
        }
        return slope.activation() instanceof Sigmoid ? Optional.of(PlainLoops::sigmoidSlope) : Optional.empty();
    }

    private static int worthAThread(Operation op) {
        boolean cheap = op instanceof Relu
                || (op instanceof Unary unary && CHEAP.contains(unary))
                || (op instanceof Activation.Slope slope && slope.activation() instanceof Relu);
        return cheap ? CHEAP_WORTH_A_THREAD : WORTH_A_THREAD;
    }

    private Tensor map(UnaryLoops.Loop loop, Tensor input, int worthAThread) {
        int size = input.size();
        double[] x = input.data();
        double[] out = Results.array(size);
        int parts = Math.max(1, Math.min(workers.threads(), size / worthAThread));
        int grains = (size + GRAIN - 1) / GRAIN;
        workers.run(parts, part -> {
            int from = (int) ((long) grains * part / parts) * GRAIN;
            int to = Math.min(size, (int) ((long) grains * (part + 1) / parts) * GRAIN);
            UnaryLoops.run(loop, x, from, out, from, to - from);
        });
        return Results.tensor(out, input.shape());
    }
}
