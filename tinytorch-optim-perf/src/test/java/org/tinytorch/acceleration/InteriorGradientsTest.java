package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.ReuseMemory;
import org.tinytorch.autograd.Saved;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The memory of a gradient that has been sent on is used again during the same pass, and never while somebody still needs it. */
class InteriorGradientsTest {
    private Backend before = Backend.reference();

    @BeforeEach
    void plugIn() {
        before = Backend.use(new VectorBackend());
    }

    @AfterEach
    void unplug() {
        Backend.use(before);
    }

    /** More numbers than the least that is used again. */
    private static final int ROWS = 70;

    private static final int COLUMNS = 65;

    /** Passes its gradient on, or shares it out, or makes a new one, or two from one. */
    private static final List<UnaryOperator<Tensor>> STEPS = List.of(
            t -> t.add(t),
            Activations::tanh,
            t -> t.mul(1.5),
            t -> t.mul(Activations.sigmoid(t)),
            t -> t.reshape(COLUMNS, ROWS).reshape(ROWS, COLUMNS),
            t -> t.sub(t.mean(true, 1)),
            t -> t.transpose(0, 1).transpose(0, 1),
            Activations::relu);

    /** What becomes of a result and what was computed before it: the step alone, with a residual connection, or with a second leaf added. */
    private static Tensor step(int step, List<Tensor> reached, Tensor other) {
        Tensor next = STEPS.get(step % STEPS.size()).apply(reached.get(reached.size() - 1));
        return switch (step / STEPS.size()) {
            case 0 -> next;
            case 1 -> next.add(reached.get(reached.size() / 2));
            default -> next.add(other.reshape(ROWS, COLUMNS));
        };
    }

    /** The gradients of two leaves after a second round, which finds used memory. */
    private static double[][] gradients(Backend backend, boolean reuse, List<Integer> steps) {
        Backend outside = Backend.use(backend);
        try {
            Tensor x = leaf();
            Tensor other = Tensors.randn(new Generator(2), COLUMNS, ROWS).requiresGrad(true);
            for (int round = 0; round < 2; round++) {
                x.zeroGrad();
                other.zeroGrad();
                List<Tensor> reached = new ArrayList<>(List.of(x));
                for (int step : steps) {
                    reached.add(step(step, reached, other));
                }
                Tensor root = reached.get(reached.size() - 1)
                        .add(other.reshape(ROWS, COLUMNS))
                        .square()
                        .mean();
                if (reuse) {
                    try (ReuseMemory scope = ReuseMemory.enter()) {
                        root.backward();
                    }
                } else {
                    root.backward();
                }
            }
            return new double[][] {
                x.grad().orElseThrow().data(), other.grad().orElseThrow().data()
            };
        } finally {
            Backend.use(outside);
        }
    }

