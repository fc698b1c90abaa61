package org.tinytorch.caching;

import java.util.Arrays;
import java.util.stream.Stream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** Models whose every weight has a say, and a tokenizer that suits them. */
final class SmallModels {
    static final Tokenizer LETTERS = CharTokenizer.of("abcdefgh");
    static final int CONTEXT = 12;

    private SmallModels() {}

    static GptConfig gpt2() {
        return GptConfig.gpt2(LETTERS.vocabularySize(), CONTEXT, 2, 4, 16);
    }

    static GptConfig llama() {
        return GptConfig.llama(LETTERS.vocabularySize(), CONTEXT, 2, 4, 16);
    }

    static Stream<GptConfig> configs() {
        return Stream.of(
                gpt2(), gpt2().tied(false).dropout(0.5), llama(), llama().keyValueHeads(2), llama().keyValueHeads(1));
    }

    static Gpt model(GptConfig config) {
        Generator generator = new Generator(5);
        Gpt model = new Gpt(config, generator);
        model.stateDict()
                .values()
                .forEach(weights -> weights.copyFrom(weights.add(
                        Tensors.randn(generator, weights.shape().dims()).mul(0.3))));
        return model;
    }

    /** Ids {@code (1, T)}. */
    static Tensor ids(int... tokens) {
        return Tensors.of(Arrays.stream(tokens).asDoubleStream().toArray(), 1, tokens.length);
    }

    /** Some text, the same in every run. */
    static int[] tokens(long seed, int length) {
        return Arrays.stream(Tensors.randint(new Generator(seed), LETTERS.vocabularySize(), length)
                        .data())
                .mapToInt(id -> (int) id)
                .toArray();
    }
}
