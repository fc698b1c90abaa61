package org.tinytorch.milestones;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A model that is ready to be measured.
 *
 * @param run works out so many items
 * @param items how many in a measured run
 * @param shortened whether others work out more in a run, as this one would take too long. What it takes for an item must not depend on how many there are; half as many are measured, too, to show it
 * @param weightBytes what the weights take, as {@link WeightBytes} counts
 * @param quality measures how good the results are
 * @param counted counts what an item takes, by name; may be nothing
 */
record Workload(
        IntConsumer run,
        int items,
        boolean shortened,
        long weightBytes,
        DoubleSupplier quality,
        Supplier<Map<String, Double>> counted) {
    /** One of which nothing is counted. */
    Workload(IntConsumer run, int items, boolean shortened, long weightBytes, DoubleSupplier quality) {
        this(run, items, shortened, weightBytes, quality, Map::of);
    }
}
