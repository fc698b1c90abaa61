// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/MergeTable.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.util.Arrays;
import java.util.List;

/** The merges, looked up by their pair. A hash table with open addressing, because a map of objects is several times slower. */
final class MergeTable {
    /** The rank of a pair that is never merged: behind all others. */
    static final int NONE = Integer.MAX_VALUE;

    private static final long FREE = -1; // no pair: ids are not negative

    private final List<Merge> merges;
    private final int[] ids;
    private final long[] keys;
    private final int[] ranks;
    private final int shift;

    /** A table of merges, the first to be done first. */
    MergeTable(List<Merge> merges) {
        this.merges = List.copyOf(merges);
        this.ids = merges.stream().mapToInt(Merge::id).toArray();
        int bits = 33 - Integer.numberOfLeadingZeros(merges.size()); // at least two slots for each merge
        this.keys = new long[1 << bits];
        this.ranks = new int[1 << bits];
        this.shift = 64 - bits;
        Arrays.fill(keys, FREE);
        for (int rank = 0; rank < ids.length; rank++) {
            Pair pair = merges.get(rank).pair();
            int slot = slot(key(pair.left(), pair.right()));
            keys[slot] = key(pair.left(), pair.right());
            ranks[slot] = rank;
        }
    }

    private static long key(int left, int right) {
        return ((long) left << 32) | right;
    }

    /** Where the key is, or the free slot where it would be. */
    private int slot(long key) {
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> shift);
        while (keys[slot] != key && keys[slot] != FREE) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    /** When a pair is merged: the lowest rank first. {@link #NONE} if never. */
    int rank(int left, int right) {
        long key = key(left, right);
        int slot = slot(key);
        return keys[slot] == key ? ranks[slot] : NONE;
    }

    /** The token that the merge of a rank makes. */
    int id(int rank) {
        return ids[rank];
    }

    /** The pair that the merge of a rank joins. */
    Pair pair(int rank) {
        return merges.get(rank).pair();
    }

    List<Merge> merges() {
        return merges;
    }
}
