package org.tinytorch.interop;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Joins neighbouring tokens as long as two of them make another: always the pair whose token has the highest score, of several the leftmost. What SentencePiece calls BPE (Kudo and Richardson, 2018), and llama2.c does by looking
 * through all pairs each time; here a queue keeps them, so that n tokens take {@code n · log n} steps and not {@code n²}.
 */
final class ScoredMerges {
    /** llama2.c merges nothing of a lower score. */
    private static final float LOWEST_SCORE = -1e10f;

    private final Llama2cVocabulary vocabulary;

    /** The token that begins at each place; −1 where one has become part of another. */
    private final int[] ids;

    /** The place of the token before and after each; −1 and the length where there is none. */
    private final int[] before;

    private final int[] after;
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>();

    /** A pair that could be joined, if it still stands there when its turn comes. */
    private record Candidate(float score, int place, int left, int right, int joined) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byScore = Float.compare(other.score, score);
            return byScore != 0 ? byScore : Integer.compare(place, other.place);
        }
    }

    private ScoredMerges(int[] ids, Llama2cVocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.ids = ids;
        this.before = new int[ids.length];
        this.after = new int[ids.length];
        Arrays.setAll(before, place -> place - 1);
        Arrays.setAll(after, place -> place + 1);
    }

    /** The tokens that are left when nothing can be joined any more. */
    static int[] merge(int[] ids, Llama2cVocabulary vocabulary) {
        return new ScoredMerges(ids.clone(), vocabulary).merge();
    }

    private int[] merge() {
        for (int place = 0; place < ids.length; place++) {
            propose(place);
        }
        while (!candidates.isEmpty()) {
            Candidate best = candidates.poll();
            if (stands(best)) {
                join(best);
            }
        }
        return Arrays.stream(ids).filter(id -> id >= 0).toArray();
    }

    private void propose(int place) {
        if (place < 0 || after[place] == ids.length) {
            return;
        }
        int left = ids[place];
        int right = ids[after[place]];
        int joined = vocabulary.join(left, right);
        if (joined >= 0 && vocabulary.score(joined) > LOWEST_SCORE) {
            float score = vocabulary.score(joined) + 0f; // makes 0 of −0, which is no lower
            candidates.add(new Candidate(score, place, left, right, joined));
        }
    }

    private boolean stands(Candidate pair) {
        int next = after[pair.place];
        return ids[pair.place] == pair.left && next < ids.length && ids[next] == pair.right;
    }

    private void join(Candidate pair) {
        int place = pair.place;
        int gone = after[place];
        ids[place] = pair.joined;
        ids[gone] = -1;
        after[place] = after[gone];
        if (after[place] < ids.length) {
            before[after[place]] = place;
        }
        propose(before[place]);
        propose(place);
    }
}
