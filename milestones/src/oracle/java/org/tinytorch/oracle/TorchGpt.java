package org.tinytorch.oracle;

import java.util.ArrayList;
import java.util.List;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.GptConfig.Style;

/** A GPT in PyTorch's functions. Its parameters go by the names that ours have, with underscores for dots. */
final class TorchGpt {
    private final GptConfig config;
    private final int length;
    private final List<String> lines = new ArrayList<>();

    private TorchGpt(GptConfig config, int length) {
        this.config = config;
        this.length = length;
    }

    /** Statements that make {@code logits} {@code (B, T, V)} of {@code ids} {@code (B, T)}. */
    static List<String> logits(GptConfig config, int length) {
        TorchGpt model = new TorchGpt(config, length);
        model.embed();
        for (int i = 0; i < config.layers(); i++) {
            model.block("blocks_" + i);
        }
        String table = config.tied() ? "tokens" : "head";
        model.add("logits", LanguageExpressions.linear(model.norm("x", "norm"), table, false));
        return model.lines;
    }

    private void embed() {
        add("x", "torch.embedding(tokens_weight, torch.to(ids, 4))");
        if (config.style() == Style.GPT2) {
            add("x", "torch.add(x, torch.slice(positions_weight, 0, 0, " + length + "))");
        } else {
            lines.addAll(LanguageExpressions.angles(0, length, headWidth(), 10_000));
        }
    }

    private void block(String path) {
        attention(norm("x", path + "_norm1"), path + "_attention");
        String normed = norm("x", path + "_norm2");
        String thought = config.style() == Style.GPT2
                ? LanguageExpressions.feedForward(normed, path + "_feedForward", config.bias())
                : LanguageExpressions.swiGlu(normed, path + "_feedForward", config.bias());
        add("x", "torch.add(x, " + thought + ")");
    }

    private void attention(String normed, String path) {
        int queries = config.heads() * headWidth();
        int keys = config.keyValueHeads() * headWidth();
        add("packed", LanguageExpressions.linear(normed, path + "_queryKeyValue", config.bias()));
        add("parts", "torch.split_with_sizes(packed, [%1$d, %2$d, %2$d], 2)".formatted(queries, keys));
        add("q", turned(heads("parts[0]", config.heads()), config.heads()));
        add("k", turned(heads("parts[1]", config.keyValueHeads()), config.keyValueHeads()));
        add("v", heads("parts[2]", config.keyValueHeads()));
        add("mixed", LanguageExpressions.attention("q", "k", "v", "None, 0., True, scale=None, enable_gqa=True"));
        String looked = LanguageExpressions.linear("torch.flatten(mixed, 2)", path + "_output", config.bias());
        add("x", "torch.add(x, " + looked + ")");
    }

    private String heads(String x, int heads) {
        return "torch.reshape(%s, [-1, %d, %d, %d])".formatted(x, length, heads, headWidth());
    }

    private String turned(String x, int heads) {
        return config.style() == Style.GPT2 ? x : LanguageExpressions.rotateAdjacent(x, length, heads, headWidth());
    }

    private String norm(String x, String path) {
        return config.style() == Style.GPT2
                ? LanguageExpressions.layerNorm(x, path, config.width(), config.bias(), 1e-5)
                : LanguageExpressions.rmsNorm(x, path, config.width(), 1e-5);
    }

    private int headWidth() {
        return config.width() / config.heads();
    }

    private void add(String name, String expression) {
        lines.add(name + " = " + expression);
    }
}
