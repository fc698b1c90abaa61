package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GptConfigTest {
    private static final GptConfig GPT2 = GptConfig.gpt2(65, 32, 3, 4, 48);
    private static final GptConfig LLAMA = GptConfig.llama(65, 32, 3, 4, 48);

    private static void assertRefused(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void gpt2IsWithBiasesAndFourTimesAsWideWithin() {
        assertThat(GPT2).isEqualTo(new GptConfig(65, 32, 3, 4, 4, 48, 4 * 48, GptConfig.Style.GPT2, true, true, 0));
    }

    @Test
    void llamaIsWithoutBiasesAndWithAGate() {
        assertThat(LLAMA)
                .isEqualTo(new GptConfig(65, 32, 3, 4, 4, 48, 8 * 48 / 3, GptConfig.Style.LLAMA, false, true, 0));
    }

    @Test
    void eachChangeIsOfOneThing() throws ReflectiveOperationException {
        assertThat(changes(GPT2.keyValueHeads(2))).containsExactly("keyValueHeads=2");
        assertThat(changes(GPT2.hidden(7))).containsExactly("hidden=7");
        assertThat(changes(GPT2.bias(false))).containsExactly("bias=false");
        assertThat(changes(GPT2.tied(false))).containsExactly("tied=false");
        assertThat(changes(GPT2.dropout(0.1))).containsExactly("dropout=0.1");
    }

    /** What is not as in {@link #GPT2}. */
    private static List<String> changes(GptConfig config) throws ReflectiveOperationException {
        List<String> changes = new ArrayList<>();
        for (RecordComponent part : GptConfig.class.getRecordComponents()) {
            Object value = part.getAccessor().invoke(config);
            if (!value.equals(part.getAccessor().invoke(GPT2))) {
                changes.add(part.getName() + "=" + value);
            }
        }
        return changes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void sizesMustBePositive(int size) {
        String rest = " is " + size + ", but must be 1 or more";

        assertRefused(() -> GptConfig.gpt2(size, 1, 1, 1, 1), "gpt: vocabularySize" + rest);
        assertRefused(() -> GptConfig.gpt2(1, size, 1, 1, 1), "gpt: contextLength" + rest);
        assertRefused(() -> GptConfig.gpt2(1, 1, size, 1, 1), "gpt: layers" + rest);
        assertRefused(() -> GptConfig.gpt2(1, 1, 1, size, 1), "gpt: heads" + rest);
        assertRefused(() -> GptConfig.gpt2(1, 1, 1, 1, size), "gpt: width" + rest);
        assertRefused(() -> GPT2.keyValueHeads(size), "gpt: keyValueHeads" + rest);
        assertRefused(() -> GPT2.hidden(size), "gpt: hidden" + rest);
    }

    @Test
    void allSizesMayBe1() {
        assertThat(GptConfig.gpt2(1, 1, 1, 1, 1).hidden(1).hidden()).isEqualTo(1);
    }

    @Test
    void theWidthMustBeAMultipleOfTheHeads() {
        assertRefused(
                () -> GptConfig.gpt2(65, 32, 3, 5, 48),
                "gpt: a width of 48 cannot be shared out among 5 heads; use a multiple of them");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8})
    void theHeadsMustBeAMultipleOfThoseOfTheKeys(int count) {
        assertRefused(
                () -> GPT2.keyValueHeads(count),
                "gpt: 4 heads cannot share " + count + " heads of keys and values; use a divisor of 4");
    }

    @Test
    void onlyHeadsOfAnEvenWidthCanBeTurned() {
        assertRefused(
                () -> GptConfig.llama(65, 32, 3, 16, 48),
                "gpt: heads of 3 numbers cannot be turned in pairs; use an even width for each head");
        assertThat(GptConfig.gpt2(65, 32, 3, 16, 48).heads())
                .as("learnt positions turn nothing")
                .isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aDropoutOfEverythingIsRefused(double p) {
        assertRefused(() -> GPT2.dropout(p), "gpt: a dropout of " + p + " is not possible; use 0 to below 1");
    }
}
