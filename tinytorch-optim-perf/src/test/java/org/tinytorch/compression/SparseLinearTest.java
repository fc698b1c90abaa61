package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

class SparseLinearTest {
    private final Generator generator = new Generator(8);

    private Linear pruned(int in, int out, boolean bias, double sparsity) {
        Linear layer = new Linear(in, out, bias, generator);
        MagnitudePruner.perLayer().masks(layer, sparsity).apply(layer);
        return layer;
    }

    private static void assertAgree(Tensor actual, Tensor expected) {
        assertThat(actual.allClose(expected, 1e-12, 1e-12))
                .as("expected %s%nbut got %s", expected, actual)
                .isTrue();
    }

    @Test
    void computesWhatTheDenseLayerDoes() {
        for (boolean bias : new boolean[] {true, false}) {
            Linear dense = pruned(6, 4, bias, 0.7);
            SparseLinear sparse = SparseLinear.of(dense);

            for (int[] dims : new int[][] {{5, 6}, {6}, {2, 3, 6}}) {
                Tensor x = Tensors.randn(generator, dims);
                assertAgree(sparse.forward(x), Shaken.outputs(dense, x));
            }
        }
    }

    @Test
    void isTheDenseLayerAgain() {
        Linear dense = pruned(6, 4, true, 0.7);

        Linear again = SparseLinear.of(dense).toDense();

        assertThat(again.weight().data()).containsExactly(dense.weight().data());
        assertThat(again.bias().orElseThrow().data())
                .containsExactly(dense.bias().orElseThrow().data());
    }

    @Test
    void laterChangesOfTheDenseLayerDoNotShow() {
        Linear dense = pruned(2, 2, true, 0);
        SparseLinear sparse = SparseLinear.of(dense);
        Tensor before = sparse.forward(Tensors.ones(2));

        dense.parameters().forEach(parameter -> parameter.fill(9));

        assertThat(sparse.forward(Tensors.ones(2)).data()).containsExactly(before.data());
    }

    @Test
    void asksForNoGradient() {
        SparseLinear sparse = SparseLinear.of(pruned(6, 4, true, 0.7));
        Tensor x = Tensors.ones(1, 6).requiresGrad(true);

        assertThatThrownBy(() -> sparse.forward(x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sparse linear: it is for inference, and sends no gradients back to its input;"
                        + " compute under NoGrad, or train the dense layer");
        assertThat(Shaken.outputs(sparse, x).size()).as("under NoGrad").isEqualTo(4);
    }

    @Test
    void anInputThatDoesNotFitIsRefused() {
        SparseLinear sparse = SparseLinear.of(pruned(6, 4, true, 0.7));

        assertThatThrownBy(() -> sparse.forward(Tensors.ones(2, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse linear: input (2, 5) does not end in 6 features, which the layer expects");
        assertThatThrownBy(() -> sparse.forward(Tensors.scalar(1))).hasMessageContaining("input ()");
    }

    @Test
    void itsPrintSaysHowFullItIs() {
        assertThat(SparseLinear.of(pruned(5, 2, false, 0.7)))
                .hasToString("SparseLinear(in=5, out=2, density=0.3, bias=false)");
    }

    @Test
    void layersThatAreSparseEnoughAreReplaced() {
        Sequential model = new Sequential(
                pruned(6, 10, true, 0.9),
                new ReLU(),
                new Sequential(pruned(10, 10, true, 0.5)),
                pruned(10, 3, true, 0.8));
        Tensor x = Tensors.randn(generator, 4, 6);
        Tensor before = Shaken.outputs(model, x);

        List<String> replaced = Sparse.convert(model, 0.2);

        assertThat(replaced).containsExactly("0", "3");
        assertThat(model.get(0)).isInstanceOf(SparseLinear.class);
        assertThat(model.child("2.0")).isInstanceOf(Linear.class);
        assertAgree(Shaken.outputs(model, x), before);
    }

    @Test
    void modelsPrunedInBlocksAreConvertedToBlocks() {
        Sequential model = new Sequential(new Linear(6, 20, generator), new ReLU(), new Linear(20, 16, generator));
        MagnitudePruner.perLayer()
                .inBlocks(BlockSparseMatrix.HEIGHT)
                .masks(model, 0.75)
                .apply(model);
        Tensor x = Tensors.randn(generator, 5, 6);
        Tensor before = Shaken.outputs(model, x);

        assertThat(Sparse.convertToBlocks(model, 0.25))
                .as("the first has 20 outputs, for which 24 are stored")
                .containsExactly("2");
        assertThat(((SparseLinear) model.get(2)).weight()).isInstanceOf(BlockSparseMatrix.class);
        assertAgree(Shaken.outputs(model, x), before);
    }

    @Test
    void aGptCanBeConverted() {
        Gpt model = new Gpt(GptConfig.llama(11, 6, 2, 2, 8), generator);
        MagnitudePruner.perLayer().masks(model, 0.8).apply(model);
        Tensor ids = Tensors.randint(generator, 11, 2, 6);
        Tensor before = Shaken.outputs(model, ids);

        assertThat(Sparse.convert(model, 0.25))
                .as("two of attention and three of the gate in each block")
                .hasSize(10);
        assertAgree(Shaken.outputs(model, ids), before);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aDensityOutOfRangeIsRefused(double density) {
        assertThatThrownBy(() -> Sparse.convert(new Sequential(), density))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse: a density of " + density + " is not possible; use 0 (all zeros) to 1 (no zeros)");
    }

    @Test
    void whatCannotBeConvertedStaysAsItWas() {
        Sequential model = new Sequential(pruned(2, 2, true, 0.5), pruned(2, 2, true, 0.5));
        ((Linear) model.get(1)).weight().fill(Double.NaN);

        assertThatThrownBy(() -> Sparse.convert(model, 1))
                .hasMessageStartingWith("sparse: number 0 of '1.weight' is NaN, but must be finite");
        assertThat(model.get(0)).isInstanceOf(Linear.class);
        assertThatThrownBy(() -> Sparse.convert(model.get(0), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sparse: the model is itself a linear layer");
    }
}
