package org.tinytorch.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;

/** The options of a {@link Gpt}: its whole {@link GptConfig}. */
final class GptJson {
    /** A model with rotary positions keeps a table of them that is not among its weights. This many numbers (32 MiB) are more than any model has needed, whatever the size of its weights. */
    private static final long ROTARY_LIMIT = 1L << 22;

    private GptJson() {}

    static void write(Gpt model, ObjectNode to) {
        GptConfig config = model.config();
        to.put("vocabularySize", config.vocabularySize())
                .put("contextLength", config.contextLength())
                .put("layers", config.layers())
                .put("heads", config.heads())
                .put("keyValueHeads", config.keyValueHeads())
                .put("width", config.width())
                .put("hidden", config.hidden())
                .put("style", config.style().name())
                .put("bias", config.bias())
                .put("tied", config.tied())
                .put("dropout", config.dropout());
    }

    static Gpt read(JsonFields from, WeightShapes weights) {
        GptConfig config = new GptConfig(
                from.size("vocabularySize"),
                from.size("contextLength"),
                from.size("layers"),
                from.size("heads"),
                from.size("keyValueHeads"),
                from.size("width"),
                from.size("hidden"),
                from.oneOf("style", GptConfig.Style.class),
                from.flag("bias"),
                from.flag("tied"),
                from.number("dropout"));
        expect(config, weights);
        return new Gpt(config, LayerKinds.generator());
    }

    /** Every number of the config is the size of a weight, or how many there are; where it is not, it has a limit of its own. */
    private static void expect(GptConfig config, WeightShapes weights) {
        boolean gpt2 = config.style() == GptConfig.Style.GPT2;
        long width = config.width();
        long headWidth = width / config.heads();
        weights.expect("tokens.weight", config.vocabularySize(), width);
        if (gpt2) {
            weights.expect("positions.weight", config.contextLength(), width);
        } else if (config.contextLength() * headWidth > ROTARY_LIMIT) {
            throw new IllegalArgumentException("gpt: a context of " + config.contextLength() + " tokens with heads of "
                    + headWidth + " numbers needs a table of positions of more than " + ROTARY_LIMIT
                    + " numbers; use a shorter context");
        }
        for (int i = 0; i < config.layers(); i++) { // ends at the first block that is not among the weights
            WeightShapes block = weights.at("blocks").at(Integer.toString(i));
            block.expect("attention.queryKeyValue.weight", width + 2L * config.keyValueHeads() * headWidth, width);
            block.expect("attention.output.weight", width, width);
            block.expect("feedForward." + (gpt2 ? "expand" : "gate") + ".weight", config.hidden(), width);
        }
        if (!config.tied()) {
            weights.expect("head.weight", config.vocabularySize(), width);
        }
    }
}
