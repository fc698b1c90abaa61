package org.tinytorch.transformer;

import java.util.List;
import java.util.Optional;
import org.tinytorch.attention.KeyValueStore;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.embedding.LearnedPositions;
import org.tinytorch.embedding.Positions;
import org.tinytorch.embedding.RotaryEmbedding;
import org.tinytorch.embedding.TokenTable;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.GELU;
import org.tinytorch.nn.Init;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * A transformer that says for each place of a text which token comes next, in the manner of GPT-2 (Radford et al., 2019) or of Llama (Touvron et al., 2023).
 *
 * <p>Shapes: ids {@code (B, T)} with integer values, result {@code (B, T, V)}, the logits of the token that follows each place. T is at most the context length.
 *
 * <p>Children: {@code tokens} ({@link Embedding}), with learnt positions {@code positions}, {@code dropout}, {@code blocks} with a {@link TransformerBlock} for each layer,
 * {@code norm}, and unless it is tied {@code head} ({@link Linear} without a bias).
 *
 * <pre>{@code
 * Gpt model = new Gpt(GptConfig.gpt2(65, 64, 4, 4, 128), new Generator(1));
 * Tensor logits = model.forward(ids);
 * }</pre>
 */
public final class Gpt extends Layer {
    /** GPT-2's deviation of all weights. */
    private static final double DEVIATION = 0.02;

    private final GptConfig config;

    /** A model with weights drawn as GPT-2's: normal with deviation 0.02, divided by {@code √(2 · layers)} where something is added to the straight way; biases 0. */
    public Gpt(GptConfig config, Generator generator) {
        this.config = config;
        child("tokens", new Embedding(config.vocabularySize(), config.width(), generator));
        if (config.style() == GptConfig.Style.GPT2) {
            child("positions", new LearnedPositions(config.contextLength(), config.width(), generator));
        }
        child("dropout", new Dropout(config.dropout(), generator.split()));
        child("blocks", new Blocks(config, generator));
        child("norm", norm(config));
        if (!config.tied()) {
            child("head", new Linear(config.width(), config.vocabularySize(), false, generator));
        }
        initialise(generator);
    }

    /** The blocks, named by their numbers. */
    private static final class Blocks extends Layer {
        Blocks(GptConfig config, Generator generator) {
            RotaryEmbedding rotary = config.style() == GptConfig.Style.LLAMA
                    ? new RotaryEmbedding(config.width() / config.heads(), config.contextLength())
                    : null;
            for (int i = 0; i < config.layers(); i++) {
                child(Integer.toString(i), block(config, Optional.ofNullable(rotary), generator));
            }
        }

        @Override
        protected Tensor compute(Tensor x) {
            Tensor out = x;
            for (Layer block : children().values()) {
                out = block.forward(out);
            }
            return out;
        }
    }

    private static TransformerBlock block(GptConfig config, Optional<RotaryEmbedding> rotary, Generator generator) {
        MultiHeadAttention.Builder attention = MultiHeadAttention.builder(config.width(), config.heads())
                .keyValueHeads(config.keyValueHeads())
                .causal()
                .bias(config.bias())
                .dropout(config.dropout());
        rotary.ifPresent(attention::rotary);
        Layer feedForward = config.style() == GptConfig.Style.GPT2
                ? new FeedForward(config.width(), config.hidden(), new GELU(), config.bias(), generator)
                : new SwiGLU(config.width(), config.hidden(), config.bias(), generator);
        return new TransformerBlock(
                norm(config),
                attention.build(generator),
                norm(config),
                feedForward,
                new Dropout(config.dropout(), generator.split()));
    }

    private static Layer norm(GptConfig config) {
        return config.style() == GptConfig.Style.GPT2
                ? new LayerNorm(config.width(), config.bias(), 1e-5)
                : new RMSNorm(config.width());
    }

    private void initialise(Generator generator) {
        double small = DEVIATION / Math.sqrt(2.0 * config.layers());
        namedLayers().forEach((path, layer) -> {
            if (layer instanceof Embedding table) {
                Init.normal(table.weight(), 0, DEVIATION, generator);
            } else if (layer instanceof Linear linear) {
                boolean added = path.endsWith(".output") || path.endsWith(".shrink") || path.endsWith(".down");
                Init.normal(linear.weight(), 0, added ? small : DEVIATION, generator);
                linear.bias().ifPresent(Init::zeros);
            }
        });
    }

    /** The architecture. */
    public GptConfig config() {
        return config;
    }

