// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/tokenization/Pair.java. Read it, don't edit it.
package org.tinytorch.tokenization;

/**
 * Two neighbouring tokens. Pairs are ordered by the left id, then by the right one.
 *
 * @param left id of the first
 * @param right id of the second
 */
public record Pair(int left, int right) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
        return left == other.left ? Integer.compare(right, other.right) : Integer.compare(left, other.left);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pair pair && left == pair.left && right == pair.right;
    }

    /** Spreads the ids, which are small and close to each other, over all 32 bits. */
    @Override
    public int hashCode() {
        int mixed = (left * 0x9E3779B1 + right) * 0x85EBCA6B;
        return mixed ^ (mixed >>> 15);
    }
}
