package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Softmax;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What cannot be rewired is refused, and the model stays as it was. */
class ChannelPrunerRefusalsTest {
    private final Generator generator = new Generator(6);

    private Conv2d convolution(int in, int out) {
        return Conv2d.builder(in, out, 3).same().build(generator);
    }

    private static void refuses(Sequential model, String message) {
        assertThatThrownBy(() -> new ChannelPruner(model).strongest(0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aResidualBlockOnTheWay() {
        refuses(
                new Sequential(convolution(2, 4), new Residual(convolution(4, 4)), convolution(4, 2)),
                "prune: outputs of '0' (Conv2d) cannot be removed: it goes through '1' (Residual),"
                        + " which may mix or move its outputs; leave it out with without(\"0\")");
    }

    @Test
    void whatMixesUnits() {
        refuses(
                new Sequential(new Linear(2, 4, generator), new Softmax(1), new Linear(4, 2, generator)),
                "prune: outputs of '0' (Linear) cannot be removed: it goes through '1' (Softmax),"
                        + " which may mix or move its outputs; leave it out with without(\"0\")");
    }

    @Test
    void groups() {
        refuses(
                new Sequential(
                        convolution(2, 4), Conv2d.builder(4, 4, 3).groups(2).build(generator), convolution(4, 2)),
                "prune: outputs of '0' (Conv2d) cannot be removed: it is read by '1' (Conv2d) with 2 groups,"
                        + " which need all their channels; leave it out with without(\"0\")");
        refuses(
                new Sequential(Conv2d.builder(4, 4, 3).groups(4).build(generator), convolution(4, 2)),
                "prune: outputs of '0' (Conv2d) cannot be removed: it has 4 groups,"
                        + " which need all their channels; leave it out with without(\"0\")");
    }

    @Test
    void aLayerThatIsUsedTwice() {
        Conv2d shared = convolution(4, 4);
        refuses(
                new Sequential(shared, new ReLU(), shared, convolution(4, 2)),
                "prune: outputs of '0' (Conv2d) cannot be removed: it would change what others use:"
                        + " '0.weight' is also used as '2.weight'; leave it out with without(\"0\")");
    }

    @Test
    void aReaderThatIsUsedTwice() {
        Conv2d shared = convolution(4, 4);
        Sequential model = new Sequential(convolution(2, 4), shared, new ReLU(), shared, convolution(4, 2));
        refuses(
                model,
                "prune: outputs of '0' (Conv2d) cannot be removed: it would change what others use:"
                        + " '1.weight' is also used as '3.weight'; leave it out with without(\"0\")");
        assertThat(new ChannelPruner(model)
                        .without("0")
                        .without("1")
                        .without("3")
                        .scores())
                .as("what the messages say, one after the other")
                .isEmpty();
    }

    @Test
    void numbersThatTwoLayersUse() {
        Linear first = new Linear(4, 4, generator);
        refuses(
                new Sequential(first, Linear.of(first.weight())),
                "prune: outputs of '0' (Linear) cannot be removed: it would change what others use:"
                        + " '0.weight' is also used as '1.weight'; leave it out with without(\"0\")");
    }

    @Test
    void aLinearLayerThatReadsImagesAlongAnotherAxis() {
        String message = "prune: outputs of '0' (Conv2d) cannot be removed: it %s '%d' (%s), %s;"
                + " leave it out with without(\"0\")";
        refuses(
                new Sequential(convolution(2, 4), new Linear(4, 2, generator)),
                String.format(message, "is read by", 1, "Linear", "whose inputs are not its 4 outputs in a row"));
        refuses(
                new Sequential(convolution(2, 4), new Flatten(2), new Linear(16, 2, generator)),
                String.format(message, "goes through", 1, "Flatten", "which may mix or move its outputs"));
    }

    /** A linear layer's outputs lie along the last axis, which these layers take for the width of an image. */
    @Test
    void layersOfImagesBehindALinearLayer() {
        for (Layer layer : List.of(
                new MaxPool2d(2),
                new AvgPool2d(2),
                new AdaptiveAvgPool2d(1, 4),
                new Dropout2d(0.5, generator.split()),
                new GlobalAvgPool2d(),
                new GlobalMaxPool2d(),
                new BatchNorm2d(4))) {
            refuses(
                    new Sequential(new Linear(2, 4, generator), layer, new Linear(4, 2, generator)),
                    "prune: outputs of '0' (Linear) cannot be removed: it goes through '1' ("
                            + layer.getClass().getSimpleName()
                            + "), which may mix or move its outputs; leave it out with without(\"0\")");
        }
    }

    @Test
    void aLinearLayerWhoseOutputsAreRearranged() {
        refuses(
                new Sequential(new Linear(2, 4, generator), new Flatten(), new Linear(12, 2, generator)),
                "prune: outputs of '0' (Linear) cannot be removed: it is read by '2' (Linear), whose inputs are not its 4"
                        + " outputs in a row; leave it out with without(\"0\")");
    }

    @Test
    void whatCannotBeRewiredCanBeLeftOut() {
        Sequential model = new Sequential(
                convolution(2, 4), new Residual(convolution(4, 4)), convolution(4, 6), convolution(6, 2));

        assertThat(new ChannelPruner(model).without("0").scores().keySet()).containsExactly("2");
    }

    @Test
    void aLayerToLeaveOutThatDoesNotExist() {
        ChannelPruner pruner = new ChannelPruner(new Sequential(convolution(2, 4), new ReLU())).without("1");

        assertThatThrownBy(pruner::scores)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: there is no Conv2d or Linear at or below '1' to leave out; there are [0]");
    }

    @Test
    void unitsThatDoNotExist() {
        Sequential model = new Sequential(convolution(2, 4), new ReLU(), convolution(4, 2));
        ChannelPruner pruner = new ChannelPruner(model);
        Tensor weight = model.stateDict().get("0.weight");

        assertThatThrownBy(() -> pruner.rewire(new KeptUnits(Map.of("0", List.of(0), "2", List.of(0)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: '2' has no removable units; these have some: [0]");
        assertThatThrownBy(() -> pruner.mask(new KeptUnits(Map.of("0", List.of(1, 4)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prune: '0' has the units 0 … 3, so it cannot keep unit 4");
        assertThat(model.stateDict().get("0.weight").sharesStorageWith(weight))
                .as("nothing was replaced")
                .isTrue();
    }

    @Test
    void aWeightWithoutMagnitude() {
        Sequential model = new Sequential(new Linear(2, 4, generator), new Linear(4, 2, generator));
        ((Linear) model.get(0)).weight().mutableData()[5] = Double.NaN;

        assertThatThrownBy(() -> new ChannelPruner(model).scores())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("prune: number 5 of '0.weight' is NaN, but must be finite");
    }

    @Test
    void unitsThatAreNotAList() {
        for (List<Integer> units : List.of(List.<Integer>of(), List.of(-1, 2), List.of(2, 1), List.of(1, 1))) {
            assertThatThrownBy(() -> new KeptUnits(Map.of("0", units)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("prune: '0' cannot keep the units " + units
                            + "; name at least one, counted from 0 and in ascending order");
        }
    }

    @Test
    void scoresThatSayNothing() {
        assertThatThrownBy(() -> KeptUnits.strongest(Map.of("0", Tensors.ones(2, 2)), 0.5))
                .hasMessage("prune: the scores of '0' have shape (2, 2), but must be a vector with one for each unit");
        assertThatThrownBy(() -> KeptUnits.strongest(Map.of("0", Tensors.of(1, -2)), 0.5))
                .hasMessage("prune: '0' has a score of -2.0; scores say how much a unit matters, from 0 on");
        assertThatThrownBy(() -> KeptUnits.strongest(Map.of("0", Tensors.of(1, Double.NaN)), 0.5))
                .hasMessageStartingWith("prune: number 1 of '0 scores' is NaN");
        assertThatThrownBy(() -> KeptUnits.strongest(Map.of("0", Tensors.of(1, 2)), 1))
                .hasMessageStartingWith("prune: a sparsity of 1.0 is not possible");
    }
}
