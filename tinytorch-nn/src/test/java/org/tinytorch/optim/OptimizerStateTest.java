package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Saving an optimiser and going on from there. */
class OptimizerStateTest {
    static final List<Function<List<Parameter>, Optimizer>> OPTIMIZERS = List.of(
            parameters -> new Sgd(parameters, 0.1),
            parameters -> new Sgd(parameters, 0.1).momentum(0.9).dampening(0.2).weightDecay(0.01),
            parameters -> new Adam(parameters, 0.01).betas(0.8, 0.9),
            parameters -> new AdamW(parameters, 0.01),
            parameters -> new RmsProp(parameters, 0.01),
            parameters -> new RmsProp(parameters, 0.01).momentum(0.9).centered());

    private static List<Parameter> parameters() {
        return List.of(new Parameter(Tensors.ones(2, 2)), Fixtures.parameter(1), Fixtures.parameter(5));
    }

    /** Steps with made-up gradients; the last parameter never gets one. */
    private static void train(Optimizer optimizer, List<Parameter> parameters, Generator generator, int steps) {
        for (int i = 0; i < steps; i++) {
            parameters
                    .subList(0, 2)
                    .forEach(parameter -> parameter.grad(
                            Tensors.randn(generator, parameter.shape().dims())));
            optimizer.step();
        }
    }

    @ParameterizedTest
    @FieldSource("OPTIMIZERS")
    void goingOnFromASavedStateGivesTheSameBits(Function<List<Parameter>, Optimizer> make) {
        List<Parameter> original = parameters();
        Optimizer optimizer = make.apply(original);
        Generator generator = new Generator(7);
        train(optimizer, original, generator, 5);
        optimizer.learningRate(0.05);
        Map<String, Tensor> saved = optimizer.stateDict();
        List<Parameter> resumed = new ArrayList<>();
        original.forEach(parameter -> resumed.add(new Parameter(parameter.copy())));
        Generator sameNumbers = new Generator(generator.state());
        train(optimizer, original, generator, 5);

        Optimizer other = make.apply(resumed);
        other.loadStateDict(saved);
        train(other, resumed, sameNumbers, 5);

        for (int i = 0; i < resumed.size(); i++) {
            assertThat(resumed.get(i).data())
                    .as("parameter " + i)
                    .containsExactly(original.get(i).data());
        }
        assertThat(other.stateDict().keySet()).isEqualTo(optimizer.stateDict().keySet());
    }

    @Test
    void keysNameGroupsAndParameters() {
        List<Parameter> parameters = parameters();
        Optimizer sgd = new Sgd(parameters, 0.1).momentum(0.9);
        train(sgd, parameters, new Generator(1), 1);
        Optimizer adam = new Adam(parameters, 0.1);
        train(adam, parameters, new Generator(1), 3);

        assertThat(sgd.stateDict().keySet())
                .containsExactly(
                        "group.0.lr",
                        "group.0.weightDecay",
                        "group.0.momentum",
                        "group.0.dampening",
                        "0.momentum",
                        "1.momentum");
        assertThat(sgd.stateDict().get("0.momentum").shape())
                .isEqualTo(parameters.get(0).shape());
        assertThat(adam.stateDict())
                .containsKeys("group.0.lr", "group.0.beta1", "0.step", "0.firstMoment", "0.secondMoment");
        assertThat(adam.stateDict().get("1.step").item()).isEqualTo(3);
    }

    @Test
    void aSavedStateDoesNotChangeLater() {
        List<Parameter> parameters = parameters();
        Optimizer sgd = new Sgd(parameters, 0.1).momentum(0.9);
        train(sgd, parameters, new Generator(1), 1);
        Map<String, Tensor> saved = sgd.stateDict();
        double before = saved.get("1.momentum").item();

        train(sgd, parameters, new Generator(2), 1);

        assertThat(saved.get("1.momentum").item()).isEqualTo(before);
    }

    @Test
    void loadingReplacesWhatWasRemembered() {
        List<Parameter> parameters = parameters();
        Optimizer sgd = new Sgd(parameters, 0.1).momentum(0.9);
        Map<String, Tensor> fresh = sgd.stateDict();
        train(sgd, parameters, new Generator(1), 1);

        sgd.loadStateDict(fresh);

        assertThat(sgd.stateDict()).doesNotContainKey("0.momentum");
    }

    @Test
    void everyProblemIsListedAndNothingIsLoaded() {
        List<Parameter> parameters = parameters();
        Optimizer adam = new Adam(parameters, 0.1);
        train(adam, parameters, new Generator(1), 2);
        Map<String, Tensor> before = adam.stateDict();
        Map<String, Tensor> broken = new LinkedHashMap<>(before);
        broken.put("group.0.lr", Tensors.scalar(-1));
        broken.remove("group.0.beta2");
        broken.put("0.firstMoment", Tensors.zeros(3));
        broken.put("0.step", Tensors.scalar(1.5));
        broken.remove("1.secondMoment");
        broken.put("9.step", Tensors.scalar(1));

        assertThatThrownBy(() -> adam.loadStateDict(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("adam: loadStateDict: ")
                .hasMessageContaining("group.0.lr is -1.0, which is out of range")
                .hasMessageContaining("missing: group.0.beta2")
                .hasMessageContaining("0.firstMoment is (2, 2) here but (3,) there")
                .hasMessageContaining("0.step is 1.5, which is not a number of steps")
                .hasMessageContaining("missing: 1.secondMoment")
                .hasMessageContaining("unexpected: 9.step")
                .hasMessageEndingWith("; nothing was loaded");
        assertThat(adam.stateDict().keySet()).isEqualTo(before.keySet());
        before.forEach((name, tensor) ->
                assertThat(adam.stateDict().get(name).data()).as(name).containsExactly(tensor.data()));
    }

    @Test
    void halfOfWhatIsRememberedIsNotEnough() {
        Optimizer optimizer = new RmsProp(parameters(), 0.1).momentum(0.9);
        Map<String, Tensor> half = new LinkedHashMap<>(optimizer.stateDict());
        half.put("1.momentum", Tensors.zeros(1));

        assertThatThrownBy(() -> optimizer.loadStateDict(half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rmsProp: loadStateDict: missing: 1.squareAverage; nothing was loaded");
    }

    @Test
    void theStateOfAnotherKindOfOptimizerIsRefused() {
        Optimizer sgd = new Sgd(parameters(), 0.1);

        assertThatThrownBy(() -> sgd.loadStateDict(new Adam(parameters(), 0.1).stateDict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing: group.0.momentum")
                .hasMessageContaining("unexpected: group.0.beta1");
    }
}
