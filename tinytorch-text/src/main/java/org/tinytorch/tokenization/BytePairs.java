package org.tinytorch.tokenization;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of byte-pair encoding (Gage, 1994; Sennrich et al., 2016): count the pairs, take the most frequent, put one token in its place.
 *
 * <p>With a = 0, b = 1, c = 2, d = 3, in {@code aaabdaaabac} the pair {@code aa} occurs 4 times, more often than any other:
 *
 * <pre>{@code
 * int[] ids = {0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 2};
 * Map<Pair, Long> counts = BytePairs.count(ids);     // (0, 0): 4, (0, 1): 2, …
 * Pair best = BytePairs.mostFrequent(counts).get();  // (0, 0)
 * BytePairs.merge(ids, best, 4);                     // 4 0 1 3 4 0 1 0 2
 * }</pre>
 */
public final class BytePairs {
    private BytePairs() {}

    /** How often each pair of neighbours occurs. In {@code a a a} the pair {@code (a, a)} occurs twice. */
    public static Map<Pair, Long> count(int... ids) {
        return count(List.of(new Word(ids, 1)));
    }

    /** The same over many words: a pair never reaches from one word into the next. */
    static Map<Pair, Long> count(List<Word> words) {
        // region Task 11.3: count the pairs
        Map<Pair, Long> counts = new HashMap<>();
        for (Word word : words) {
            int[] ids = word.ids();
            for (int i = 0; i + 1 < ids.length; i++) {
                counts.merge(new Pair(ids[i], ids[i + 1]), word.count(), Long::sum);
            }
        }
        return counts;
        // endregion
    }

    /** The pair with the highest count; of several the lowest, so that the same text always gives the same merges. Empty if there is no pair. */
    public static Optional<Pair> mostFrequent(Map<Pair, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Candidate(entry.getKey(), entry.getValue()))
                .min(Candidate::compareTo)
                .map(Candidate::pair);
    }

    /** A pair that may be merged next. */
    record Candidate(Pair pair, long count) implements Comparable<Candidate> {
        /** The first in order is the most frequent; of several equally frequent ones the lowest pair. */
        @Override
        public int compareTo(Candidate other) {
            // region Task 11.4: which pair comes first
            if (count != other.count) {
                return Long.compare(other.count, count);
            }
            return pair.compareTo(other.pair);
            // endregion
        }
    }

    /** The ids with {@code newId} in the place of each occurrence of the pair, from left to right: {@code a a a} becomes {@code X a}. */
    public static int[] merge(int[] ids, Pair pair, int newId) {
        // region Task 11.5: merge a pair
        int[] merged = new int[ids.length];
        int length = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i + 1 < ids.length && ids[i] == pair.left() && ids[i + 1] == pair.right()) {
                merged[length++] = newId;
                i++; // the right one is used up
            } else {
                merged[length++] = ids[i];
            }
        }
        return Arrays.copyOf(merged, length);
        // endregion
    }
}
