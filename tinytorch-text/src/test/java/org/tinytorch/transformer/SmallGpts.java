package org.tinytorch.transformer;

import java.util.List;
import java.util.stream.Stream;
import org.tinytorch.attention.GrowingStore;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Models that are small enough to be looked at from all sides. */
final class SmallGpts {
    static final int CONTEXT = 6;
    static final int VOCABULARY = 11;

    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int WIDTH = 8;
    private static final double SHAKE = 0.4;

    private SmallGpts() {}

    static GptConfig gpt2() {
        return GptConfig.gpt2(VOCABULARY, CONTEXT, LAYERS, HEADS, WIDTH);
    }

    static GptConfig llama() {
        return GptConfig.llama(VOCABULARY, CONTEXT, LAYERS, HEADS, WIDTH);
    }

    /** Both styles, each also with shared heads of keys, with two tables, and with or without biases unlike its models. */
    static Stream<GptConfig> all() {
        return Stream.of(gpt2(), llama())
                .flatMap(config -> Stream.of(
                        config, config.keyValueHeads(2), config.tied(false).bias(!config.bias())));
    }

    /** Both styles with a single block. A second one would see the order of the places without positions too, from how much each of them has seen. */
    static Stream<GptConfig> singleBlocks() {
        return Stream.of(
                        GptConfig.gpt2(VOCABULARY, CONTEXT, 1, HEADS, WIDTH),
                        GptConfig.llama(VOCABULARY, CONTEXT, 1, HEADS, WIDTH))
                .flatMap(config -> Stream.of(config, config.keyValueHeads(2)));
    }

    /** A model none of whose weights is so small that its part has no say. */
    static Gpt shaken(GptConfig config) {
        Generator generator = new Generator(1);
        Gpt model = new Gpt(config, generator);
        model.stateDict()
                .values()
                .forEach(weights -> weights.copyFrom(weights.add(
                        Tensors.randn(generator, weights.shape().dims()).mul(SHAKE))));
        return model;
    }

    /** Ids {@code (B, T)}, the same in every run. */
    static Tensor ids(int batch, int places) {
        return Tensors.randint(new Generator(2), VOCABULARY, batch, places);
    }

    /** An empty store for each block. */
    static List<KeyValueStore> stores(GptConfig config) {
        return Stream.<KeyValueStore>generate(GrowingStore::new)
                .limit(config.layers())
                .toList();
    }
}
