package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ForwardHookTest {
    private final List<String> seen = new ArrayList<>();
    private final Tensor x = Tensors.ones(1, 2);

    /** Notes all it is told. */
    private final ForwardHook everything = new ForwardHook() {
        @Override
        public void before(String path, Layer layer, Tensor input) {
            seen.add("before " + layer.kind() + input.shape());
        }

        @Override
        public void after(String path, Layer layer, Tensor input, Tensor output) {
            seen.add("after " + layer.kind());
        }

        @Override
        public void failed(String path, Layer layer) {
            seen.add("failed " + path + ":" + layer.kind());
        }
    };

    private void note(String path, Layer layer, Tensor input, Tensor output) {
        seen.add(path + ":" + layer.kind() + input.shape() + output.shape());
    }

    @Test
    void seesInputAndOutputOfItsLayer() {
        Layer layer = new Linear(2, 3, new Generator(1));
        List<Tensor> outputs = new ArrayList<>();
        layer.onForward((path, which, input, output) -> {
            assertThat(input).isSameAs(x);
            outputs.add(output);
        });

        Tensor y = layer.forward(x);

        assertThat(outputs).containsExactly(y);
    }

    @Test
    void onEachLayerReportsPathsFromTheInsideOut() {
        Layer model = new Sequential(new Sequential(new Linear(2, 3, new Generator(1))), new Tanh());
        model.onEachForward(this::note);

        model.forward(x);

        assertThat(seen)
                .containsExactly(
                        "0.0:Linear(1, 2)(1, 3)",
                        "0:Sequential(1, 2)(1, 3)",
                        "1:Tanh(1, 3)(1, 3)",
                        ":Sequential(1, 2)(1, 3)");
    }

    @Test
    void isToldBeforeFromTheOutsideInAndAfterFromTheInsideOut() {
        Layer model = new Sequential(new Tanh());
        model.onEachForward(everything);

        model.forward(x);

        assertThat(seen)
                .containsExactly("before Sequential(1, 2)", "before Tanh(1, 2)", "after Tanh", "after Sequential");
    }

    private static final class Broken extends Layer {
        @Override
        protected Tensor compute(Tensor input) {
            throw new IllegalStateException("broken layer");
        }
    }

    /** Goes on with its input if its child fails. */
    private static final class Patient extends Layer {
        private Patient(Layer inner) {
            child("inner", inner);
        }

        @Override
        protected Tensor compute(Tensor input) {
            try {
                return child("inner").forward(input);
            } catch (IllegalStateException broken) {
                return input;
            }
        }
    }

    @Test
    void isToldOfAFailureFromTheInsideOut() {
        Layer model = new Sequential(new Tanh(), new Sequential(new Broken()), new Tanh());
        model.onEachForward(everything);

        assertThatThrownBy(() -> model.forward(x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken layer");

        assertThat(seen)
                .containsExactly(
                        "before Sequential(1, 2)",
                        "before Tanh(1, 2)",
                        "after Tanh",
                        "before Sequential(1, 2)",
                        "before Broken(1, 2)",
                        "failed 1.0:Broken",
                        "failed 1:Sequential",
                        "failed :Sequential");
    }

    @Test
    void aFailureThatIsCaughtIsNoFailureOfTheLayersAround() {
        Layer model = new Patient(new Broken());
        model.onEachForward(everything);

        assertThat(model.forward(x)).isSameAs(x);
        assertThat(seen)
                .containsExactly("before Patient(1, 2)", "before Broken(1, 2)", "failed inner:Broken", "after Patient");
    }

    @Test
    void isToldIfAnotherHookFails() {
        Layer layer = new Tanh();
        layer.onForward((path, which, input, output) -> {
            throw new IllegalStateException("broken hook");
        });
        layer.onForward(everything);

        assertThatThrownBy(() -> layer.forward(x)).hasMessage("broken hook");

        assertThat(seen).containsExactly("before Tanh(1, 2)", "failed :Tanh");
    }

    @Test
    void anErrorIsToldToo() {
        Layer layer = new Layer() {
            @Override
            protected Tensor compute(Tensor input) {
                throw new OutOfMemoryError("made up");
            }
        };
        layer.onForward(everything);

        assertThatThrownBy(() -> layer.forward(x)).isInstanceOf(OutOfMemoryError.class);

        assertThat(seen).containsExactly("before Layer(1, 2)", "failed :Layer");
    }

    @Test
    void closingTheHandleEndsIt() {
        Layer model = new Sequential(new Tanh());
        try (ForwardHook.Handle handle = model.onEachForward(this::note)) {
            model.forward(x);
        }

        model.forward(x);

        assertThat(seen).hasSize(2);
    }

    @Test
    void oneOfTwoRegistrationsCanBeClosedTwiceWithoutHarmToTheOther() {
        Layer layer = new Tanh();
        ForwardHook hook = this::note;
        ForwardHook.Handle first = layer.onForward(hook);
        layer.onForward(hook);

        first.close();
        first.close();
        layer.forward(x);

        assertThat(seen).hasSize(1);
    }

    @Test
    void aHookMayTakeItselfAway() {
        Layer layer = new Tanh();
        List<ForwardHook.Handle> handles = new ArrayList<>();
        handles.add(
                layer.onForward((path, which, input, output) -> handles.get(0).close()));
        layer.onForward(this::note);

        layer.forward(x);
        layer.forward(x);

        assertThat(seen).as("the other hook is called each time").hasSize(2);
    }
}
