package org.tinytorch.serving;

/**
 * How many texts are written, and how long they may be. Immutable; each method gives other limits.
 *
 * @param atOnce how many texts are written at once, in turns, token by token; each takes the memory of a cache of keys and values
 * @param queue how many requests may wait for their turn; further ones are refused with status 429
 * @param threads how many threads write; each uses the threads of the kernels too, if these are free
 * @param tokens the most tokens of a text
 * @param promptCharacters the longest prompt, in Java's characters (UTF-16)
 */
public record GenerationLimits(int atOnce, int queue, int threads, int tokens, int promptCharacters) {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive; the queue may be 0
     */
    public GenerationLimits {
        Ranges.atLeast("server: the texts at once", atOnce, 1);
        Ranges.atLeast("server: the queue of texts", queue, 0);
        Ranges.atLeast("server: the threads that write", threads, 1);
        Ranges.atLeast("server: the most tokens", tokens, 1);
        Ranges.atLeast("server: the longest prompt", promptCharacters, 1);
    }

    /** 4 texts at once and 16 in the queue, a thread for each 2 processors, 1000 tokens, 8192 characters. */
    public static GenerationLimits defaults() {
        return new GenerationLimits(4, 16, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 1000, 8192);
    }

    /** The same with so many texts at once. */
    public GenerationLimits atOnce(int most) {
        return new GenerationLimits(most, queue, threads, tokens, promptCharacters);
    }

    /** The same with up to so many requests that wait. */
    public GenerationLimits queue(int most) {
        return new GenerationLimits(atOnce, most, threads, tokens, promptCharacters);
    }

    /** The same with so many threads. */
    public GenerationLimits threads(int count) {
        return new GenerationLimits(atOnce, queue, count, tokens, promptCharacters);
    }

    /** The same with texts of up to so many tokens. */
    public GenerationLimits tokens(int most) {
        return new GenerationLimits(atOnce, queue, threads, most, promptCharacters);
    }

    /** The same with prompts of up to so many characters. */
    public GenerationLimits promptCharacters(int most) {
        return new GenerationLimits(atOnce, queue, threads, tokens, most);
    }
}
