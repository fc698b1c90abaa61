package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.autograd.Function;
import org.tinytorch.autograd.ReuseMemory;
import org.tinytorch.autograd.Saved;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.ForwardHook;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Trainer;

/** Within a scope of ReuseMemory, results are used again once they were sent backward; never earlier, and never unnoticed. */
class ReuseMemoryTest {
    /** A square of more numbers than the least that is used again. */
    private static final int SIDE = 72;

    private Backend before = Backend.reference();

    @BeforeEach
    void plugIn() {
        before = Backend.use(new VectorBackend());
    }

    @AfterEach
    void unplug() {
        Backend.use(before);
    }

    private static Tensor square(long seed) {
        return Tensors.randn(new Generator(seed), SIDE, SIDE);
    }

    /** The gradient of the second of two steps, whose results find the memory of the first. */
    private static double[] gradient(boolean reuse, UnaryOperator<Tensor> computation) {
        Tensor x = square(1).requiresGrad(true);
        for (int step = 0; step < 2; step++) {
            x.zeroGrad();
            Tensor loss = computation.apply(x).square().mean();
            if (reuse) {
                try (ReuseMemory scope = ReuseMemory.enter()) {
                    loss.backward();
                }
            } else {
                loss.backward();
            }
        }
        return x.grad().orElseThrow().data().clone();
    }

    private static void sameGradient(UnaryOperator<Tensor> computation) {
        assertThat(gradient(true, computation)).isEqualTo(gradient(false, computation));
    }

    @Test
    void gradientsAreThoseWithoutIt() {
        Tensor weight = square(2);
        sameGradient(x -> Activations.tanh(x.matmul(weight)).matmul(weight));
        sameGradient(x -> {
            Tensor product = x.matmul(weight);
            return Activations.tanh(product).add(product.mul(Activations.sigmoid(product)));
        });
        sameGradient(x ->
                x.matmul(weight).reshape(SIDE * SIDE).mul(2).reshape(SIDE, SIDE).add(x));
        sameGradient(x -> Activations.tanh(x.matmul(weight)).transpose().matmul(weight));
    }

    /** Its gradient is a result that others hold. */
    private static final class PassesAResult extends Function {
        private final boolean output;

        PassesAResult(boolean output) {
            this.output = output;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return Activations.tanh(inputs[0]);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {output ? saved.output() : saved.input(0)};
        }
    }

    @Test
    void aResultThatIsPassedOnAsAGradientIsCopied() {
        Tensor weight = square(2);
        for (boolean output : new boolean[] {true, false}) {
            sameGradient(x -> new PassesAResult(output).apply(Activations.tanh(x.matmul(weight))));
        }
    }

    private static Tensor[] sentBackward(boolean reuse, boolean retainGraph) {
        Tensor x = square(1).requiresGrad(true);
        Tensor inner = x.matmul(square(2));
        Tensor root = Activations.tanh(inner);
        if (reuse) {
            try (ReuseMemory scope = ReuseMemory.enter()) {
                root.backward(Tensors.ones(root.shape()), retainGraph);
            }
        } else {
            root.backward(Tensors.ones(root.shape()), retainGraph);
        }
        return new Tensor[] {inner, root};
    }

    @Test
    void whoLooksAtAResultLearnsThatItIsGone() {
        Tensor inner = sentBackward(true, false)[0];

        assertThatThrownBy(inner::data)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a result on the way of a Trainer's backward pass")
                .hasMessageContaining("copy() what is to live on");
    }

    @Test
    void theLastResultStays() {
        assertThat(sentBackward(true, false)[1].data()).hasSize(SIDE * SIDE);
    }

    @Test
    void aGraphThatIsKeptKeepsItsResults() {
        assertThat(sentBackward(true, true)[0].data()).hasSize(SIDE * SIDE);
    }

    @Test
    void outsideTheScopeResultsStay() {
        assertThat(sentBackward(false, false)[0].data()).hasSize(SIDE * SIDE);
        assertThat(ReuseMemory.isActive()).as("whether a scope is still open").isFalse();
    }

    @Test
    void aTrainerTrainsInSuchAScope() {
        Generator generator = new Generator(3);
        Layer model = new Sequential(new Linear(SIDE, SIDE, generator), new Tanh(), new Linear(SIDE, SIDE, generator));
        Tensor[] kept = new Tensor[1];
        try (ForwardHook.Handle handle = model.child("0").onForward((path, layer, x, y) -> kept[0] = y)) {
            Trainer.builder(model, new MseLoss(), new Sgd(model.parameters(), 0.01))
                    .build()
                    .fit(Batches.of(square(4), square(5), SIDE), 1);
        }

        assertThatThrownBy(kept[0]::data)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("copy() what is to live on");
    }
}
