package org.tinytorch.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.attention.CrossAttention;
import org.tinytorch.attention.Masks;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.embedding.RotatePairs.Layout;
import org.tinytorch.embedding.SinusoidalPositions;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Values;
import org.tinytorch.transformer.EncoderBlock;
import org.tinytorch.transformer.FeedForward;
import org.tinytorch.transformer.LayerNorm;
import org.tinytorch.transformer.RMSNorm;
import org.tinytorch.transformer.SwiGLU;

/** The layers of modules 12 to 14 against PyTorch's functions: values, and gradients of the input and of every parameter. Attention alone is in {@link AttentionOracle}. */
class LanguageOperationsOracle {
    private static final Generator GENERATOR = new Generator(12);
    private static final int BATCH = 2;
    private static final int LENGTH = 5;
    private static final int HEADS = 2;
    private static final int HEAD_WIDTH = 6;
    private static final int WIDTH = HEADS * HEAD_WIDTH;
    private static final int HIDDEN = 20;
    private static final int IDS = 7;
    private static final int PADDING = 3;

    @TestFactory
    Stream<DynamicTest> norms() {
        double eps = 0.3;
        return tests(
                layer(
                        "layer norm",
                        new LayerNorm(WIDTH),
                        LanguageExpressions.layerNorm("x", "layer", WIDTH, true, 1e-5)),
                layer(
                        "layer norm without a bias, another eps",
                        new LayerNorm(WIDTH, false, eps),
                        LanguageExpressions.layerNorm("x", "layer", WIDTH, false, eps)),
                layer("RMSNorm", new RMSNorm(WIDTH), LanguageExpressions.rmsNorm("x", "layer", WIDTH, 1e-5)),
                layer(
                        "RMSNorm, another eps",
                        new RMSNorm(WIDTH, eps),
                        LanguageExpressions.rmsNorm("x", "layer", WIDTH, eps)));
    }

    @TestFactory
    Stream<DynamicTest> feedForwardLayers() {
        return tests(
                layer(
                        "exact GELU",
                        new FeedForward(WIDTH, HIDDEN, new GELU(), true, GENERATOR),
                        LanguageExpressions.feedForward("x", "layer", true)),
                layer(
                        "exact GELU without biases",
                        new FeedForward(WIDTH, HIDDEN, new GELU(), false, GENERATOR),
                        LanguageExpressions.feedForward("x", "layer", false)),
                layer(
                        "SwiGLU",
                        new SwiGLU(WIDTH, HIDDEN, false, GENERATOR),
                        LanguageExpressions.swiGlu("x", "layer", false)),
                layer(
                        "SwiGLU with biases",
                        new SwiGLU(WIDTH, HIDDEN, true, GENERATOR),
                        LanguageExpressions.swiGlu("x", "layer", true)));
    }

    @TestFactory
    Stream<DynamicTest> embeddings() {
        return tests(
                embedding("embedding", new Embedding(IDS, WIDTH, GENERATOR)),
                embedding("embedding with padding", Embedding.padded(IDS, WIDTH, PADDING, GENERATOR)));
    }

    /** There are more places than ids, so that some come twice; the padding is among them, the last row of the table is not. */
    private static Comparison embedding(String name, Embedding layer) {
        Tensor ids = Values.indices(2, IDS - 1, BATCH, LENGTH);
        ids.mutableData()[0] = PADDING;
        int padding = layer.padding().orElse(-1);
        return new Comparison(
                name,
                Map.of("table", layer.weight()),
                Map.of("ids", ids),
                () -> layer.forward(ids),
                List.of("return torch.embedding(table, torch.to(ids, 4), " + padding + ")"));
    }

    @TestFactory
    Stream<DynamicTest> rotaryPositions() {
        return tests(
                rotary("adjacent pairs", Layout.ADJACENT, 10_000, 0, HEADS),
                rotary("adjacent pairs at later places", Layout.ADJACENT, 10_000, 4, HEADS),
                rotary("adjacent pairs, another base", Layout.ADJACENT, 500, 1, HEADS),
                rotary("adjacent pairs of the first head only", Layout.ADJACENT, 10_000, 0, 1),
                rotary("halves", Layout.HALVES, 10_000, 0, HEADS),
                rotary("halves at later places, another base", Layout.HALVES, 500, 4, HEADS));
    }

