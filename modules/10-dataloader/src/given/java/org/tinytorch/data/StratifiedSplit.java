// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/StratifiedSplit.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Generator;

/** Divides samples so that every class is found in both parts in the same proportion. */
final class StratifiedSplit {
    private final boolean[] inTest;

    /**
     * Draws the test samples.
     *
     * @param labels the class of each sample, in {@code 0 … classes − 1}
     * @param testFraction the share of each class that goes to the test part, rounded to whole samples
     */
    StratifiedSplit(int[] labels, int classes, double testFraction, Generator generator) {
        this.inTest = new boolean[labels.length];
        for (int c = 0; c < classes; c++) {
            int label = c;
            int[] members = IntStream.range(0, labels.length)
                    .filter(i -> labels[i] == label)
                    .toArray();
            int[] order = generator.permutation(members.length);
            Arrays.stream(order, 0, (int) Math.round(testFraction * members.length))
                    .forEach(i -> inTest[members[i]] = true);
        }
    }

    /** The samples to learn from, in their original order. */
    int[] train() {
        return IntStream.range(0, inTest.length).filter(i -> !inTest[i]).toArray();
    }

    /** The samples to test on, in their original order. */
    int[] test() {
        return IntStream.range(0, inTest.length).filter(i -> inTest[i]).toArray();
    }
}