    @Override
    protected Tensor compute(Tensor ids) {
        return head(child("norm").forward(child("blocks").forward(embed(ids, 0))));
    }

    /**
     * The logits of what comes next, with keys and values of what came before.
     *
     * @param ids {@code (B, T)}, at the positions from the stores' length on
     * @param stores one for each block, all of the same length
     * @return {@code (B, T, V)}
     * @throws IllegalArgumentException if ids is no matrix, there is not one store for each block, or the text is longer than the context
     * @throws IndexOutOfBoundsException if an id is not an integer in {@code 0 … V − 1}
     */
    public Tensor forward(Tensor ids, List<? extends KeyValueStore> stores) {
        return head(child("norm").forward(through(ids, stores)));
    }

    /**
     * The logits of what follows the last place only, with keys and values of what came before.
     *
     * @param ids {@code (B, T)}, T at least 1, at the positions from the stores' length on
     * @param stores one for each block, all of the same length
     * @return {@code (B, V)}
     * @throws IllegalArgumentException as {@link #forward(Tensor, List)}, and if there is no place
     */
    public Tensor last(Tensor ids, List<? extends KeyValueStore> stores) {
        checkNotEmpty(ids);
        return lastOf(through(ids, stores));
    }

    private Tensor through(Tensor ids, List<? extends KeyValueStore> stores) {
        if (stores.size() != config.layers()) {
            throw new IllegalArgumentException("gpt: " + stores.size() + " stores of keys and values cannot serve "
                    + config.layers() + " blocks; give one for each");
        }
        Tensor x = embed(ids, stores.get(0).length());
        for (int i = 0; i < config.layers(); i++) {
            TransformerBlock block = (TransformerBlock) child("blocks").child(Integer.toString(i));
            x = block.forward(x, Optional.empty(), stores.get(i));
        }
        return x;
    }

    /**
     * The logits of what follows the last place only; what writes a text needs no others.
     *
     * @param ids {@code (B, T)}, T at least 1
     * @return {@code (B, V)}
     * @throws IllegalArgumentException if there is no place
     */
    public Tensor last(Tensor ids) {
        checkNotEmpty(ids);
        return lastOf(child("blocks").forward(embed(ids, 0)));
    }

    private static void checkNotEmpty(Tensor ids) {
        if (ids.rank() == 2 && ids.dim(1) == 0) {
            throw new IllegalArgumentException("gpt: a text without tokens has no last place; give at least one token");
        }
    }

    private Tensor lastOf(Tensor x) {
        Tensor end = x.slice(1, -1, x.dim(1));
        return head(child("norm").forward(end)).squeeze(1);
    }

    /**
     * The vectors of some tokens, the first of which stands at a given position, with those of their positions added in the style of GPT-2; Llama's attention turns by the positions itself. Dropout
     * comes last.
     */
    private Tensor embed(Tensor ids, int first) {
        check(ids, first);
        // region Task 14.5: tokens and their positions
        Tensor x = child("tokens").forward(ids);
        if (config.style() == GptConfig.Style.GPT2) {
            x = ((Positions) child("positions")).forward(x, first);
        }
        return child("dropout").forward(x);
        // endregion
    }

    private void check(Tensor ids, int first) {
        if (ids.rank() != 2) {
            throw new IllegalArgumentException("gpt: ids of shape " + ids.shape()
                    + " are not (batch, places); a single text is a batch of one, use unsqueeze(0)");
        }
        if (first + ids.dim(1) > config.contextLength()) {
            throw new IllegalArgumentException("gpt: " + (first + ids.dim(1)) + " tokens do not fit into a context of "
                    + config.contextLength() + "; shorten the text, or give its last " + config.contextLength()
                    + " tokens");
        }
    }

    /**
     * From the vector of each place to a score for each token. In a tied model it is how well the vector fits the token's own row in the table: {@code x · Eᵀ}.
     *
     * @param x {@code (B, T, C)}
     * @return {@code (B, T, V)}
     */
    private Tensor head(Tensor x) {
        if (!config.tied()) {
            return child("head").forward(x);
        }
        // region Task 14.6: one table, read both ways
        TokenTable table = (TokenTable) child("tokens");
        Tensor rows = x.reshape(-1, config.width());
        return table.scores(rows).reshape(x.shape().with(-1, config.vocabularySize()));
        // endregion
    }

    @Override
    protected String options() {
        return "vocabulary=" + config.vocabularySize() + ", context=" + config.contextLength() + ", " + config.style()
                + (config.tied() ? ", tied" : "");
    }
}
