package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class MagnitudePrunerTest {
    private final Generator generator = new Generator(3);
    private final Sequential model = Sequential.builder()
            .add("conv", new Conv2d(2, 4, 3, generator))
            .add("norm", new BatchNorm2d(4))
            .add("relu", new ReLU())
            .add("flat", new Flatten())
            .add("head", new Linear(16, 5, generator))
            .build();

    /** Small weights in one layer and large ones in the other: 0.01 … 0.10 and 1 … 10. */
    private static Sequential smallAndLarge() {
        Tensor small = Tensors.arange(1, 11).div(100).reshape(2, 5);
        return new Sequential(Linear.of(small), Linear.of(Tensors.arange(1, 11).reshape(5, 2)));
    }

    @Test
    void theNumbersNearestToZeroGo() {
        assertThat(MagnitudePruner.mask(new double[] {3, -1, 2, -4}, 2)).containsExactly(1, 0, 0, 1);
    }

    @Test
    void amongEqualsTheEarlierGoFirst() {
        assertThat(MagnitudePruner.mask(new double[] {5, -5, 5}, 1)).containsExactly(0, 1, 1);
        assertThat(MagnitudePruner.mask(new double[] {5, 1, -5, 5, 9}, 3)).containsExactly(0, 0, 0, 1, 1);
    }

    @Property(tries = 200)
    void asManyGoAsShouldAndNoneThatStaysIsSmaller(
            @ForAll @Size(min = 1, max = 20) double[] values, @ForAll @DoubleRange(max = 0.99) double sparsity) {
        int dropped = Sparsity.dropped(sparsity, values.length);

        double[] mask = MagnitudePruner.mask(values, dropped);

        assertThat(Arrays.stream(mask).filter(m -> m == 0).count())
                .as("dropped")
                .isEqualTo(dropped);
        double smallestKept = Double.POSITIVE_INFINITY;
        double largestDropped = 0;
        for (int i = 0; i < mask.length; i++) {
            double magnitude = Math.abs(values[i]);
            smallestKept = mask[i] == 1 ? Math.min(smallestKept, magnitude) : smallestKept;
            largestDropped = mask[i] == 0 ? Math.max(largestDropped, magnitude) : largestDropped;
        }
        assertThat(largestDropped).as("largest that goes").isLessThanOrEqualTo(smallestKept);
    }

    @Test
    void weightsOfConvolutionsAndLinearLayersArePruned() {
        assertThat(MagnitudePruner.perLayer().masks(model, 0.5).masks().keySet())
                .as("no biases, no norms")
                .containsExactly("conv.weight", "head.weight");
    }

    @Test
    void perLayerEveryLayerLosesTheSameShare() {
        PruningMasks masks = MagnitudePruner.perLayer().masks(smallAndLarge(), 0.4);

        assertThat(masks.masks().get("0.weight").data()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
        assertThat(masks.masks().get("1.weight").data()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void globallyTheSmallestOfAllLayersGo() {
        PruningMasks masks = MagnitudePruner.global().masks(smallAndLarge(), 0.6);

        assertThat(masks.sparsity("0.weight")).as("small weights").isEqualTo(1);
        assertThat(masks.masks().get("1.weight").data())
                .as("large weights")
                .containsExactly(0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void blocksGoAsAWhole() {
        Tensor weight = Tensors.of(new double[][] {{1, 5, 4}, {-3, 5, 0}, {2, -9, 3}});
        Sequential single = new Sequential(Linear.of(weight));

        PruningMasks masks = MagnitudePruner.perLayer().inBlocks(2).masks(single, 0.5); // averages 2, 5, 2 and 2, 9, 3

        assertThat(masks.masks().get("0.weight").data()).containsExactly(0, 1, 0, 0, 1, 0, 0, 1, 1);
    }

    @Test
    void blocksOfAllLayersAreComparedGlobally() {
        PruningMasks masks = MagnitudePruner.global().inBlocks(2).masks(smallAndLarge(), 0.5);

        assertThat(masks.masks().get("0.weight").data())
                .as("five blocks of 11 with small weights go")
                .containsOnly(0);
        assertThat(masks.masks().get("1.weight").data())
                .as("and the smaller one of 1, 3 and 2, 4; the last are single rows")
                .containsExactly(0, 1, 0, 1, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void aBlockHasAnOutputAtLeast() {
        assertThatThrownBy(() -> MagnitudePruner.global().inBlocks(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: blocks of 0 outputs are not possible; use at least 1");
    }

    @Test
    void masksHaveTheShapesOfTheWeights() {
        PruningMasks masks = MagnitudePruner.global().masks(model, 0.5);

        masks.masks().forEach((name, mask) -> assertThat(mask.shape())
                .as(name)
                .isEqualTo(model.namedParameters().get(name).shape()));
    }

    @Test
    void theModelIsNotTouched() {
        double[] before = model.namedParameters().get("head.weight").data().clone();

        MagnitudePruner.perLayer().masks(model, 0.9);

        assertThat(model.namedParameters().get("head.weight").data()).containsExactly(before);
    }

    @Test
    void layersCanBeLeftOut() {
        Sequential nested = Sequential.builder()
                .add("body", model)
                .add("body2", new Linear(5, 5, generator))
                .build();

        assertThat(MagnitudePruner.global()
                        .without("body")
                        .masks(nested, 0.5)
                        .masks()
                        .keySet())
                .as("what is below 'body' stays, 'body2' only begins alike")
                .containsExactly("body2.weight");
        assertThat(MagnitudePruner.perLayer()
                        .without("body.head")
                        .without("body2")
                        .masks(nested, 0.5)
                        .masks()
                        .keySet())
                .containsExactly("body.conv.weight");
    }

    @Test
    void oneWeightStaysAtLeast() {
        Sequential tiny = new Sequential(Linear.of(Tensors.of(new double[][] {{1, -2}})));

        assertThat(MagnitudePruner.perLayer()
                        .masks(tiny, 0.99)
                        .masks()
                        .get("0.weight")
                        .data())
                .containsExactly(0, 1);
    }

    @Test
    void whatIsZeroCountsAsPruned() {
        Sequential zeros =
                new Sequential(Linear.of(Tensors.of(new double[][] {{0, 2}, {3, 0}})), Linear.of(Tensors.zeros(1, 2)));

        PruningMasks masks = MagnitudePruner.perLayer().pruned(zeros);

        assertThat(masks.masks().get("0.weight").data()).containsExactly(0, 1, 1, 0);
        assertThat(masks.masks().get("1.weight").data()).as("begins as zeros").containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN})
    void aSparsityOutOfRangeIsRefused(double sparsity) {
        assertThatThrownBy(() -> MagnitudePruner.global().masks(model, sparsity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: a sparsity of " + sparsity
                        + " is not possible; use 0 (nothing goes) to below 1 (everything would go)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aWeightWithoutMagnitudeIsRefused(double value) {
        model.namedParameters().get("head.weight").mutableData()[7] = value;

        assertThatThrownBy(() -> MagnitudePruner.perLayer().masks(model, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: number 7 of 'head.weight' is " + value
                        + ", but must be finite; go back to a checkpoint from before it was");
    }

    @Test
    void aPathThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> MagnitudePruner.global().without("heads").masks(model, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("prune: there is no layer 'heads' to leave out; there are [")
                .hasMessageContaining("head");
    }

    @Test
    void aModelWithoutWeightsIsRefused() {
        assertThatThrownBy(() -> MagnitudePruner.global().masks(new ReLU(), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: there is no Linear and no Conv2d to prune");
        assertThatThrownBy(
                        () -> MagnitudePruner.global().without("conv", "head").masks(model, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("prune: there is no Linear and no Conv2d to prune besides what is left out: [");
    }
}
