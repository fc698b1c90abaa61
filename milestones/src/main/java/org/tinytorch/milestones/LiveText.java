package org.tinytorch.milestones;

import java.util.Locale;
import org.tinytorch.benchmarking.Units;

/**
 * How a text came, for one who reads along. All times are nanoseconds on the clock on the wall.
 *
 * @param tokens that were written
 * @param first from the prompt to the first part of the text
 * @param longestPause between two parts of the text
 * @param whole from the prompt to the end
 */
record LiveText(int tokens, long first, long longestPause, long whole) {
    /** The least that passes: where each character is a token, some twenty words a second, several times as fast as people read. */
    static final double TARGET = 100;

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e6;

    /** From the prompt to the end, what is worked out of the prompt included. */
    double tokensPerSecond() {
        return tokens / (whole / NANOS);
    }

    /** Adds the figures, and what must hold. */
    Result judge(Result result) {
        return result.with("tokens_per_second", "%.1f", tokensPerSecond())
                .with("tokens_per_second_target", "%.0f", TARGET)
                .with("first_token_ms", "%.3f", first / MILLIS)
                .with("longest_pause_ms", "%.3f", longestPause / MILLIS)
                .require(
                        tokensPerSecond() >= TARGET,
                        "it writes %.1f tokens a second, and must write %.0f",
                        tokensPerSecond(),
                        TARGET);
    }

    /** Such as {@code 500 tokens in 125 ms: 4,000 a second, the first after 3 ms, the longest pause 5 ms}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d tokens in %s: %,.0f a second, the first after %s, the longest pause %s",
                tokens,
                time(whole),
                tokensPerSecond(),
                time(first),
                time(longestPause));
    }

    private static String time(long nanos) {
        return Units.time((double) nanos);
    }
}
