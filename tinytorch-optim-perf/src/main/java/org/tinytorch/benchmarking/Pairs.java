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
        List<Double> timesOfA = new ArrayList<>();
        List<Double> timesOfB = new ArrayList<>();
        for (int pair = 0; pair < number; pair++) {
            if (pair % 2 == 0) {
                timesOfA.add(a.getAsDouble());
                timesOfB.add(b.getAsDouble());
            } else {
                timesOfB.add(b.getAsDouble());
                timesOfA.add(a.getAsDouble());
            }
        }
        return new Pairs(timesOfA, timesOfB);
        // endregion
    }
}
