// Yours: task 11.8. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/WordMerger.java.
package org.tinytorch.tokenization;

/** Merges the bytes of one word, the pair of lowest rank first, until no pair is left that a merge knows. */
final class WordMerger {
    /** Up to here the plain method is the faster one. */
    static final int SHORT = 64;

    private WordMerger() {}

    static int[] merge(int[] ids, MergeTable merges) {
        return ids.length <= SHORT ? byRank(ids, merges) : new LinkedWord(ids, merges).merge();
    }

    /** Looks at all pairs, merges the one of lowest rank wherever it occurs, and starts again. Time grows with the square of the length. */
    static int[] byRank(int[] ids, MergeTable merges) {
        // region Task 11.8: merge by rank
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 11.8
        throw new UnsupportedOperationException("Task 11.8: merge by rank is not written yet: ./tito hint 11.8");
        // endregion
    }
}
