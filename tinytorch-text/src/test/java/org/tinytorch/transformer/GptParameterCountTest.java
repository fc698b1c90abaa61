package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.tensor.Generator;

class GptParameterCountTest {
    private static long linear(long in, long out, boolean bias) {
        return in * out + (bias ? out : 0);
    }

    private static long norm(GptConfig config) {
        boolean bias = config.style() == GptConfig.Style.GPT2 && config.bias();
        return bias ? 2L * config.width() : config.width();
    }

    private static long feedForward(GptConfig config) {
        long up = linear(config.width(), config.hidden(), config.bias());
        long down = linear(config.hidden(), config.width(), config.bias());
        return config.style() == GptConfig.Style.GPT2 ? up + down : 2 * up + down;
    }

    private static long attention(GptConfig config) {
        int headWidth = config.width() / config.heads();
        int packed = (config.heads() + 2 * config.keyValueHeads()) * headWidth;
        return linear(config.width(), packed, config.bias()) + linear(config.width(), config.width(), config.bias());
    }

    private static long expected(GptConfig config) {
        long table = (long) config.vocabularySize() * config.width();
        long positions = config.style() == GptConfig.Style.GPT2 ? (long) config.contextLength() * config.width() : 0;
        long block = 2 * norm(config) + attention(config) + feedForward(config);
        return table + positions + config.layers() * block + norm(config) + (config.tied() ? 0 : table);
    }

    @ParameterizedTest
    @MethodSource("org.tinytorch.transformer.SmallGpts#all")
    void isThatOfTheFormula(GptConfig config) {
        assertThat(new Gpt(config, new Generator(1)).parameterCount()).isEqualTo(expected(config));
    }

    @Test
    void theFormulaGivesTheSizeOfTheRealGpt2() {
        assertThat(expected(GptConfig.gpt2(50_257, 1_024, 12, 12, 768))).isEqualTo(124_439_808);
    }
}
