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
        int[] word = ids;
        while (true) {
            int lowest = MergeTable.NONE;
            for (int i = 0; i + 1 < word.length; i++) {
                lowest = Math.min(lowest, merges.rank(word[i], word[i + 1]));
            }
            if (lowest == MergeTable.NONE) {
                return word;
            }
            word = BytePairs.merge(word, merges.pair(lowest), merges.id(lowest));
        }
        // endregion
    }
}
