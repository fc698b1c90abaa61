package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.Saved;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The memory of a gradient that has been sent on is used again during the same pass, and never while somebody still needs it. */
class InteriorGradientsTest {
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

    private static double[] gradient(Backend backend, List<Integer> steps) {
        Backend before = Backend.use(backend);
        try {
            Tensor x = Tensors.randn(new Generator(1), ROWS, COLUMNS).requiresGrad(true);
            for (int round = 0; round < 2; round++) { // the second round finds used memory
                x.zeroGrad();
                List<Tensor> reached = new ArrayList<>(List.of(x));
                for (int step : steps) {
                    Tensor last = reached.get(reached.size() - 1);
                    Tensor next = STEPS.get(step % STEPS.size()).apply(last);
                    boolean residual = step >= STEPS.size();
                    reached.add(residual ? next.add(reached.get(reached.size() / 2)) : next);
                }
                reached.get(reached.size() - 1).square().mean().backward();
            }
            return x.grad().orElseThrow().data().clone();
        } finally {
            Backend.use(before);
        }
    }

    @Property(tries = 100)
    void gradientsAreThoseWithoutUsingMemoryAgain(
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 15) Integer> steps) {
        double[] expected = gradient(Backend.reference(), steps);
        double[] actual = gradient(new VectorBackend(), steps);

        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-9));
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

    @Test
    void whoKeepsAGradientOfAnInteriorResultLearnsThatItIsGone() {
        Backend before = Backend.use(new VectorBackend());
        try {
            Tensor x = Tensors.randn(new Generator(1), ROWS, COLUMNS).requiresGrad(true);
            Spy spy = new Spy();
            Activations.tanh(spy.apply(x)).sum().backward();

            assertThatThrownBy(spy.seen::data)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the backward pass gave its memory back");
            assertThat(x.grad().orElseThrow().data()).hasSize(ROWS * COLUMNS);
        } finally {
            Backend.use(before);
        }
    }
}
