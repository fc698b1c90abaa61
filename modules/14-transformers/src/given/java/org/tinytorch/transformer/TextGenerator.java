// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/transformer/TextGenerator.java. Read it, don't edit it.
package org.tinytorch.transformer;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tokenization.Tokenizer;

/**
 * Goes on with a text, token by token: asks the model for the logits of the next token, draws one, adds it to the text, and asks again.
 *
 * <pre>{@code
 * TextGenerator writer = TextGenerator.of(LanguageModel.of(gpt), tokenizer)
 *         .sampler(Sampler.temperature(0.8).topK(40))
 *         .maxTokens(500)
 *         .stopAt("\n\n");
 * writer.generate("Once", new Generator(1), System.out::print);
 * }</pre>
 *
 * <p>The prompt may be longer than the model's context: of prompt and text so far, {@link LanguageModel#of} sees the last tokens that fit. Immutable; each method gives another generator.
 *
 * @param model says which token is how likely
 * @param tokenizer the one that the model was trained with
 * @param sampler chooses a token
 * @param maxTokens after how many tokens the text ends, if not earlier
 * @param stops strings before which the text ends; they may reach over several tokens
 * @param stopToken a token before which the text ends, such as GPT-2's {@code <|endoftext|>}
 */
public record TextGenerator(
        LanguageModel model,
        Tokenizer tokenizer,
        Sampler sampler,
        int maxTokens,
        List<String> stops,
        OptionalInt stopToken) {
    private static final int DEFAULT_TOKENS = 200;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if model and tokenizer have different vocabularies, a number is out of its range, or a stop is empty
     */
    public TextGenerator {
        stops = List.copyOf(stops);
        int size = model.vocabularySize();
        if (size != tokenizer.vocabularySize()) {
            throw new IllegalArgumentException("text generator: the model knows " + size + " tokens, the tokenizer "
                    + tokenizer.vocabularySize() + "; use the tokenizer that the model was trained with");
        }
        if (maxTokens < 0) {
            throw new IllegalArgumentException(
                    "text generator: " + maxTokens + " tokens are not possible; use 0 or more");
        }
        if (stops.contains("")) {
            throw new IllegalArgumentException(
                    "text generator: an empty string would stop every text at once; leave it out");
        }
        if (stopToken.isPresent() && (stopToken.getAsInt() < 0 || stopToken.getAsInt() >= size)) {
            throw new IllegalArgumentException("text generator: there is no token " + stopToken.getAsInt()
                    + " to stop at; ids are 0 … " + (size - 1));
        }
    }

    /** A generator that draws 200 tokens from all, each as likely as the model says. */
    public static TextGenerator of(LanguageModel model, Tokenizer tokenizer) {
        return new TextGenerator(
                model, tokenizer, Sampler.temperature(1), DEFAULT_TOKENS, List.of(), OptionalInt.empty());
    }

    /** The same with another way to choose. */
    public TextGenerator sampler(Sampler other) {
        return new TextGenerator(model, tokenizer, other, maxTokens, stops, stopToken);
    }

    /** The same, ending after so many tokens. */
    public TextGenerator maxTokens(int count) {
        return new TextGenerator(model, tokenizer, sampler, count, stops, stopToken);
    }

    /** The same, ending before the first of these strings; what the prompt holds does not count. */
    public TextGenerator stopAt(String... strings) {
        return new TextGenerator(model, tokenizer, sampler, maxTokens, List.of(strings), stopToken);
    }

    /** The same, ending before this token. */
    public TextGenerator stopAtToken(int id) {
        return new TextGenerator(model, tokenizer, sampler, maxTokens, stops, OptionalInt.of(id));
    }

    /**
     * Goes on with a text, all at once.
     *
     * @see #generate(String, Generator, Consumer)
     */
    public GeneratedText generate(String prompt, Generator generator) {
        return generate(prompt, generator, part -> {});
    }

    /**
     * Goes on with a text and hands over each part as soon as it is certain: never half a character, never the beginning of what turns out to be a stop. The same generator state gives the same text.
     *
     * @param prompt at least one token
     * @param parts gets the text piece by piece; together they are {@link GeneratedText#text()}. What it throws ends the generation
     * @throws IllegalArgumentException if the prompt has no token, or holds something that the tokenizer does not know
     */
    public GeneratedText generate(String prompt, Generator generator, Consumer<String> parts) {
        int[] context = tokenizer.encode(prompt);
        if (context.length == 0) {
            throw new IllegalArgumentException(
                    "text generator: the prompt is empty; give at least one character to go on from, such as a line break");
        }
        TextStream stream = new TextStream(tokenizer, stops, stopToken, parts);
        while (stream.tokens() < maxTokens && !stream.ended()) {
            int next = sampler.pick(model.next(context), context, generator);
            stream.accept(next);
            context = Arrays.copyOf(context, context.length + 1);
            context[context.length - 1] = next;
        }
        return stream.finish();
    }
}
