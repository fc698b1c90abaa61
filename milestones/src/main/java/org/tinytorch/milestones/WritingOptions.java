package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.List;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.Sampler;
import org.tinytorch.transformer.TextGenerator;
import picocli.CommandLine.Option;

/** Options on how the model writes. */
final class WritingOptions {
    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "what the model goes on from; by default a line break. Of a longer text it sees the end")
    String prompt = "\n";

    @Option(
            names = "--temperature",
            paramLabel = "X",
            description = "0 always takes the likeliest token, 1 draws as the model says, more is wilder",
            defaultValue = "0.8")
    double temperature;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            description = "draw from so many of the likeliest tokens; 0 for all",
            defaultValue = "0")
    int topK;

    @Option(
            names = "--top-p",
            paramLabel = "X",
            description = "draw from the likeliest tokens that reach this probability together; 1 for all",
            defaultValue = "1")
    double topP;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "X",
            description = "makes tokens that are in the text less likely; 1 for none",
            defaultValue = "1")
    double repetitionPenalty;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "how much is written at the end",
            defaultValue = "500")
    int maxTokens;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "the text ends before this; may be given several times")
    List<String> stops = new ArrayList<>();

    /**
     * What writes.
     *
     * @throws IllegalArgumentException if an option is not possible, or the tokenizer does not know the prompt
     */
    TextGenerator writer(LanguageModel model, Tokenizer tokenizer) {
        TextGenerator writer = TextGenerator.of(model, tokenizer)
                .sampler(new Sampler(temperature, topK, topP, repetitionPenalty))
                .maxTokens(maxTokens)
                .stopAt(stops.toArray(String[]::new));
        if (tokenizer.encode(prompt).length == 0) {
            throw new IllegalArgumentException("--prompt is empty; give at least one character, or leave it out");
        }
        return writer;
    }
}
