package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.embedding.LearnedPositions;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.embedding.RotatePairs;
import org.tinytorch.embedding.SinusoidalPositions;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.ELU;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.LeakyReLU;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.LogSoftmax;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.SiLU;
import org.tinytorch.nn.Sigmoid;
import org.tinytorch.nn.Softmax;
import org.tinytorch.nn.Softplus;
import org.tinytorch.nn.Tanh;
import org.tinytorch.spatial.AdaptiveAvgPool2d;
import org.tinytorch.spatial.AvgPool2d;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.ConvTranspose2d;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.GlobalMaxPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.transformer.EncoderBlock;
import org.tinytorch.transformer.FeedForward;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LayerNorm;
import org.tinytorch.transformer.RMSNorm;
import org.tinytorch.transformer.SwiGLU;
import org.tinytorch.transformer.TransformerBlock;

/** Each layer with all of its options, in ONNX Runtime and here. */
class OnnxLayersTest {
    private static final Generator GENERATOR = new Generator(5);

    /** A layer, and the shape of an input but for the batch. */
    private record Case(Layer layer, int... dims) {
        Shape batchOf(int count) {
            int[] all = new int[dims.length + 1];
            all[0] = count;
            System.arraycopy(dims, 0, all, 1, dims.length);
            return Shape.of(all);
        }

        @Override
        public String toString() {
            return layer.toString().lines().findFirst().orElseThrow() + " of " + batchOf(1);
        }
    }

    private static Case of(Layer layer, int... dims) {
        return new Case(layer, dims);
    }

    static Stream<Case> cases() {
        return Stream.of(simple(), activations(), images(), pools(), attention(), transformers())
                .flatMap(List::stream);
    }

    private static List<Case> simple() {
        return List.of(
                of(new Linear(3, 2, GENERATOR), 3),
                of(new Linear(3, 2, false, GENERATOR), 3),
                of(new Linear(3, 2, GENERATOR), 4, 3),
                of(new Linear(3, 2, false, GENERATOR), 2, 4, 3),
                of(new Flatten(), 3, 4, 5),
                of(new Flatten(-2), 3, 4, 5),
                of(new Flatten(0), 3, 4),
                of(new Flatten(0)),
                of(new Flatten(-1), 3),
                of(new Identity(), 3),
                of(new Dropout(0.5, GENERATOR), 3),
                of(new Dropout2d(0.5, GENERATOR), 2, 3, 3),
                of(new Sequential(), 3),
                of(new Sequential(new Linear(3, 2, GENERATOR), new Sequential(new Tanh())), 3));
    }

    private static List<Case> activations() {
        return List.of(
                of(new ReLU(), 9),
                of(new Sigmoid(), 9),
                of(new Tanh(), 9),
                of(new Softplus(), 9),
                of(new SiLU(), 9),
                of(new GELU(), 9),
                of(new GELU(GELU.Form.TANH), 9),
                of(new LeakyReLU(0.2), 9),
                of(new LeakyReLU(-1.5), 9),
                of(new ELU(0.7), 9),
                of(new ELU(-2), 9),
                of(new Softmax(-1), 9),
                of(new Softmax(1), 4, 5),
                of(new Softmax(0), 4),
                of(new LogSoftmax(1), 9),
                of(new LogSoftmax(-2), 4, 5));
    }

    private static List<Case> images() {
        return List.of(
                of(new Conv2d(2, 4, 3, GENERATOR), 2, 6, 5),
                of(
                        Conv2d.builder(2, 4, 3, 2)
                                .stride(2, 1)
                                .padding(1, 0)
                                .dilation(2, 3)
                                .groups(2)
                                .noBias()
                                .relu()
                                .build(GENERATOR),
                        2,
                        7,
                        8),
                of(Conv2d.builder(1, 3, 2, 4).same().dilation(3, 1).build(GENERATOR), 1, 5, 6),
                of(Conv2d.builder(4, 4, 3).groups(4).padding(2).stride(3).relu().build(GENERATOR), 4, 8, 7),
                of(seen(new BatchNorm1d(3, 1e-3, 0.2), 7, 3), 3),
                of(seen(new BatchNorm1d(3), 4, 3, 5), 3, 5),
                of(seen(new BatchNorm2d(3, 0.1, 0.7), 4, 3, 2, 5), 3, 2, 5));
    }

