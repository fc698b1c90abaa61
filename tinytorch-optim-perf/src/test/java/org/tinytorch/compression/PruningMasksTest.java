package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class PruningMasksTest {
    private final Linear layer = Linear.of(Tensors.of(new double[][] {{1, 2}, {3, 4}}), Tensors.of(5, 6));

    private static PruningMasks masks(String name, Tensor mask) {
        return new PruningMasks(Map.of(name, mask));
    }

    @Test
    void whatGoesBecomesZeroInPlace() {
        Tensor weight = layer.weight();

        masks("weight", Tensors.of(new double[][] {{1, 0}, {0, 1}})).apply(layer);

        assertThat(weight.data()).containsExactly(1, 0, 0, 4);
        assertThat(layer.bias().orElseThrow().data()).as("has no mask").containsExactly(5, 6);
    }

    @Test
    void whatGoesBecomesZeroWhateverItWas() {
        layer.weight().fill(Double.NaN);

        masks("weight", Tensors.zeros(2, 2)).apply(layer);

        assertThat(layer.weight().data()).containsOnly(0);
    }

    @Test
    void theSparsityIsTheShareThatGoes() {
        PruningMasks masks = new PruningMasks(Map.of("a", Tensors.of(1, 0), "b", Tensors.zeros(2)));

        assertThat(masks.sparsity()).isEqualTo(0.75);
        assertThat(masks.sparsity("a")).isEqualTo(0.5);
        assertThat(new PruningMasks(Map.of()).sparsity()).as("no masks").isZero();
    }

    @Test
    void aMaskOfSomethingElseIsRefusedAndNothingChanges() {
        PruningMasks unknown = new PruningMasks(Map.of("weight", Tensors.zeros(2, 2), "0.weight", Tensors.zeros(2, 2)));

        assertThatThrownBy(() -> unknown.apply(layer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "prune: there is a mask for '0.weight', but the model has no such parameter; it has [weight, bias]");
        assertThat(layer.weight().data()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aMaskOfAnotherShapeIsRefused() {
        assertThatThrownBy(() -> masks("weight", Tensors.zeros(4)).apply(layer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: the mask of 'weight' has shape (4,), but the parameter has (2, 2);"
                        + " make the masks from a model like this one");
    }

    @Test
    void aMaskIsMadeOfZerosAndOnes() {
        assertThatThrownBy(() -> masks("weight", Tensors.of(1, 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "prune: the mask of 'weight' holds 0.5; a mask is 1 where a weight stays and 0 where it goes");
    }

    @Test
    void aParameterWithoutMaskHasNoSparsity() {
        assertThatThrownBy(() -> masks("a", Tensors.of(1)).sparsity("b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: there is no mask for 'b'; there are masks for [a]");
    }
}
