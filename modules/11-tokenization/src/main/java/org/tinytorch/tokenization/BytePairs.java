// Yours: tasks 11.3, 11.4, 11.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/BytePairs.java.
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
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 11.3
        throw new UnsupportedOperationException("Task 11.3: count the pairs is not written yet: ./tito hint 11.3");
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
            // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 11.4
            throw new UnsupportedOperationException(
                    "Task 11.4: which pair comes first is not written yet: ./tito hint 11.4");
            // endregion
        }
    }

    /** The ids with {@code newId} in the place of each occurrence of the pair, from left to right: {@code a a a} becomes {@code X a}. */
    public static int[] merge(int[] ids, Pair pair, int newId) {
        // region Task 11.5: merge a pair
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 11.5
        throw new UnsupportedOperationException("Task 11.5: merge a pair is not written yet: ./tito hint 11.5");
        // endregion
    }
}