    private static List<Case> pools() {
        return List.of(
                of(new MaxPool2d(2), 2, 6, 6),
                of(new MaxPool2d(3, 2, 1), 2, 6, 7),
                of(new MaxPool2d(new Window(2, 2, 1, 0, 1), new Window(3, 1, 2, 1, 0)), 2, 6, 7),
                of(new AvgPool2d(2), 2, 5, 6), // a row is met by no window
                of(new AvgPool2d(3, 2, 1), 2, 6, 7),
                of(new AvgPool2d(new Window(2, 3, 1, 1, 0), new Window(3, 1, 1, 1, 1)), 2, 6, 7),
                of(new AvgPool2d(new Window(2, 1, 3, 1, 0), new Window(3, 2, 2, 0, 1)), 2, 6, 8),
                of(new AdaptiveAvgPool2d(2, 3), 2, 4, 6),
                of(new AdaptiveAvgPool2d(3, 2), 2, 7, 5), // cells overlap
                of(new AdaptiveAvgPool2d(5, 4), 2, 3, 2), // more cells than pixels
                of(new GlobalAvgPool2d(), 3, 4, 5),
                of(new GlobalMaxPool2d(), 3, 4, 5));
    }

    private static List<Case> attention() {
        return List.of(
                of(MultiHeadAttention.builder(6, 2).build(GENERATOR), 5, 6),
                of(MultiHeadAttention.builder(6, 3).causal().bias(false).build(GENERATOR), 5, 6),
                of(MultiHeadAttention.builder(8, 4).keyValueHeads(2).causal().build(GENERATOR), 5, 8),
                of(MultiHeadAttention.builder(8, 4).keyValueHeads(1).build(GENERATOR), 1, 8),
                of(MultiHeadAttention.builder(6, 2).headWidth(5).causal().build(GENERATOR), 4, 6),
                of(
                        MultiHeadAttention.builder(8, 2)
                                .rotary(new RotaryEmbedding(4, 9))
                                .build(GENERATOR),
                        7,
                        8),
                of(
                        MultiHeadAttention.builder(12, 6)
                                .keyValueHeads(3)
                                .headWidth(6)
                                .rotary(new RotaryEmbedding(6, 7, 500, RotatePairs.Layout.HALVES))
                                .causal()
                                .build(GENERATOR),
                        7,
                        12));
    }

    private static List<Case> transformers() {
        return List.of(
                of(new LayerNorm(6), 5, 6),
                of(new LayerNorm(6, false, 0.1), 6),
                of(new RMSNorm(6), 5, 6),
                of(new RMSNorm(6, 0.3), 6),
                of(new FeedForward(6, 9, new GELU(), true, GENERATOR), 5, 6),
                of(new FeedForward(6, 9, new ReLU(), false, GENERATOR), 6),
                of(new SwiGLU(6, 9, true, GENERATOR), 5, 6),
                of(new SwiGLU(6, 9, false, GENERATOR), 5, 6),
                of(new LearnedPositions(7, 6, GENERATOR), 5, 6),
                of(new SinusoidalPositions(5, 6), 5, 6),
                of(new EncoderBlock(6, 2, 9, 0.1, GENERATOR), 5, 6),
                of(
                        new TransformerBlock(
                                new LayerNorm(6),
                                MultiHeadAttention.builder(6, 2).causal().build(GENERATOR),
                                new RMSNorm(6),
                                new SwiGLU(6, 4, true, GENERATOR),
                                new Dropout(0.2, GENERATOR)),
                        5,
                        6));
    }

