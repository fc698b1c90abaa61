package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class LayerStateTest {
    /** Has a parameter and a buffer of its own. */
    private static final class Counter extends Layer {
        private Counter() {
            parameter("scale", new Parameter(Tensors.ones(2)));
            buffer("count", Tensors.scalar(0));
        }

        @Override
        protected Tensor compute(Tensor x) {
            return x;
        }
    }

    private static Sequential model(long seed) {
        return new Sequential(new Linear(2, 2, new Generator(seed)), new Counter());
    }

    @Test
    void holdsParametersAndBuffersByDottedName() {
        assertThat(model(1).stateDict().keySet()).containsExactly("0.weight", "0.bias", "1.scale", "1.count");
    }

    @Test
    void isLive() {
        Sequential model = model(1);
        Map<String, Tensor> state = model.stateDict();

        state.get("0.bias").set(7, 1);

        assertThat(((Linear) model.get(0)).bias().orElseThrow().get(1)).isEqualTo(7);
        assertThat(state.get("0.bias").requiresGrad())
                .as("a saved tensor does not learn")
                .isFalse();
    }

    @Test
    void loadingMakesTwoModelsEqual() {
        Sequential source = model(1);
        Sequential target = model(2);
        Tensor x = Tensors.of(new double[][] {{1, 2}, {3, 4}});
        assertThat(target.forward(x).allClose(source.forward(x))).as("before").isFalse();

        target.loadStateDict(source.stateDict());

        assertThat(target.forward(x).data()).containsExactly(source.forward(x).data());
    }

    @Test
    void loadingCopies() {
        Sequential source = model(1);
        Sequential target = model(2);
        target.loadStateDict(source.stateDict());

        source.stateDict().get("0.bias").fill(9);

        assertThat(target.stateDict().get("0.bias").data()).doesNotContain(9);
    }

    @Test
    void everyProblemIsListedAndNothingIsLoaded() {
        Sequential model = model(1);
        double[] before = model.stateDict().get("0.bias").data().clone();
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("0.bias", Tensors.zeros(2));
        state.put("0.weight", Tensors.zeros(3, 2));
        state.put("1.scale", Tensors.zeros(1, 2));
        state.put("2.weight", Tensors.zeros(1));

        assertThatThrownBy(() -> model.loadStateDict(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "loadStateDict: missing: 1.count; unexpected: 2.weight; shapes differ: 0.weight is (2, 2) here but (3, 2) there, "
                                + "1.scale is (2,) here but (1, 2) there; nothing was loaded");
        assertThat(model.stateDict().get("0.bias").data()).containsExactly(before);
    }
}
