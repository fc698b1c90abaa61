// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/PairIndex.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which pairs the words hold, how often, and where. A merge looks only at the places where its pair stands and changes only the counts of their
 * neighbours, so that a thousand merges do not cost a thousand readings of the text.
 *
 * <p>All words stand in one array, linked so that merged tokens can be taken out.
 */
final class PairIndex {
    private static final int NONE = -1;

    private final int[] ids;
    private final int[] previous;
    private final int[] next;
    private final long[] weights;
    private final Map<Pair, Places> pairs = new HashMap<>();

    /** Every pair once. A count in here may be out of date, but only too high. */
    private final PriorityQueue<BytePairs.Candidate> candidates = new PriorityQueue<>();

    private static final class Places {
        private long count;

        /** Of the left token, ascending. Some may be out of date. */
        private final IntList positions = new IntList(4);
    }

    PairIndex(List<Word> words) {
        int length = 0;
        for (Word word : words) {
            length = Math.addExact(length, word.ids().length);
        }
        ids = new int[length];
        previous = new int[length];
        next = new int[length];
        weights = new long[length];
        int start = 0;
        for (Word word : words) {
            lay(word, start);
            start += word.ids().length;
        }
        BytePairs.count(words).forEach((pair, count) -> {
            pairs.get(pair).count = count;
            candidates.add(new BytePairs.Candidate(pair, count));
        });
    }

    private void lay(Word word, int start) {
        int end = start + word.ids().length;
        System.arraycopy(word.ids(), 0, ids, start, end - start);
        Arrays.fill(weights, start, end, word.count());
        for (int i = start; i < end; i++) {
            previous[i] = i == start ? NONE : i - 1;
            next[i] = i + 1 == end ? NONE : i + 1;
            if (i + 1 < end) {
                places(new Pair(ids[i], ids[i + 1])).positions.add(i);
            }
        }
    }

    private Places places(Pair pair) {
        return pairs.computeIfAbsent(pair, key -> new Places());
    }

    /** The pair with the highest count, of several the lowest; empty if there is none. */
    Optional<Pair> mostFrequent() {
        while (!candidates.isEmpty()) {
            BytePairs.Candidate first = candidates.peek();
            long count = count(first.pair());
            if (count == first.count()) {
                return Optional.of(first.pair());
            }
            candidates.poll();
            if (count > 0) {
                candidates.add(new BytePairs.Candidate(first.pair(), count));
            }
        }
        return Optional.empty();
    }

    long count(Pair pair) {
        Places places = pairs.get(pair);
        return places == null ? 0 : places.count;
    }

    /** Puts a new token wherever the pair stands, from left to right. */
    void merge(Pair pair, int newId) {
        IntList positions = pairs.remove(pair).positions;
        Set<Pair> made = new LinkedHashSet<>();
        for (int i = 0; i < positions.size(); i++) {
            int position = positions.get(i);
            if (standsAt(position, pair)) {
                recount(position, pair, newId, made);
                join(position, newId);
            }
        }
        for (Pair candidate : made) {
            if (count(candidate) > 0) {
                candidates.add(new BytePairs.Candidate(candidate, count(candidate)));
            }
        }
    }

    private boolean standsAt(int position, Pair pair) {
        return ids[position] == pair.left() && next[position] != NONE && ids[next[position]] == pair.right();
    }

    /** In {@code x a b y} the pairs (x, a) and (b, y) disappear, (x, ab) and (ab, y) appear. */
    private void recount(int position, Pair pair, int newId, Set<Pair> made) {
        long weight = weights[position];
        int before = previous[position];
        int after = next[next[position]];
        if (before != NONE) {
            remove(new Pair(ids[before], pair.left()), weight);
            add(new Pair(ids[before], newId), weight, before, made);
        }
        if (after != NONE) {
            remove(new Pair(pair.right(), ids[after]), weight);
            add(new Pair(newId, ids[after]), weight, position, made);
        }
    }

    private void remove(Pair pair, long weight) {
        Places places = pairs.get(pair);
        if (places != null) { // the pair that is being merged is gone already
            places.count -= weight;
            if (places.count == 0) {
                pairs.remove(pair);
            }
        }
    }

    private void add(Pair pair, long weight, int position, Set<Pair> made) {
        Places places = places(pair);
        places.count += weight;
        places.positions.add(position);
        made.add(pair);
    }

    private void join(int position, int newId) {
        int right = next[position];
        ids[position] = newId;
        ids[right] = NONE;
        next[position] = next[right];
        if (next[position] != NONE) {
            previous[next[position]] = position;
        }
    }
}