    /** With running averages of a batch. */
    private static Layer seen(Layer norm, int... batch) {
        norm.forward(OnnxRuns.numbers(2, batch));
        return norm;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachLayerComputesTheSameForAnyBatch(Case layer) {
        OnnxRuns.trained(layer.layer);

        OnnxRuns.assertSame(
                layer.layer,
                layer.batchOf(1),
                OnnxRuns.numbers(1, layer.batchOf(1).dims()),
                OnnxRuns.numbers(2, layer.batchOf(3).dims()));
    }

    @Test
    void theExamplesBatchDoesNotMatter() {
        Layer model = new Sequential(new Flatten(), new Linear(12, 2, GENERATOR));

        assertThat(OnnxRuns.export(new OnnxExport(), model, Shape.of(5, 3, 4)))
                .isEqualTo(OnnxRuns.export(new OnnxExport(), model, Shape.of(1, 3, 4)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationsHoldOutFarFromZero(Case activation) {
        Tensor far = OnnxRuns.numbers(3, activation.batchOf(3).dims()).mul(30);

        OnnxRuns.assertSame(activation.layer, activation.batchOf(1), far);
    }

    @Test
    void everyLineOfTheTableIsTested() {
        List<Class<?>> tested = Stream.concat(
                        cases().flatMap(layer -> layer.layer.namedLayers().values().stream())
                                .<Class<?>>map(Layer::getClass),
                        Stream.of(Gpt.class)) // OnnxGptTest
                .toList();

        assertThat(tested).containsAll(OnnxLayers.types());
    }

    @Test
    void whatAPackageCanHoldCanBeExported() {
        List<Class<?>> told = LayerKinds.names().stream()
                .<Class<?>>map(name -> LayerKinds.named(name).orElseThrow().type())
                .toList();

        assertThat(OnnxLayers.types()).containsAll(told);
    }

    @Test
    void aLayerThatIsNotInTheTableIsRefusedByClassAndPath() {
        Layer model = Sequential.builder()
                .add("decoder", new Sequential(new ReLU(), new ConvTranspose2d(1, 1, 2, GENERATOR)))
                .build();

        assertThatThrownBy(() -> OnnxRuns.export(new OnnxExport(), model, Shape.of(1, 1, 4, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "'decoder.1'", "org.tinytorch.spatial.ConvTranspose2d", "Conv2d", "OnnxLayers");
    }

    static Stream<Case> misfits() {
        return Stream.of(
                of(new Linear(3, 2, GENERATOR), 4),
                of(new Linear(3, 2, GENERATOR)),
                of(new Conv2d(2, 4, 3, GENERATOR), 3, 6, 5),
                of(new Conv2d(2, 4, 3, GENERATOR), 2, 2, 5),
                of(new BatchNorm1d(3), 4),
                of(new BatchNorm1d(3), 3, 4, 4),
                of(new BatchNorm2d(3), 3, 4),
                of(new MaxPool2d(3), 2, 2, 6),
                of(new AvgPool2d(3), 2, 6),
                of(new AdaptiveAvgPool2d(2, 2), 6, 6),
                of(new GlobalMaxPool2d(), 6, 6),
                of(new Softmax(2), 4),
                of(new Flatten(3), 4),
                of(new LayerNorm(6), 5),
                of(new RMSNorm(6), 5),
                of(new LearnedPositions(4, 6, GENERATOR), 5, 6),
                of(new LearnedPositions(4, 6, GENERATOR), 6),
                of(new LearnedPositions(4, 6, GENERATOR), 3, 8),
                of(replaced(), 5, 6),
                of(new SinusoidalPositions(4, 6), 4, 8),
                of(MultiHeadAttention.builder(6, 2).build(GENERATOR), 6),
                of(MultiHeadAttention.builder(6, 2).build(GENERATOR), 5, 4),
                of(
                        MultiHeadAttention.builder(8, 2)
                                .rotary(new RotaryEmbedding(4, 4))
                                .build(GENERATOR),
                        5,
                        8),
                of(new Gpt(GptConfig.gpt2(7, 4, 1, 1, 4), GENERATOR), 4, 3));
    }

    private static Layer replaced() {
        Layer attention = MultiHeadAttention.builder(6, 2).build(GENERATOR);
        attention.replaceChild("queryKeyValue", new Linear(6, 21, GENERATOR));
        return attention;
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void anExampleThatDoesNotFitIsRefusedWithThePlace(Case misfit) {
        Layer model = Sequential.builder()
                .add("before", new Identity())
                .add("here", misfit.layer)
                .build();
        int[] dims = misfit.batchOf(1).dims();

        assertThatThrownBy(() -> OnnxRuns.export(new OnnxExport(), model, Shape.of(dims)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "onnx: the layer 'here",
                        misfit.layer.getClass().getSimpleName().equals("Gpt")
                                ? "first layer"
                                : Arrays.stream(dims)
                                        .mapToObj(Integer::toString)
                                        .reduce((a, b) -> a + ", " + b)
                                        .orElseThrow());
    }
}
