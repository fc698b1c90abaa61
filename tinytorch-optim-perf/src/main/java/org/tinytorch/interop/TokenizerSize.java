package org.tinytorch.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * How much memory the tokens of a byte-pair tokenizer will take. Each merge joins two tokens, so that thirty lines, each of which doubles the token before, would make one of a gigabyte: this is found before any is made.
 */
final class TokenizerSize {
    private static final long LIMIT = 1L << 26;

    private TokenizerSize() {}

    /**
     * Checks a saved tokenizer; whether it is one at all is left to its own reader.
     *
     * @return how many bytes the tokens that are made of others will have together
     * @throws IllegalArgumentException if its tokens would have more than 2²⁶ bytes together
     */
    static long check(JsonNode root) {
        Map<Integer, Long> lengths = new HashMap<>();
        long sum = 0;
        for (JsonNode merge : root.path("merges")) {
            long length = length(lengths, merge.path(0)) + length(lengths, merge.path(1));
            lengths.put(merge.path(2).asInt(), length);
            sum += length;
            if (sum > LIMIT) {
                throw new IllegalArgumentException("the tokens would have more than " + LIMIT
                        + " bytes together; no tokenizer that was trained on a text needs them");
            }
        }
        return sum;
    }

    private static long length(Map<Integer, Long> lengths, JsonNode id) {
        return lengths.getOrDefault(id.asInt(), 1L); // of a byte
    }
}
