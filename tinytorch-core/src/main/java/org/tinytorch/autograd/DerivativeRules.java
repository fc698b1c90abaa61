package org.tinytorch.autograd;

import java.util.List;
import java.util.stream.IntStream;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Softmax;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.Clamp;
import org.tinytorch.tensor.Concat;
import org.tinytorch.tensor.CumSum;
import org.tinytorch.tensor.Expand;
import org.tinytorch.tensor.Gather;
import org.tinytorch.tensor.IndexSelect;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Pad;
import org.tinytorch.tensor.Permute;
import org.tinytorch.tensor.ProdOfOthers;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Reshape;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Slice;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Triangle;
import org.tinytorch.tensor.Unary;
import org.tinytorch.tensor.Unslice;
import org.tinytorch.tensor.Where;

/**
 * The derivative of every built-in operation: the whole table. Each rule gives the gradient of one input from {@code g}, the gradient of the output.
 *
 * <p>A rule may leave its gradient in the shape that an input was broadcast to; the {@link BackwardPass} sums it back.
 */
final class DerivativeRules {
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    private DerivativeRules() {}

    /**
     * The rules of an operation, one per input.
     *
     * @throws IllegalStateException if there are none; raised while recording, where the caller's stack trace is
     */
    static List<Rule> of(Operation op, int inputs) {
        if (op instanceof Activation f) {
            return List.of((s, g) -> f.gradient(s.input(0), s.output(), g));
        } else if (op instanceof Unary f) {
            return List.of(unary(f));
        } else if (op instanceof Binary f) {
            return binary(f);
        } else if (op instanceof MatMul product) {
            return matMul(product);
        } else if (op instanceof Reduce reduction) {
            return List.of(reduce(reduction));
        } else if (op instanceof Softmax f) {
            return List.of((s, g) -> f.gradient(s.output(), g));
        } else if (op instanceof LogSoftmax f) {
            return List.of((s, g) -> f.gradient(s.output(), g));
        } else if (op instanceof Clamp c) {
            return List.of((s, g) -> Tensors.where(inside(c, s.input(0)), g, Tensors.scalar(0)));
        } else if (op instanceof CumSum c) {
            return List.of((s, g) -> Operation.run(new CumSum(c.axis(), !c.reverse()), g));
        } else if (op instanceof Reshape) {
            return List.of((s, g) -> g.reshape(s.shape(0)));
        } else if (op instanceof Expand) {
            return List.of((s, g) -> g);
        } else if (op instanceof Permute permutation) {
            return List.of((s, g) -> Operation.run(permutation.inverse(), g));
        } else if (op instanceof Slice slice) {
            return List.of((s, g) -> Operation.run(new Unslice(slice, s.shape(0)), g));
        } else if (op instanceof Pad pad) {
            return List.of((s, g) ->
                    g.slice(pad.axis(), pad.before(), pad.before() + s.shape(0).dim(pad.axis())));
        } else if (op instanceof Triangle triangle) {
            return List.of((s, g) -> Operation.run(triangle, g));
        } else if (op instanceof Concat join) {
            return IntStream.range(0, inputs)
                    .mapToObj(i -> concat(join.axis(), i))
                    .toList();
        } else if (op instanceof Where) {
            return List.of(
                    Rule.NONE,
                    (s, g) -> Operation.run(op, s.input(0), g, Tensors.zeros(g.shape())),
                    (s, g) -> Operation.run(op, s.input(0), Tensors.zeros(g.shape()), g));
        } else if (op instanceof IndexSelect pick) {
            return List.of(
                    (s, g) -> Operation.run(new IndexSelect.Scatter(pick.axis(), s.shape(0)), g, s.input(1)),
                    Rule.NONE);
        } else if (op instanceof Gather pick) {
            return List.of(
                    (s, g) -> Operation.run(new Gather.Scatter(pick.axis(), s.shape(0)), g, s.input(1)), Rule.NONE);
        }
        throw new IllegalStateException(
                "autograd: operation " + op + " has no derivative rule; add one to DerivativeRules, write it as an"
                        + " autograd.Function, or let differentiable() return false");
    }

