package org.tinytorch.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.transformer.GeneratedText;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;

class BatchGeneratorTest {
    private static final List<String> PROMPTS = List.of("abcd", "b", "hgfab", "b");

    static Stream<GptConfig> configs() {
        return SmallModels.configs();
    }

    private static List<Generator> generators() {
        return Stream.of(4, 5, 6, 7).map(Generator::new).toList();
    }

    private static TextGenerator writer(Gpt model) {
        return TextGenerator.of(LanguageModel.of(model), SmallModels.LETTERS)
                .sampler(Sampler.temperature(1.5))
                .maxTokens(7);
    }

    private static List<GeneratedText> alone(TextGenerator writer) {
        List<Generator> generators = generators();
        return Stream.of(0, 1, 2, 3)
                .map(i -> writer.generate(PROMPTS.get(i), generators.get(i)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void eachTextIsWhatItWouldBeAlone(GptConfig config) {
        Gpt model = SmallModels.model(config);
        TextGenerator writer = writer(model);

        List<GeneratedText> texts = new BatchGenerator(model, writer).generate(PROMPTS, generators());

        assertThat(texts).containsExactlyElementsOf(alone(writer));
        assertThat(texts)
                .as("with other random numbers the same prompt goes on differently")
                .doesNotHaveDuplicates();
    }

    @Test
    void eachTextEndsAtItsOwnStop() {
        Gpt model = SmallModels.model(SmallModels.gpt2());
        TextGenerator writer =
                writer(model).stopAt("a", "fe").stopAtToken(SmallModels.LETTERS.encode("d")[0]);

        List<GeneratedText> texts = new BatchGenerator(model, writer).generate(PROMPTS, generators());

        assertThat(texts).containsExactlyElementsOf(alone(writer));
        assertThat(texts.stream().map(GeneratedText::tokens).distinct().count())
                .as("they end after different numbers of tokens: %s", texts)
                .isGreaterThan(1);
    }

    @Test
    void noTokensAreNoText() {
        Gpt model = SmallModels.model(SmallModels.gpt2());

        assertThat(new BatchGenerator(model, writer(model).maxTokens(0)).generate(PROMPTS, generators()))
                .containsOnly(new GeneratedText("", 0, GeneratedText.End.LENGTH));
    }

    @Test
    void aWholeContextCanBeFilled() {
        Gpt model = SmallModels.model(SmallModels.llama());
        TextGenerator writer = writer(model).maxTokens(SmallModels.CONTEXT - 5 + 1);

        assertThat(new BatchGenerator(model, writer).generate(PROMPTS, generators()))
                .containsExactlyElementsOf(alone(writer));
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        Gpt model = SmallModels.model(SmallModels.gpt2());
        BatchGenerator together = new BatchGenerator(model, writer(model));
        Generator one = new Generator(1);

        assertThatThrownBy(() -> together.generate(List.of(), List.of())).hasMessageContaining("0 prompts");
        assertThatThrownBy(() -> together.generate(List.of("a", "b"), List.of(one)))
                .hasMessageContaining("2 prompts with 1 generators");
        assertThatThrownBy(() -> together.generate(List.of(""), List.of(one)))
                .hasMessageContaining("a prompt is empty");
        assertThatThrownBy(() -> together.generate(List.of("abcdefg"), List.of(one)))
                .hasMessageContaining("a prompt of 7 tokens and 7 more do not fit into a context of 12");
        Gpt other = SmallModels.model(GptConfig.gpt2(5, 4, 1, 1, 4));
        assertThatThrownBy(() -> new BatchGenerator(other, writer(model)))
                .hasMessageContaining("the model knows 5 tokens, the tokenizer 8");
    }
}
