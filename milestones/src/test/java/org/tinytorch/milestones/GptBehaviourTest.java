package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

class GptBehaviourTest {
    private static final int CONTEXT = 48;

    private final int[] tokens =
            IntStream.range(0, CONTEXT).map(i -> i * i % 11).toArray();

    /** Fresh weights are so small that little depends on anything; these are as large as trained ones. */
    private static Gpt model(GptConfig config) {
        Gpt model = new Gpt(config, new Generator(3));
        model.parameters().stream()
                .filter(each -> each.rank() > 1)
                .forEach(each -> each.copyFrom(each.detach().mul(8)));
        return model;
    }

    @ParameterizedTest
    @EnumSource
    void aGptLooksBackOnlyAndMindsTheOrder(GptConfig.Style style) {
        GptConfig config = style == GptConfig.Style.GPT2
                ? GptConfig.gpt2(11, CONTEXT, 2, 2, 16)
                : GptConfig.llama(11, CONTEXT, 2, 2, 16);

        GptBehaviour behaviour = GptBehaviour.of(model(config), tokens);

        assertThat(behaviour.past()).isZero();
        assertThat(behaviour.order()).isGreaterThan(0.01);
        assertThat(behaviour.memory()).isGreaterThan(0.01);
        assertThat(behaviour.problems()).isEmpty();
    }

    @Test
    void aModelThatIgnoresAttentionFails() {
        Gpt model = model(GptConfig.gpt2(11, CONTEXT, 2, 2, 16));
        model.namedParameters().forEach((name, parameter) -> {
            if (name.contains(".attention.output.")) {
                parameter.fill(0);
            }
        });

        assertThat(GptBehaviour.of(model, tokens).problems())
                .containsExactly(
                        "the order of the earlier tokens does not matter to the model",
                        "the token before the last does not matter to the model, so it ignores attention");
    }

    @Test
    void lookingAheadIsNoticed() {
        assertThat(new GptBehaviour(1e-9, 1, 1).problems())
                .containsExactly("another last token changes what was predicted before it, so the model looks ahead");
    }

    @Test
    void theOrderOfASymmetricalTextSaysNothing() {
        assertThat(GptBehaviour.canBeJudgedOn(1, 2, 1, 5)).isFalse();
        assertThat(GptBehaviour.canBeJudgedOn(1, 2)).as("two tokens").isFalse();
        assertThat(GptBehaviour.canBeJudgedOn(1, 2, 2)).isTrue();
    }

    @Test
    void notANumberIsNoBehaviour() {
        assertThat(new GptBehaviour(Double.NaN, Double.NaN, Double.NaN).problems())
                .hasSize(3);
    }
}
