// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/caching/PromptCache.java. Read it, don't edit it.
package org.tinytorch.caching;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.tinytorch.transformer.Gpt;

/**
 * Beginnings that many texts share, such as the same instructions before each question, worked out once. Of more than it has room for, the one that has not been used for longest is forgotten.
 *
 * <pre>{@code
 * PromptCache prompts = new PromptCache(gpt, 8);
 * prompts.add(tokenizer.encode(instructions));
 * LanguageModel model = prompts.begin(tokenizer.encode(instructions + question)); // has to work out the question only
 * }</pre>
 *
 * <p>Thread-safe, if the model is in evaluation mode: several threads that each put it there and back would meet. What {@link #begin} gives is for one thread.
 */
public final class PromptCache {
    private record Prompt(int[] tokens, CachedLanguageModel model) {}

    private final Gpt model;
    private final int most;

    /** The one used last comes first. */
    private final Deque<Prompt> prompts = new ArrayDeque<>();

    /**
     * Empty.
     *
     * @param most how many beginnings it keeps, at least 1; each takes the memory of a whole context
     */
    public PromptCache(Gpt model, int most) {
        if (most < 1) {
            throw new IllegalArgumentException(
                    "prompt cache: room for " + most + " prompts is not enough; use 1 or more");
        }
        this.model = model;
        this.most = most;
    }

    /**
     * Works a beginning out and keeps it.
     *
     * @param tokens at least one, at most the model's context
     * @throws IllegalArgumentException if there are more or fewer
     * @throws IndexOutOfBoundsException if one is not in the vocabulary
     */
    public synchronized void add(int... tokens) {
        int context = model.config().contextLength();
        if (tokens.length > context) {
            throw new IllegalArgumentException("prompt cache: a beginning of " + tokens.length
                    + " tokens does not fit into a context of " + context + "; shorten it");
        }
        CachedLanguageModel worker = begin(tokens);
        worker.next(tokens);
        prompts.removeIf(prompt -> Arrays.equals(prompt.tokens(), tokens));
        prompts.addFirst(new Prompt(tokens.clone(), worker));
        while (prompts.size() > most) {
            prompts.removeLast();
        }
    }

    /** A model for a text: it remembers the longest beginning that is kept and that the text begins with, or nothing. */
    public synchronized CachedLanguageModel begin(int... tokens) {
        Optional<Prompt> best = prompts.stream()
                .filter(prompt -> CachedLanguageModel.commonPrefix(prompt.tokens(), tokens) == prompt.tokens().length)
                .max(java.util.Comparator.comparingInt(prompt -> prompt.tokens().length));
        if (best.isEmpty()) {
            return CachedLanguageModel.of(model);
        }
        prompts.remove(best.get());
        prompts.addFirst(best.get());
        return best.get().model().fork();
    }

    /** How many beginnings are kept. */
    public synchronized int size() {
        return prompts.size();
    }

    /** The memory of all that is kept, in bytes. */
    public synchronized long bytes() {
        return prompts.stream().mapToLong(prompt -> prompt.model().bytes()).sum();
    }
}
