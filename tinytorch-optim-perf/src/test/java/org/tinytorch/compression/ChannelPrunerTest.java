package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Sigmoid;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class ChannelPrunerTest {
    private static final double ROUNDING = 1e-12;
    private static final int IMAGES = 3;
    private static final Shape PICTURES = Shape.of(IMAGES, 2, 8, 8);

    /** A convolutional network with all that can stand between two layers with weights. */
    private static Sequential convolutional(Generator generator) {
        return new Sequential(
                Conv2d.builder(2, 6, 3).same().noBias().build(generator),
                new BatchNorm2d(6, 1e-3, 0.3),
                new Sigmoid(), // not 0 at 0
                new MaxPool2d(2),
                Conv2d.builder(6, 8, 3, 2).stride(2, 1).padding(1, 0).relu().build(generator),
                new Sequential(new Dropout(0.5, generator.split()), new Flatten()),
                new BatchNorm1d(8 * 2 * 3),
                new Linear(8 * 2 * 3, 10, generator),
                new GELU(),
                new Linear(10, 4, generator));
    }

    /** Uneven padding, dilation, and no flattening but a mean over the image. */
    private static Sequential pooled(Generator generator) {
        return Sequential.builder()
                .add("first", Conv2d.builder(2, 5, 2).same().build(generator))
                .add("pool", new AvgPool2d(2))
                .add("second", Conv2d.builder(5, 6, 2).dilation(2).build(generator))
                .add("norm", new BatchNorm2d(6))
                .add("relu", new ReLU())
                .add("mean", new GlobalAvgPool2d())
                .add("head", new Linear(6, 3, generator))
                .build();
    }

    private static Sequential perceptron(Generator generator) {
        return new Sequential(
                new Flatten(),
                new Linear(2 * 8 * 8, 12, generator),
                new BatchNorm1d(12),
                new ReLU(),
                new Linear(12, 7, false, generator),
                new Linear(7, 3, generator));
    }

    static Stream<Arguments> models() {
        return Stream.<Map.Entry<String, Function<Generator, Sequential>>>of(
                        Map.entry("convolutional", ChannelPrunerTest::convolutional),
                        Map.entry("pooled", ChannelPrunerTest::pooled),
                        Map.entry("perceptron", ChannelPrunerTest::perceptron))
                .map(entry ->
                        Arguments.of(entry.getKey(), Shaken.of(entry.getValue().apply(new Generator(4)))));
    }

    private static Tensor pictures() {
        return Tensors.randn(new Generator(9), PICTURES.dims());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void theSmallerModelIsTheMaskedOne(String name, Sequential model) {
        ChannelPruner pruner = new ChannelPruner(model);
        KeptUnits kept = pruner.strongest(0.5);
        long parameters = model.parameterCount();
        Tensor whole = Shaken.outputs(model, pictures());

        pruner.mask(kept);
        Tensor masked = Shaken.outputs(model, pictures());
        pruner.rewire(kept);
        Tensor small = Shaken.outputs(model, pictures());

        assertThat(small.allClose(masked, 0, ROUNDING))
                .as("rewired: %s%nmasked: %s", small, masked)
                .isTrue();
        assertThat(small.allClose(whole, 0, 1e-3))
                .as("the mask changes something")
                .isFalse();
        assertThat(model.parameterCount()).as("parameters").isLessThan(parameters);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void theSmallerModelTrainsAsTheMaskedOne(String name, Sequential model) {
        ChannelPruner pruner = new ChannelPruner(model);
        KeptUnits kept = pruner.strongest(0.4);
        model.namedLayers().forEach((path, layer) -> layer.train(!(layer instanceof Dropout))); // draws for fewer units

        pruner.mask(kept);
        Tensor masked = model.forward(pictures());
        pruner.rewire(kept);
        Tensor small = model.forward(pictures());

        assertThat(small.allClose(masked, 0, ROUNDING))
                .as("with the statistics of the batch")
                .isTrue();
    }

    @Test
    void withRectifiersZeroingWhatMakesAChannelIsTheSame() {
        Sequential model = Shaken.of(pooled(new Generator(4)));
        ChannelPruner pruner = new ChannelPruner(model);
        KeptUnits kept = new KeptUnits(Map.of("second", List.of(0, 2, 3)));
        Map<String, Tensor> state = model.stateDict();
        for (String name : List.of("second.weight", "second.bias", "norm.weight", "norm.bias")) {
            Tensor tensor = state.get(name);
            int size = tensor.size() / 6;
            for (int channel : new int[] {1, 4, 5}) {
                Arrays.fill(tensor.mutableData(), channel * size, (channel + 1) * size, 0);
            }
        }
        Tensor zeroed = Shaken.outputs(model, pictures());

        pruner.rewire(kept);

        assertThat(Shaken.outputs(model, pictures()).allClose(zeroed, 0, ROUNDING))
                .isTrue();
    }

    @Test
    void everyLayerConcernedBecomesSmaller() {
        Sequential model = convolutional(new Generator(4));

        new ChannelPruner(model)
                .rewire(new KeptUnits(Map.of("0", List.of(1, 4), "4", List.of(0, 3, 7), "7", List.of(9))));

        Map<String, Tensor> state = model.stateDict();
        assertThat(state.get("0.weight").shape()).isEqualTo(Shape.of(2, 2, 3, 3));
        assertThat(state.get("1.running_var").shape()).isEqualTo(Shape.of(2));
        assertThat(state.get("4.weight").shape()).isEqualTo(Shape.of(3, 2, 3, 2));
        assertThat(state.get("4.bias").shape()).isEqualTo(Shape.of(3));
        assertThat(state.get("6.weight").shape())
                .as("three channels of 2 x 3 pixels")
                .isEqualTo(Shape.of(18));
        assertThat(state.get("7.weight").shape()).isEqualTo(Shape.of(1, 18));
        assertThat(state.get("9.weight").shape()).isEqualTo(Shape.of(4, 1));
    }

    @Test
    void theNumbersAreThoseOfWhatStays() {
        Sequential model = new Sequential(
                Linear.of(Tensors.arange(6).reshape(3, 2), Tensors.of(10, 20, 30)),
                Linear.of(Tensors.of(new double[][] {{7, 8, 9}})));

        new ChannelPruner(model).rewire(new KeptUnits(Map.of("0", List.of(0, 2))));

        assertThat(model.stateDict().get("0.weight").data()).containsExactly(0, 1, 4, 5);
        assertThat(model.stateDict().get("0.bias").data()).containsExactly(10, 30);
        assertThat(model.stateDict().get("1.weight").data()).containsExactly(7, 9);
    }

    @Test
    void theOptionsOfALayerStay() {
        Sequential model = convolutional(new Generator(4));
        List<String> before = options(model);

        new ChannelPruner(model).rewire(new KeptUnits(Map.of("0", List.of(1, 4), "4", List.of(0, 3, 7))));

        assertThat(options(model))
                .as("but for the numbers of channels")
                .isEqualTo(before.stream()
                        .map(line -> line.replace("in=2, out=6", "in=2, out=2")
                                .replace("BatchNorm2d(6", "BatchNorm2d(2")
                                .replace("in=6, out=8", "in=2, out=3")
                                .replace("BatchNorm1d(48", "BatchNorm1d(18")
                                .replace("in=48", "in=18"))
                        .toList());
    }

    private static List<String> options(Sequential model) {
        return model.toString().lines().toList();
    }

    @Test
    void modesAndFrozenParametersStay() {
        Sequential model = perceptron(new Generator(4));
        model.get(4).eval();
        ((Linear) model.get(1)).weight().requiresGrad(false);

        new ChannelPruner(model).rewire(new KeptUnits(Map.of("1", List.of(0, 1), "4", List.of(2))));

        assertThat(model.get(4).isTraining()).as("was in evaluation mode").isFalse();
        assertThat(model.get(1).isTraining()).isTrue();
        assertThat(((Linear) model.get(1)).weight().requiresGrad())
                .as("was frozen")
                .isFalse();
        assertThat(((Linear) model.get(1)).bias().orElseThrow().requiresGrad()).isTrue();
    }

    @Test
    void scoresAreSumsOfMagnitudes() {
        Sequential model = new Sequential(
                Linear.of(Tensors.of(new double[][] {{1, -2}, {0, 0.5}, {-3, -4}})), Linear.of(Tensors.ones(1, 3)));
        ChannelPruner pruner = new ChannelPruner(model);

        assertThat(pruner.scores().keySet())
                .as("the last layer keeps its outputs")
                .containsExactly("0");
        assertThat(pruner.scores().get("0").data()).containsExactly(3, 0.5, 7);
        assertThat(pruner.strongest(0.34).units()).isEqualTo(Map.of("0", List.of(0, 2)));
    }

    @Test
    void layersCanBeLeftOut() {
        ChannelPruner pruner = new ChannelPruner(convolutional(new Generator(4))).without("0", "7");

        assertThat(pruner.scores().keySet()).containsExactly("4");

        Sequential nested = Sequential.builder()
                .add("body", perceptron(new Generator(4)))
                .add("body2", new Linear(3, 5, new Generator(5)))
                .add("head", new Linear(5, 2, new Generator(6)))
                .build();
        assertThat(new ChannelPruner(nested).without("body").scores().keySet())
                .as("all below 'body' stays, 'body2' only begins alike")
                .containsExactly("body2");
    }

    @Test
    void aResidualBlocksInsideCanBePrunedByItself() {
        Generator generator = new Generator(4);
        Sequential body = new Sequential(new Linear(4, 6, generator), new ReLU(), new Linear(6, 4, generator));
        Layer block = new Residual(body);
        Tensor x = Tensors.randn(generator, 2, 4);
        ChannelPruner pruner = new ChannelPruner(body);
        KeptUnits kept = pruner.strongest(0.5);

        pruner.mask(kept);
        Tensor masked = Shaken.outputs(block, x);
        pruner.rewire(kept);

        assertThat(Shaken.outputs(block, x).allClose(masked, 0, ROUNDING)).isTrue();
        assertThat(body.parameterCount()).isEqualTo(4 * 3 + 3 + 3 * 4 + 4);
    }

    @Test
    void prunedTwiceItIsSmallerStill() {
        Sequential model = Shaken.of(convolutional(new Generator(4)));
        ChannelPruner pruner = new ChannelPruner(model);

        pruner.rewire(pruner.strongest(0.5));
        pruner.rewire(pruner.strongest(0.5));

        assertThat(model.stateDict().get("0.weight").dim(0))
                .as("6, then 3, then 1 channel")
                .isEqualTo(1);
        assertThat(Shaken.outputs(model, pictures()).shape()).as("still runs").isEqualTo(Shape.of(IMAGES, 4));
    }
}
