package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensors;

class ParameterGroupTest {
    private final Parameter body = Fixtures.parameter(1);
    private final Parameter head = Fixtures.parameter(1);
    private final ParameterGroup bodyGroup = new ParameterGroup(List.of(body));
    private final ParameterGroup headGroup =
            new ParameterGroup(List.of(head)).set(Option.LEARNING_RATE, 0.5).set(Option.WEIGHT_DECAY, 0);

    @Test
    void eachGroupHasItsOwnLearningRateAndOptions() {
        body.grad(Tensors.of(1));
        head.grad(Tensors.of(1));

        new Sgd(List.of(bodyGroup, headGroup), 0.1).weightDecay(1).step();

        assertThat(body.data()[0]).as("rate and decay of the optimiser").isCloseTo(1 - 0.1 * 2, within(1e-15));
        assertThat(head.data()[0]).as("rate and decay of its own").isCloseTo(1 - 0.5, within(1e-15));
    }

    @Test
    void aScheduleMayChangeWhatAGroupSetItself() {
        new Sgd(List.of(bodyGroup, headGroup), 0.1);

        headGroup.learningRate(0.25);

        assertThat(headGroup.learningRate()).isEqualTo(0.25);
    }

    @Test
    void theOptimizerListsThem() {
        Optimizer optimizer = new Sgd(List.of(bodyGroup, headGroup), 0.1);

        assertThat(optimizer.parameterGroups()).containsExactly(bodyGroup, headGroup);
        assertThat(optimizer.parameters()).containsExactly(body, head);
        assertThat(optimizer.toString()).startsWith("sgd\n  1 parameters: {LEARNING_RATE=0.1");
    }

    @Test
    void aParameterInTwoGroupsIsRefused() {
        assertThatThrownBy(() -> new Sgd(List.of(bodyGroup, new ParameterGroup(List.of(head, body))), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sgd: parameter 2 of shape (1,) appears twice; it would be updated twice in each step");
    }

    @Test
    void anOptionThatTheOptimizerDoesNotHaveIsRefused() {
        ParameterGroup group = new ParameterGroup(List.of(body)).set(Option.BETA1, 0.5);

        assertThatThrownBy(() -> new Sgd(List.of(group), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sgd: a group sets beta1, which this optimizer does not have");
        assertThatThrownBy(() -> bodyGroup.get(Option.ALPHA)).hasMessageContaining("there is no option alpha here");
    }

    @Test
    void anImpossibleValueIsRefused() {
        assertThatThrownBy(() -> bodyGroup.set(Option.LEARNING_RATE, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lr -1.0");
    }
}
