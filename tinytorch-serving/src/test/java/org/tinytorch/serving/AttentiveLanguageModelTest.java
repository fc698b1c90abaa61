package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** What the model looks at. */
class AttentiveLanguageModelTest {
    private static final int CONTEXT = 8;

    private static Gpt model(GptConfig.Style style) {
        GptConfig config = style == GptConfig.Style.GPT2
                ? GptConfig.gpt2(11, CONTEXT, 3, 4, 16)
                : GptConfig.llama(11, CONTEXT, 3, 4, 16).keyValueHeads(2);
        Gpt gpt = new Gpt(config, new Generator(2));
        gpt.parameters()
                .forEach(
                        weight -> { // larger, so that attention is not the same everywhere
                            double[] data = weight.mutableData();
                            for (int i = 0; i < data.length; i++) {
                                data[i] *= 8;
                            }
                        });
        gpt.eval();
        return gpt;
    }

    private static int[] tokens(int count) {
        return IntStream.range(0, count).map(i -> (5 * i + i * i) % 11).toArray();
    }

    /** The weights of the last layer's last place, from the layer itself and a whole pass. */
    private static double[] expected(Gpt gpt, int[] seen) {
        Tensor[] into = new Tensor[1];
        Layer last = gpt.child("blocks").child("2");
        MultiHeadAttention attention = last.namedLayers().values().stream()
                .filter(MultiHeadAttention.class::isInstance)
                .map(MultiHeadAttention.class::cast)
                .findFirst()
                .orElseThrow();
        try (NoGrad scope = NoGrad.enter();
                var hook = attention.onForward((path, layer, input, output) -> into[0] = input.copy())) {
            gpt.forward(Tensors.of(Arrays.stream(seen).asDoubleStream().toArray(), 1, seen.length));
        }
        assertThat(into[0]).as("what the layer was given").isNotNull();
        Tensor weights = attention.weights(into[0]);
        double[] mean = new double[seen.length];
        for (int head = 0; head < 4; head++) {
            for (int key = 0; key < seen.length; key++) {
                mean[key] += weights.get(0, head, seen.length - 1, key) / 4;
            }
        }
        return mean;
    }

    @ParameterizedTest
    @EnumSource(GptConfig.Style.class)
    void itWritesAsACachedModelAndTellsTheWeightsOfTheLastLayer(GptConfig.Style style) {
        Gpt gpt = model(style);
        AttentiveLanguageModel attentive = new AttentiveLanguageModel(gpt, 3);
        CachedLanguageModel cached = CachedLanguageModel.of(gpt).dropping(3);
        for (int length = 4; length < 20; length++) {
            double[] logits = attentive.next(tokens(length));
            int tooMany = Math.max(0, length - CONTEXT);
            int from = (tooMany + 2) / 3 * 3;

            assertThat(logits).containsExactly(cached.next(tokens(length)), within(1e-9));
            assertThat(attentive.attention())
                    .as("of " + length)
                    .containsExactly(expected(gpt, Arrays.copyOfRange(tokens(length), from, length)), within(1e-9));
        }
    }
}
