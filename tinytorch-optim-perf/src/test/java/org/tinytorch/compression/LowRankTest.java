package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class LowRankTest {
    private final Generator generator = new Generator(6);
    private final Tensor x = Tensors.randn(generator, 5, 8);

    private static Tensor product(Sequential factors) {
        return ((Linear) factors.get(1))
                .weight()
                .detach()
                .matmul(((Linear) factors.get(0)).weight().detach());
    }

    @Test
    void atFullRankTwoLayersComputeWhatOneDid() {
        for (boolean bias : new boolean[] {true, false}) {
            Linear layer = new Linear(8, 6, bias, generator);

            Sequential factors = LowRank.factorise(layer, 6);

            assertThat(Shaken.outputs(factors, x).allClose(Shaken.outputs(layer, x), 1e-12, 1e-12))
                    .as("bias %s", bias)
                    .isTrue();
        }
    }

    @Test
    void theProductOfTheFactorsIsTheBestOfItsRank() {
        Linear layer = new Linear(8, 6, generator);

        Sequential factors = LowRank.factorise(layer, 2);

        assertThat(((Linear) factors.get(0)).weight().shape().toString()).isEqualTo("(2, 8)");
        assertThat(((Linear) factors.get(1)).weight().shape().toString()).isEqualTo("(6, 2)");
        assertThat(product(factors).allClose(Svd.of(layer.weight()).truncated(2).matrix(), 1e-12, 1e-12))
                .isTrue();
    }

    @Test
    void bothFactorsAreOfTheSameSize() {
        Sequential factors = LowRank.factorise(new Linear(8, 6, generator), 3);

        double reduce =
                ((Linear) factors.get(0)).weight().detach().square().sum().item();
        double expand =
                ((Linear) factors.get(1)).weight().detach().square().sum().item();
        assertThat(reduce).as("sum of squares").isCloseTo(expand, within(1e-12));
    }

    @Test
    void factorsLearn() {
        Sequential factors = LowRank.factorise(new Linear(8, 6, generator), 3);

        factors.forward(x).sum().backward();

        assertThat(factors.parameters()).hasSize(3).allSatisfy(p -> assertThat(p.grad())
                .isPresent());
    }

    @Test
    void layersThatBecomeSmallerAreReplaced() {
        Linear low = Linear.of(SvdTest.ofRank(2, 10, 8, 1), Tensors.ones(10));
        Linear full = Linear.of(Tensors.eye(10));
        Linear zeros = Linear.of(Tensors.zeros(4, 10));
        Sequential model = new Sequential(low, new ReLU(), new Sequential(full), zeros);
        Tensor before = Shaken.outputs(model, x);
        long parameters = model.parameterCount();

        Map<String, Integer> ranks = LowRank.convert(model, 1 - 1e-12);

        assertThat(ranks).isEqualTo(Map.of("0", 2));
        assertThat(model.parameterCount()).isEqualTo(parameters - 10 * 8 + 2 * (10 + 8));
        assertThat(Shaken.outputs(model, x).allClose(before, 1e-9, 1e-9)).isTrue();
        assertThat(model.child("2.0")).as("the identity has full rank").isSameAs(full);
        assertThat(model.get(3)).as("zeros have no parts").isSameAs(zeros);
    }

    @Test
    void whatWasFrozenStaysFrozen() {
        Linear layer = new Linear(8, 6, generator);
        layer.weight().requiresGrad(false);

        Sequential factors = LowRank.factorise(layer, 3);

        Linear reduce = (Linear) factors.get(0);
        Linear expand = (Linear) factors.get(1);
        assertThat(reduce.weight().requiresGrad()).as("reduce").isFalse();
        assertThat(expand.weight().requiresGrad()).as("expand").isFalse();
        assertThat(expand.bias().orElseThrow().requiresGrad()).as("bias").isTrue();

        layer.weight().requiresGrad(true);
        layer.bias().orElseThrow().requiresGrad(false);
        Linear other = (Linear) LowRank.factorise(layer, 3).get(1);
        assertThat(other.weight().requiresGrad()).as("expand").isTrue();
        assertThat(other.bias().orElseThrow().requiresGrad()).as("bias").isFalse();
    }

    @Test
    void whatIsSharedStaysAsItIs() {
        Linear twice = Linear.of(SvdTest.ofRank(1, 8, 8, 1));
        Linear once = Linear.of(SvdTest.ofRank(1, 8, 8, 2));
        Linear one = Linear.of(SvdTest.ofRank(1, 8, 8, 3));
        Linear other = Linear.of(one.weight());
        Sequential model = new Sequential(twice, once, twice, one, other);

        assertThat(LowRank.convert(model, 0.9)).isEqualTo(Map.of("1", 1));

        assertThat(model.get(0)).isSameAs(twice);
        assertThat(model.get(2)).isSameAs(twice);
        assertThat(model.get(3)).as("its numbers are used by another").isSameAs(one);
    }

    @Test
    void itPaysIfTheFactorsAreSmaller() {
        Linear layer = new Linear(12, 6, generator);

        assertThat(LowRank.pays(3, layer)).as("3 · 18 < 72").isTrue();
        assertThat(LowRank.pays(4, layer)).as("4 · 18 = 72").isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void aRankOutOfRangeIsRefused(int rank) {
        assertThatThrownBy(() -> LowRank.factorise(new Linear(8, 6, generator), rank))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("low rank: a weight of shape (6, 8) has no rank of " + rank + "; use 1 … 6");
    }

    @Test
    void whatCannotBeFactorisedIsRefused() {
        assertThatThrownBy(() -> LowRank.factorise(Linear.of(Tensors.zeros(2, 2)), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("low rank: a weight of zeros has no parts to keep; leave the layer out");
        assertThatThrownBy(() -> LowRank.convert(new Linear(2, 2, generator), 0.9))
                .hasMessageStartingWith("low rank: the model is itself a linear layer");
        assertThatThrownBy(() -> LowRank.convert(new Sequential(new Linear(2, 2, generator)), 0))
                .hasMessageContaining("a share of 0.0");
        Linear broken = Linear.of(Tensors.full(Shape.of(2, 2), Double.NaN));
        assertThatThrownBy(() -> LowRank.convert(new Sequential(broken), 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("low rank: number 0 of '0.weight' is NaN, but must be finite");
    }
}