    /** d f(x): the gradient times the slope at each element. */
    private static Rule unary(Unary f) {
        // region Task 7.3: derivatives of the elementary functions
        return switch (f) {
            case NEG -> (s, g) -> g.neg();
            case ABS -> (s, g) -> g.mul(s.input(0).sign());
            case SIGN -> (s, g) -> Tensors.zeros(g.shape());
            case EXP -> (s, g) -> g.mul(s.output());
            case LOG -> (s, g) -> g.div(s.input(0));
            case SQRT -> (s, g) -> g.div(s.output().mul(2));
            case SQUARE -> (s, g) -> g.mul(s.input(0).mul(2));
            case RECIPROCAL -> (s, g) -> g.mul(s.output().square().neg());
            case SIN -> (s, g) -> g.mul(s.input(0).cos());
            case COS -> (s, g) -> g.mul(s.input(0).sin().neg());
            case TANH -> (s, g) -> g.mul(s.output().square().neg().add(1));
            case ERF -> (s, g) -> g.mul(s.input(0).square().neg().exp().mul(TWO_OVER_SQRT_PI));
        };
        // endregion
    }

    /** The two partial derivatives of a function of two numbers. Equal arguments of max and min share the gradient. */
    private static List<Rule> binary(Binary f) {
        // region Task 7.4: derivatives of the arithmetic
        return switch (f) {
            case ADD -> List.of((s, g) -> g, (s, g) -> g);
            case SUB -> List.of((s, g) -> g, (s, g) -> g.neg());
            case MUL -> List.of((s, g) -> g.mul(s.input(1)), (s, g) -> g.mul(s.input(0)));
            case DIV ->
                List.of(
                        (s, g) -> g.div(s.input(1)),
                        (s, g) -> g.mul(s.output().div(s.input(1)).neg()));
            case POW -> List.of(DerivativeRules::powBase, DerivativeRules::powExponent);
            case MAX ->
                List.of(
                        (s, g) -> g.mul(share(s.input(0).gt(s.input(1)), s)),
                        (s, g) -> g.mul(share(s.input(1).gt(s.input(0)), s)));
            case MIN ->
                List.of(
                        (s, g) -> g.mul(share(s.input(0).lt(s.input(1)), s)),
                        (s, g) -> g.mul(share(s.input(1).lt(s.input(0)), s)));
        };
        // endregion
    }

    private static Tensor inside(Clamp clamp, Tensor x) {
        return x.ge(clamp.low()).mul(x.le(clamp.high()));
    }

    private static Tensor share(Tensor wins, Saved s) {
        return wins.add(s.input(0).eq(s.input(1)).mul(0.5));
    }

    /** {@code p x^(p−1)}, and 0 where p is 0, even at x = 0. */
    private static Tensor powBase(Saved s, Tensor g) {
        Tensor p = s.input(1);
        Tensor slope = p.mul(s.input(0).pow(p.sub(1)));
        return g.mul(Tensors.where(p.eq(0), Tensors.scalar(0), slope));
    }

    /** {@code x^p log x}, and 0 where x is 0 and p is not negative. */
    private static Tensor powExponent(Saved s, Tensor g) {
        Tensor flat = s.input(0).eq(0).mul(s.input(1).ge(0));
        Tensor slope = s.output().mul(s.input(0).log());
        return g.mul(Tensors.where(flat, Tensors.scalar(0), slope));
    }

    /** With C = A·B: dA = G·Bᵀ and dB = Aᵀ·G, and the same read through the transpositions. */
    private static List<Rule> matMul(MatMul product) {
        boolean ta = product.transposeA();
        boolean tb = product.transposeB();
        // region Task 7.5: derivative of the matrix product
        Rule left = (s, g) -> ta ? MatMul.of(s.input(1), tb, g, true) : MatMul.of(g, false, s.input(1), !tb);
        Rule right = (s, g) -> tb ? MatMul.of(g, true, s.input(0), ta) : MatMul.of(s.input(0), !ta, g, false);
        return List.of(left, right);
        // endregion
    }

    /** Sum: everyone gets g. Product: g times all the others. Max and min: the winners share g. */
    private static Rule reduce(Reduce reduction) {
        // region Task 7.6: derivative of sum, product and maximum
        return switch (reduction.kind()) {
            case SUM -> (s, g) -> g.reshape(reduction.kept(s.shape(0))).expand(s.shape(0));
            case PROD ->
                (s, g) -> Operation.run(new ProdOfOthers(reduction), s.input(0))
                        .mul(g.reshape(reduction.kept(s.shape(0))));
            case MAX, MIN ->
                (s, g) -> {
                    Shape kept = reduction.kept(s.shape(0));
                    Tensor winners = s.input(0).eq(s.output().reshape(kept));
                    Tensor count = Reduce.sumTo(winners, kept);
                    return winners.mul(g.reshape(kept).div(count));
                };
        };
        // endregion
    }

    /** The part of g that belongs to input i. */
    private static Rule concat(int axis, int i) {
        return (s, g) -> {
            int start = IntStream.range(0, i)
                    .map(before -> s.shape(before).dim(axis))
                    .sum();
            return g.slice(axis, start, start + s.shape(i).dim(axis));
        };
    }
}