    private static Comparison rotary(String name, Layout layout, double base, int first, int heads) {
        Tensor x = leaf(BATCH, LENGTH, HEADS, HEAD_WIDTH);
        RotaryEmbedding rotary = new RotaryEmbedding(HEAD_WIDTH, first + LENGTH, base, layout);
        String turned = layout == Layout.ADJACENT
                ? LanguageExpressions.rotateAdjacent("parts[0]", LENGTH, heads, HEAD_WIDTH)
                : LanguageExpressions.rotateHalves("parts[0]", HEAD_WIDTH);
        return new Comparison(
                name,
                Map.of("x", x),
                Map.of(),
                () -> rotary.rotate(x, first, heads),
                Stream.concat(
                                LanguageExpressions.angles(first, LENGTH, HEAD_WIDTH, base).stream(),
                                Stream.of(
                                        "parts = torch.split_with_sizes(x, [%d, %d], 2)"
                                                .formatted(heads, HEADS - heads),
                                        "return torch.cat([" + turned + ", parts[1]], 2)"))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> sinusoidalPositions() {
        int first = 2;
        SinusoidalPositions positions = new SinusoidalPositions(first + LENGTH, WIDTH);
        Tensor x = leaf(BATCH, LENGTH, WIDTH);
        return tests(new Comparison(
                "sinusoidal positions",
                Map.of("x", x),
                Map.of(),
                () -> positions.forward(x, first),
                Stream.concat(
                                LanguageExpressions.angles(first, LENGTH, WIDTH, 10_000).stream(),
                                Stream.of(
                                        "waves = torch.flatten(torch.stack([torch.sin(angles), torch.cos(angles)], -1), -2)",
                                        "return torch.add(x, waves)"))
                        .toList()));
    }

    @TestFactory
    Stream<DynamicTest> crossAttention() {
        int memoryWidth = 9;
        int places = 4;
        CrossAttention layer = uneven(new CrossAttention(WIDTH, memoryWidth, HEADS, 0, GENERATOR));
        Tensor x = leaf(BATCH, LENGTH, WIDTH);
        Tensor memory = leaf(BATCH, places, memoryWidth);
        Tensor padding = Masks.padding(places, places, 2);
        Map<String, Tensor> variables = variables(layer, x);
        variables.put("memory", memory);
        return tests(new Comparison(
                "cross-attention",
                variables,
                Map.of("mask", padding),
                () -> layer.forward(x, memory, Optional.of(padding)),
                List.of(
                        "q = " + heads(LanguageExpressions.linear("x", "layer_query", true), LENGTH),
                        "k = " + heads(LanguageExpressions.linear("memory", "layer_key", true), places),
                        "v = " + heads(LanguageExpressions.linear("memory", "layer_value", true), places),
                        "mixed = " + LanguageExpressions.attention("q", "k", "v", "torch.ne(mask, 0), 0., False"),
                        "return " + LanguageExpressions.linear("torch.flatten(mixed, 2)", "layer_output", true))));
    }

    @TestFactory
    Stream<DynamicTest> encoderBlock() {
        String hidden = LanguageExpressions.linear("between", "layer_feedForward_expand", true);
        return tests(layer(
                "encoder block",
                new EncoderBlock(WIDTH, HEADS, HIDDEN, 0, GENERATOR),
                List.of(
                        "all = torch.split("
                                + LanguageExpressions.linear("x", "layer_attention_queryKeyValue", true) + ", " + WIDTH
                                + ", 2)",
                        "mixed = "
                                + LanguageExpressions.attention(
                                        heads("all[0]", LENGTH),
                                        heads("all[1]", LENGTH),
                                        heads("all[2]", LENGTH),
                                        "None, 0., False"),
                        "looked = "
                                + LanguageExpressions.linear("torch.flatten(mixed, 2)", "layer_attention_output", true),
                        "between = "
                                + LanguageExpressions.layerNorm(
                                        "torch.add(x, looked)", "layer_norm1", WIDTH, true, 1e-5),
                        "thought = "
                                + LanguageExpressions.linear(
                                        "torch.relu(" + hidden + ")", "layer_feedForward_shrink", true),
                        "return "
                                + LanguageExpressions.layerNorm(
                                        "torch.add(between, thought)", "layer_norm2", WIDTH, true, 1e-5))));
    }

    private static String heads(String x, int length) {
        return "torch.reshape(%s, [%d, %d, %d, %d])".formatted(x, BATCH, length, HEADS, HEAD_WIDTH);
    }

    private static Stream<DynamicTest> tests(Comparison... all) {
        return Stream.of(all).map(Comparison::test);
    }

    private static Comparison layer(String name, Layer layer, String expression) {
        return layer(name, layer, List.of("return " + expression));
    }

    private static Comparison layer(String name, Layer layer, List<String> lines) {
        Tensor x = leaf(BATCH, LENGTH, WIDTH);
        return new Comparison(name, variables(uneven(layer), x), Map.of(), () -> layer.forward(x), lines);
    }

    /** The input, and the parameters by their paths below {@code layer}. */
    private static Map<String, Tensor> variables(Layer layer, Tensor x) {
        Map<String, Tensor> variables = new LinkedHashMap<>();
        variables.put("x", x);
        layer.namedParameters().forEach((path, parameter) -> variables.put("layer." + path, parameter));
        return variables;
    }

    private static Tensor leaf(int... dims) {
        return Values.spread(dims.length, -1, 1, dims).requiresGrad(true);
    }

    /** With other weights than the ones and zeros of new norms and biases. */
    private static <L extends Layer> L uneven(L layer) {
        int stream = 20;
        for (Parameter parameter : layer.parameters()) {
            parameter.copyFrom(Values.spread(stream++, -1, 1, parameter.shape().dims()));
        }
        return layer;
    }
}
