package org.tinytorch.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Values;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** A small GPT in both styles against the same one in PyTorch's functions: logits, and the gradient of every parameter. */
class GptOracle {
    private static final int VOCABULARY = 11;
    private static final int CONTEXT = 8;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int WIDTH = 16;
    private static final int BATCH = 2;

    /** Less than the context, so that not all positions are used. */
    private static final int LENGTH = 6;

    @TestFactory
    Stream<DynamicTest> everyStyle() {
        GptConfig gpt2 = GptConfig.gpt2(VOCABULARY, CONTEXT, LAYERS, HEADS, WIDTH);
        GptConfig llama = GptConfig.llama(VOCABULARY, CONTEXT, LAYERS, HEADS, WIDTH);
        return Stream.of(
                        compare("GPT-2, tied", gpt2),
                        compare(
                                "GPT-2 with a head of its own, without biases",
                                gpt2.tied(false).bias(false)),
                        compare("GPT-2, grouped heads", gpt2.keyValueHeads(2)),
                        compare("Llama, tied, grouped heads", llama.keyValueHeads(2)),
                        compare(
                                "Llama with a head of its own, one head of keys",
                                llama.tied(false).keyValueHeads(1)),
                        compare("Llama with biases", llama.bias(true)))
                .map(Comparison::test);
    }

    private static Comparison compare(String name, GptConfig config) {
        Gpt model = new Gpt(config, new Generator(1));
        Map<String, Tensor> variables = new LinkedHashMap<>();
        model.namedParameters().forEach((path, parameter) -> variables.put(path, uneven(parameter, variables.size())));
        Tensor ids = Values.indices(2, VOCABULARY, BATCH, LENGTH);
        List<String> lines = new ArrayList<>(TorchGpt.logits(config, LENGTH));
        lines.add("return logits");
        return new Comparison(name, variables, Map.of("ids", ids), () -> model.forward(ids), lines);
    }

    /** New weights are so small that a block would hardly matter; new norms are all ones, new biases zeros. */
    private static Tensor uneven(Parameter parameter, int stream) {
        parameter.copyFrom(Values.spread(stream, -0.5, 0.5, parameter.shape().dims()));
        return parameter;
    }
}
