// Yours: task 15.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Portion.java.
package org.tinytorch.acceleration;

/**
 * What one of several workers does of {@code 0 … count − 1}.
 *
 * @param from the first
 * @param to after the last
 */
record Portion(int from, int to) {
    /**
     * The portion of one worker: all portions together are everything once, in order, and no two differ by more than one item.
     *
     * <p>7 items among 3 are the portions 0 to 2, 2 to 4 and 4 to 7.
     *
     * @param part which of the portions, from 0 on
     * @param parts how many there are
     */
    static Portion of(int count, int part, int parts) {
        // region Task 15.5: fair shares
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 15.5
        throw new UnsupportedOperationException("Task 15.5: fair shares is not written yet: ./tito hint 15.5");
        // endregion
    }

    /** How many items it has. */
    int size() {
        return to - from;
    }
}
