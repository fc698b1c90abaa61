// Yours: task 19.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Pairs.java.
package org.tinytorch.benchmarking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The times of two works, pair by pair.
 *
 * @param a the time of A in each pair
 * @param b the time of B in each pair
 */
record Pairs(List<Double> a, List<Double> b) {
    /**
     * Runs both in turn, in the order A B, B A, A B, …: what changes from run to run does so for both, and neither is always the first. On a machine that takes 1 ns more for each run, two pairs of works
     * of 10 ns take {@code 10 11, 12 13}; A has 10 and 13, B 11 and 12: as much.
     *
     * @param number of pairs
     * @param a makes one run of A and says how long it took
     * @param b the same of B
     */
    static Pairs inTurn(int number, DoubleSupplier a, DoubleSupplier b) {
        // region Task 19.3: in turn
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 19.3
        throw new UnsupportedOperationException("Task 19.3: in turn is not written yet: ./tito hint 19.3");
        // endregion
    }
}
