package org.tinytorch.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class DropoutTest {
    private final Tensor x = Tensors.ones(100, 100);

    @Test
    void dropsAboutThePartAskedForAndScalesTheRestSoThatTheMeanStays() {
        Tensor y = new Dropout(0.2, new Generator(1)).forward(x);

        assertThat(y.data()).containsOnly(0, 1.25);
        assertThat(y.eq(0).mean().item()).as("dropped").isBetween(0.18, 0.22);
        assertThat(y.mean().item()).isBetween(0.97, 1.03);
    }

    @Test
    void restsInEvaluation() {
        Dropout dropout = new Dropout(0.9, new Generator(1));
        dropout.eval();

        assertThat(dropout.forward(x)).isSameAs(x);
    }

    @Test
    void withProbability0NothingIsDropped() {
        assertThat(new Dropout(0, new Generator(1)).forward(x).data()).containsOnly(1);
    }

    @Test
    void withProbability1EverythingIs0() {
        assertThat(new Dropout(1, new Generator(1)).forward(x).data()).containsOnly(0);
    }

    @Test
    void theSameSeedDropsTheSameAndTheNextCallOthers() {
        Dropout first = new Dropout(0.5, new Generator(3));
        Dropout second = new Dropout(0.5, new Generator(3));
        double[] mask = first.forward(x).data();

        assertThat(mask).containsExactly(second.forward(x).data());
        assertThat(mask).isNotEqualTo(first.forward(x).data());
    }

    @Test
    void theGradientPassesWhereTheValueDid() {
        Tensor leaf = x.copy().requiresGrad(true);
        Tensor y = new Dropout(0.5, new Generator(4)).forward(leaf);

        y.sum().backward();

        assertThat(leaf.grad().orElseThrow().data()).containsExactly(y.data());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void whatIsNoProbabilityIsRefused(double p) {
        assertThatThrownBy(() -> new Dropout(p, new Generator(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout: p = " + p + " is not a probability; use 0 to 1");
    }
}