    @Property(tries = 100)
    void gradientsAreThoseWithoutUsingMemoryAgain(
            @ForAll boolean reuse, @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 23) Integer> steps) {
        double[][] expected = gradients(Backend.reference(), false, steps);
        double[][] actual = gradients(new VectorBackend(), reuse, steps);

        for (int leaf = 0; leaf < expected.length; leaf++) {
            for (int i = 0; i < expected[leaf].length; i++) {
                assertThat(actual[leaf][i]).as("leaf %s at %s", leaf, i).isCloseTo(expected[leaf][i], within(1e-9));
            }
        }
    }

    /** Keeps what it was told not to keep. */
    private static final class Spy extends Function {
        private Tensor seen;

        @Override
        protected Tensor forward(Tensor... inputs) {
            return inputs[0].copy();
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            seen = g;
            return new Tensor[] {g.mul(2)};
        }
    }

    private static Tensor leaf() {
        return Tensors.randn(new Generator(1), ROWS, COLUMNS).requiresGrad(true);
    }

    @Test
    void whoKeepsAGradientOfAnInteriorResultLearnsThatItIsGone() {
        Tensor x = leaf();
        Spy spy = new Spy();
        spy.apply(x).matmul(Tensors.ones(COLUMNS, ROWS)).sum().backward(); // products are lent on every machine

        isGone(spy.seen);
        assertThat(x.grad().orElseThrow().data()).hasSize(ROWS * COLUMNS);
    }

    private static void isGone(Tensor gradient) {
        assertThatThrownBy(gradient::data)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the backward pass gave its memory back");
    }

    @Test
    void aGradientThatAReshapePassesOnIsDoneWithWhereItEnds() {
        Tensor x = leaf();
        Spy spy = new Spy();
        spy.apply(x)
                .reshape(COLUMNS, ROWS)
                .reshape(ROWS, COLUMNS)
                .matmul(Tensors.ones(COLUMNS, ROWS))
                .sum()
                .backward();

        isGone(spy.seen);
        assertThat(x.grad().orElseThrow().data()).containsOnly(2.0 * ROWS);
    }

    @Test
    void aGradientThatGoesTwoWaysIsDoneWithWhenBothHaveEnded() {
        Tensor x = leaf();
        Spy left = new Spy();
        Spy right = new Spy();
        Tensor sum = left.apply(x).add(right.apply(x.mul(1)).reshape(ROWS, COLUMNS));
        sum.matmul(Tensors.ones(COLUMNS, ROWS)).sum().backward();

        isGone(left.seen);
        isGone(right.seen);
        assertThat(x.grad().orElseThrow().data()).containsOnly(4.0 * ROWS);
    }

    @Test
    void aGradientThatGoesToTwoLeavesIsEachOnesOwn() {
        Tensor x = leaf();
        Tensor y = leaf();
        x.add(y.reshape(ROWS, COLUMNS))
                .matmul(Tensors.ones(COLUMNS, ROWS))
                .sum()
                .backward();
        x.zeroGrad();
        leaf().matmul(Tensors.randn(new Generator(2), COLUMNS, COLUMNS)); // would be written where x's was

        assertThat(y.grad().orElseThrow().data()).containsOnly(ROWS);
    }

    /** Its gradient is a tensor that others hold. */
    private static final class Passes extends Function {
        private final UnaryOperator<Tensor> forward;
        private final BiFunction<Saved, Tensor, Tensor> gradient;

        Passes(UnaryOperator<Tensor> forward, BiFunction<Saved, Tensor, Tensor> gradient) {
            this.forward = forward;
            this.gradient = gradient;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return forward.apply(inputs[0]);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {gradient.apply(saved, g)};
        }
    }

    @Test
    void aResultThatIsPassedOnAsAGradientStays() {
        Tensor y = new Passes(t -> t.mul(2), (saved, g) -> saved.output()).apply(Activations.tanh(leaf()));
        double[] before = y.data().clone();
        y.sum().backward();

        assertThat(y.data()).isEqualTo(before);
    }

    @Test
    void aViewMadeByHandKeepsItsMemory() {
        Tensor x = leaf();
        Tensor inner = new Passes(Tensor::copy, (saved, g) -> Tensors.of(g.data(), saved.shape(0))).apply(x.mul(3));
        Activations.tanh(Activations.tanh(inner)).sum().backward();
        Tensor again = leaf();
        Activations.tanh(Activations.tanh(again.mul(3))).sum().backward();

        assertThat(x.grad().orElseThrow().data())
                .isEqualTo(again.grad().orElseThrow().data());
    }

    @Test
    void aGraphThatIsKeptGivesTheSameGradientTwice() {
        Tensor x = leaf();
        Tensor inner = Activations.tanh(x.mul(2));
        Tensor sum = inner.add(inner.mul(inner)).sum();
        sum.backward(Tensors.ones(sum.shape()), true);
        double[] once = x.grad().orElseThrow().data().clone();
        sum.backward(Tensors.ones(sum.shape()), false);
        double[] twice = x.grad().orElseThrow().data();

        for (int i = 0; i < once.length; i++) {
            assertThat(twice[i]).isCloseTo(2 * once[i], within(1e-12));
        }
    }
}
