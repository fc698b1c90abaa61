package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Tanh;
import org.tinytorch.experiment.CountedForwards.Cost;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.optim.TwoLayerGradients;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Holds the closing experiment of module 06 to its claims; how long a pass takes is shown and not claimed. */
final class CountedForwardsTest {

    @Test
    @DisplayName("differences need two forward passes for each number that learns, a way back by hand needs one in all")
    void passesAreCounted() {
        for (int hidden : new int[] {4, 16, 64}) {
            Cost cost = CountedForwards.count(hidden);
            assertThat(cost.parameters()).as("numbers of 2-%d-1: weights and biases", hidden).isEqualTo(4 * hidden + 1);
            assertThat(cost.byDifferences())
                    .as("forward passes by differences for 2-%d-1, two for each number", hidden)
                    .isEqualTo(2 * cost.parameters());
            assertThat(cost.byHand()).as("forward passes by hand for 2-%d-1, whatever its size", hidden).isEqualTo(1);
            assertThat((long) cost.byDifferences())
                    .as("forward passes counted for 2-%d-1, against the formula", hidden)
                    .isEqualTo(CountedForwards.passes(2, hidden, 1));
        }
        assertThat(CountedForwards.count(4).byDifferences())
                .as("forward passes for the 17 numbers of 2-4-1")
                .isEqualTo(34);
    }

    @Test
    @DisplayName("both ways find the same gradients")
    void bothAgree() {
        for (int hidden : new int[] {4, 16, 64}) {
            assertThat(CountedForwards.count(hidden).apart())
                    .as("the largest distance between the two gradients of 2-%d-1", hidden)
                    .isLessThan(1e-8);
        }
    }

    @Test
    @DisplayName("one step of 784-128-10 by differences takes 203,540 forward passes")
    void digits() {
        assertThat(CountedForwards.passes(784, 128, 10)).as("forward passes for one step").isEqualTo(203_540);
        Linear first = new Linear(784, 128, new Generator(1));
        Linear second = new Linear(128, 10, new Generator(2));
        assertThat(2L * (first.parameterCount() + second.parameterCount()))
                .as("twice the numbers that the two layers count themselves")
                .isEqualTo(203_540);

        TwoLayerGradients network = new TwoLayerGradients(first, second, new CrossEntropyLoss());
        Tensor image = Tensors.rand(new Generator(3), 1, 784);
        Tensor label = Tensors.of(3.0);
        Parameter bias = second.bias().orElseThrow();
        AtomicInteger passes = new AtomicInteger();
        double[] slopes = CountedForwards.byDifferences(
                () -> {
                    passes.incrementAndGet();
                    return network.loss().forward(network.predict(image), label).item();
                },
                List.of(bias));
        assertThat(passes.get()).as("forward passes for the ten numbers of the last bias alone").isEqualTo(20);
        network.backward(image, label);
        double[] byHand = bias.grad().orElseThrow().data();
        for (int i = 0; i < slopes.length; i++) {
            assertThat(slopes[i])
                    .as("slope of number %d of the last bias, against the way back by hand", i)
                    .isCloseTo(byHand[i], within(1e-7));
        }
    }

    @Test
    @DisplayName("with ReLU in the place of tanh the way back is wrong and nothing is thrown")
    void anotherBend() {
        assertThat(CountedForwards.apart(new Tanh(), new Tanh()))
                .as("gradients apart, network with tanh, way back derived for tanh")
                .isLessThan(1e-8);
        assertThat(CountedForwards.apart(new Relu(), new Tanh()))
                .as("gradients apart, network with ReLU, way back derived for tanh")
                .isEqualTo(0.051, within(5e-4));
        assertThat(CountedForwards.apart(new Relu(), new Relu()))
                .as("gradients apart, network with ReLU, way back derived for ReLU")
                .isLessThan(1e-8);
    }
}
