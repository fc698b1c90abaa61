// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Sweep.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/**
 * Windows sliding over one image: which pixels each tap meets, with which weights, and where the results go.
 *
 * @param taps where the pixels of each tap lie, seen from a result's own place
 * @param sources where the weight of each tap lies, seen from its output's first
 * @param pitch from one row of results to the next, counted in places
 * @param rows of results
 * @param columns of results
 * @param outAt where the first result goes, within its plane
 * @param outRow from one row of results to the next where they go
 * @param outColumn from one result to the next
 */
@SuppressWarnings("ArrayRecordComponent") // lists that are never compared
record Sweep(int[] taps, int[] sources, int pitch, int rows, int columns, int outAt, int outRow, int outColumn) {
    /** How many places there are from the first result to the last, those between the rows counted. */
    int places() {
        return (rows - 1) * pitch + columns;
    }
}
