// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/WordCache.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.util.Arrays;

/**
 * Remembers the ids of words, because a text repeats most of its words. Looked up by the characters in the text, so that no String is made. Of
 * bounded size: a new word takes the place of an older one.
 *
 * <p>Any number of threads may use it without a lock. An entry is immutable, and Java lets every thread see final fields whole; the worst that can
 * happen is that a word of another thread is overlooked or overwritten and computed again.
 */
final class WordCache {
    /** Longer words are rare, and not kept, so that memory stays bounded. */
    static final int LONGEST = 32;

    private static final int SLOTS = 1 << 16;
    private static final int WAYS = 4;

    private final Entry[] entries = new Entry[SLOTS];

    private record Entry(int hash, char[] word, int[] ids) {
        boolean is(int otherHash, char[] text, int from, int limit) {
            return hash == otherHash && Arrays.equals(word, 0, word.length, text, from, limit);
        }
    }

    static int hash(char[] text, int from, int limit) {
        int hash = 0;
        for (int i = from; i < limit; i++) {
            hash = hash * 31 + text[i];
        }
        return hash * 0x9E3779B1; // the high bits depend on every character
    }

    /** The ids of a word, or null if they are not known; not to be changed. */
    int[] get(int hash, char[] text, int from, int limit) {
        int bucket = bucket(hash);
        for (int way = 0; way < WAYS; way++) {
            Entry entry = entries[bucket + way];
            if (entry != null && entry.is(hash, text, from, limit)) {
                return entry.ids;
            }
        }
        return null;
    }

    /** The newest stands first in its bucket, the oldest falls out. */
    void put(int hash, char[] text, int from, int limit, int[] ids) {
        int bucket = bucket(hash);
        for (int way = WAYS - 1; way > 0; way--) {
            entries[bucket + way] = entries[bucket + way - 1];
        }
        entries[bucket] = new Entry(hash, Arrays.copyOfRange(text, from, limit), ids);
    }

    private static int bucket(int hash) {
        return (hash >>> 16) & (SLOTS - WAYS);
    }
}
