// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/IntList.java. Read it, don't edit it.
package org.tinytorch.tokenization;

import java.util.Arrays;

/** An array of ints that grows. */
final class IntList {
    private int[] values;
    private int size;

    IntList(int capacity) {
        values = new int[Math.max(4, capacity)];
    }

    void add(int value) {
        if (size == values.length) {
            grow(size + 1);
        }
        values[size++] = value;
    }

    void addAll(int[] more) {
        if (values.length - size < more.length) {
            grow(Math.addExact(size, more.length));
        }
        if (more.length == 1) { // by far the most frequent: a word that is one token
            values[size] = more[0];
        } else {
            System.arraycopy(more, 0, values, size, more.length);
        }
        size += more.length;
    }

    private void grow(int needed) {
        long grown = values.length + (values.length >> 1) + 1L;
        values = Arrays.copyOf(values, (int) Math.max(needed, Math.min(grown, Integer.MAX_VALUE - 8)));
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
