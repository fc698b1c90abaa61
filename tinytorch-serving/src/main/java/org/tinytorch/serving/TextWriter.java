package org.tinytorch.serving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.tinytorch.caching.CachedLanguageModel;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.StreamingDecoder;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.GeneratedText;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.LanguageModel;
import org.tinytorch.transformer.TextStream;

/**
 * Writes a text as {@code TextGenerator} does, but a token at a time, so that several texts can be written in turns. The memory of keys and values is taken with the first token. Not thread-safe.
 */
final class TextWriter {
    private final Gpt gpt;
    private final Tokenizer tokenizer;
    private final GenerationRequest request;
    private final Generator generator;
    private final StringBuilder certain = new StringBuilder();
    private final TextStream stream;
    private int[] context;
    private Optional<LanguageModel> model = Optional.empty();

    /**
     * Before the first token.
     *
     * @param gpt in evaluation mode
     * @param seed of the random numbers
     * @throws HttpProblem with status 400 if the prompt has no token, or something that the tokenizer does not know
     */
    TextWriter(Gpt gpt, Tokenizer tokenizer, GenerationRequest request, long seed) {
        this.gpt = gpt;
        this.tokenizer = tokenizer;
        this.request = request;
        this.generator = new Generator(seed);
        this.stream = new TextStream(tokenizer, request.stops(), OptionalInt.empty(), certain::append);
        this.context = encode(tokenizer, request.prompt());
    }

    private static int[] encode(Tokenizer tokenizer, String prompt) {
        int[] tokens;
        try {
            tokens = tokenizer.encode(prompt);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.of(400, "prompt: " + e.getMessage());
        }
        if (tokens.length == 0) {
            throw HttpProblem.of(
                    400, "prompt is empty; give at least one character to go on from, such as a line break");
        }
        return tokens;
    }

    /** The text of each token so far. Half a character is held back, and stands with the token that completes it, so that all together are the text. */
    List<String> tokens() {
        StreamingDecoder decoder = new StreamingDecoder(tokenizer);
        List<String> texts = new ArrayList<>();
        for (int token : context) {
            texts.add(decoder.accept(token));
        }
        int last = texts.size() - 1;
        texts.set(last, texts.get(last) + decoder.finish());
        return texts;
    }

    /** Draws the next token. */
    WrittenToken next() {
        LanguageModel asked = model();
        double[] logits = Arrays.copyOf(asked.next(context), tokenizer.vocabularySize()); // a model may know more
        int token = request.sampler().pick(logits, context, generator);
        stream.accept(token);
        context = Arrays.copyOf(context, context.length + 1);
        context[context.length - 1] = token;
        if (ended()) {
            stream.finish(); // hands over what was held back
        }
        String text = certain.toString();
        certain.setLength(0);
        double[] attention = asked instanceof AttentiveLanguageModel attentive ? attentive.attention() : new double[0];
        return new WrittenToken(text, token, attention);
    }

    /** Whether there is nothing more to write. */
    boolean ended() {
        return stream.ended() || stream.tokens() >= request.tokens();
    }

    /** What was written, if it has ended. */
    GeneratedText text() {
        return stream.finish();
    }

    private LanguageModel model() {
        if (model.isEmpty()) {
            int drop = Math.max(1, gpt.config().contextLength() / 4);
            model = Optional.of(
                    request.attention()
                            ? new AttentiveLanguageModel(gpt, drop)
                            : CachedLanguageModel.of(gpt).dropping(drop));
        }
        return model.get();
    }
}
