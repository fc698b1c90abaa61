package org.tinytorch.tokenization;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * All that makes one byte-pair tokenizer different from another. The ids of bytes, merges and special tokens together are 0 … n − 1, each once.
 *
 * @param byteIds the id of each of the 256 bytes
 * @param merges in the order in which they are done
 * @param specialTokens ids of tokens that stand for themselves
 */
record BpeRules(int[] byteIds, List<Merge> merges, Map<String, Integer> specialTokens) {
    /** Different bytes. */
    static final int BYTES = 256;

    /**
     * Bytes that all tokens made by merges may have together. GPT-2's 50,000 have a third of a million; but in a file, thirty merges, each of which doubles the token before, would ask for a gigabyte.
     */
    private static final long MOST_BYTES = 1L << 26;

    /**
     * Checks the rules.
     *
     * @throws IllegalArgumentException if an id is missing or used twice, a merge joins what is not there yet, or the tokens have more than 2²⁶ bytes together
     */
    BpeRules {
        byteIds = byteIds.clone();
        merges = List.copyOf(merges);
        specialTokens = Collections.unmodifiableMap(new LinkedHashMap<>(specialTokens));
        if (byteIds.length != BYTES) {
            throw new IllegalArgumentException(
                    "bpe tokenizer: there are ids for " + byteIds.length + " bytes; all 256 need one");
        }
        specialTokens.keySet().forEach(BpeRules::checkSpecialToken);
        boolean[] taken = new boolean[BYTES + merges.size() + specialTokens.size()];
        for (int id : byteIds) {
            take(id, taken, "a byte");
        }
        checkMerges(merges, taken);
        specialTokens.forEach((text, id) -> take(id, taken, "the special token \"" + text + "\""));
        checkBytes(merges, taken.length);
    }

    /** Before a single token is made. */
    private static void checkBytes(List<Merge> merges, int tokens) {
        long[] lengths = new long[tokens];
        Arrays.fill(lengths, 1); // of a byte; those of merges follow
        long together = 0;
        for (int rank = 0; rank < merges.size(); rank++) {
            Merge merge = merges.get(rank);
            long length = lengths[merge.pair().left()] + lengths[merge.pair().right()];
            lengths[merge.id()] = length;
            together += length;
            if (together > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "bpe tokenizer: up to merge " + rank + " the tokens have more than "
                                + MOST_BYTES
                                + " bytes together, which no text needs; the file is damaged or made to fill memory: get it anew");
            }
        }
    }

    /** Bytes with the ids 0 … 255. */
    static int[] bytesInOrder() {
        return IntStream.range(0, BYTES).toArray();
    }

    /** Each merge may join only what stands before it. The order of the merges is then also that in which tokens come to be, which encoding relies on. */
    private static void checkMerges(List<Merge> merges, boolean[] taken) {
        Set<Pair> pairs = new HashSet<>(2 * merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            Merge merge = merges.get(rank);
            for (int id : new int[] {merge.pair().left(), merge.pair().right()}) {
                if (id < 0 || id >= taken.length || !taken[id]) {
                    throw new IllegalArgumentException(
                            "bpe tokenizer: merge " + rank + " joins id " + id
                                    + ", which is neither a byte nor made by an earlier merge; put the merges in the order in which they were learned");
                }
            }
            if (!pairs.add(merge.pair())) {
                throw new IllegalArgumentException("bpe tokenizer: merge " + rank + " joins the ids "
                        + merge.pair().left() + " and " + merge.pair().right()
                        + ", as an earlier one does; leave it out");
            }
            take(merge.id(), taken, "merge " + rank);
        }
    }

    private static void take(int id, boolean[] taken, String what) {
        if (id < 0 || id >= taken.length || taken[id]) {
            boolean twice = id >= 0 && id < taken.length;
            throw new IllegalArgumentException("bpe tokenizer: " + what + " has the id " + id
                    + (twice ? ", which another token has too" : "") + "; " + taken.length + " tokens need the ids 0 … "
                    + (taken.length - 1) + ", each once");
        }
        taken[id] = true;
    }

    private static void checkSpecialToken(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "bpe tokenizer: a special token is empty; give it a text, such as <|endoftext|>");
        }
        Utf8.requireWholePairs("bpe tokenizer: special token", text);
    }

    /** The bytes of each token, by id: of a byte itself, of a merge those of its two tokens. */
    byte[][] tokens() {
        byte[][] tokens = new byte[BYTES + merges.size() + specialTokens.size()][];
        specialTokens.forEach((text, id) -> tokens[id] = text.getBytes(StandardCharsets.UTF_8));
        // region Task 11.7: the bytes of each token
        for (int value = 0; value < BYTES; value++) {
            tokens[byteIds[value]] = new byte[] {(byte) value};
        }
        for (Merge merge : merges) {
            tokens[merge.id()] =
                    join(tokens[merge.pair().left()], tokens[merge.pair().right()]);
        }
        return tokens;
        // endregion
    }

    private static byte[] join(byte[] left, byte[] right) {
        byte[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }

    /** The same with more special tokens, whose ids follow the others. */
    BpeRules withSpecialTokens(List<String> texts) {
        Map<String, Integer> more = new LinkedHashMap<>(specialTokens);
        for (String text : texts) {
            Integer id = more.putIfAbsent(text, BYTES + merges.size() + more.size());
            if (id != null) {
                throw new IllegalArgumentException("bpe tokenizer: \"" + text
                        + "\" is a special token already, with the id " + id + "; name each once");
            }
        }
        return new BpeRules(byteIds, merges, more);
    }
}
