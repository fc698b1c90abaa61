// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/LinkedWord.java. Read it, don't edit it.
package org.tinytorch.tokenization;

/**
 * Merges a long word. Tokens are a linked list, so that a merge touches only its neighbours, and pairs wait in a heap, so that the lowest rank is
 * found without looking at all: n log n steps for n bytes. The result is that of {@link WordMerger#byRank}, because a merge makes only pairs of higher
 * rank: both use a token that did not exist when the lower ranks were learned.
 */
final class LinkedWord {
    private static final int GONE = -1;

    private final MergeTable merges;
    private final int[] ids;
    private final int[] previous;
    private final int[] next;
    private final LongHeap waiting;

    LinkedWord(int[] ids, MergeTable merges) {
        this.merges = merges;
        this.ids = ids.clone();
        this.previous = new int[ids.length];
        this.next = new int[ids.length];
        this.waiting = new LongHeap(ids.length);
        for (int i = 0; i < ids.length; i++) {
            previous[i] = i - 1;
            next[i] = i + 1;
        }
    }

    int[] merge() {
        for (int i = 0; i < ids.length; i++) {
            enqueue(i);
        }
        while (!waiting.isEmpty()) {
            long first = waiting.poll();
            int rank = (int) (first >>> 32);
            int position = (int) first;
            if (rank(position) == rank) { // otherwise one of the two has been merged since
                join(position, merges.id(rank));
            }
        }
        return remaining();
    }

    /** Puts the pair that starts here into the heap: by rank, then from left to right. */
    private void enqueue(int position) {
        int rank = rank(position);
        if (rank != MergeTable.NONE) {
            waiting.add(((long) rank << 32) | position);
        }
    }

    private int rank(int position) {
        return ids[position] == GONE || next[position] == ids.length
                ? MergeTable.NONE
                : merges.rank(ids[position], ids[next[position]]);
    }

    private void join(int position, int id) {
        int right = next[position];
        ids[position] = id;
        ids[right] = GONE;
        next[position] = next[right];
        if (next[position] < ids.length) {
            previous[next[position]] = position;
        }
        if (previous[position] >= 0) {
            enqueue(previous[position]);
        }
        enqueue(position);
    }

    private int[] remaining() {
        IntList result = new IntList(ids.length / 2);
        for (int i = 0; i < ids.length; i = next[i]) {
            result.add(ids[i]);
        }
        return result.toArray();
    }
}
