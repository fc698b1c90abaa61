package org.tinytorch.capstone;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tinytorch.benchmarking.Interval;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.Units;
import org.tinytorch.training.Scores;

/**
 * What was measured of a model.
 *
 * @param quality how good its results are: {@code accuracy}, {@code loss} or whatever the project measures
 * @param itemTime the time of an item: that of each run, divided by its items
 * @param itemBytes what an item allocates, garbage included
 * @param weightBytes what the weights take
 */
public record Figures(Scores quality, Measurement itemTime, long itemBytes, long weightBytes) {
    /** Seconds that an item takes, the median. */
    public static final String TIME = "time";

    /** Bytes that an item allocates. */
    public static final String MEMORY = "memory";

    /** Bytes of the weights. */
    public static final String SIZE = "size";

    /** A compiler that works while we measure, and other threads, change allocations by as much. */
    static final double MEMORY_NOISE = 0.02;

    private static final double NANO = 1e-9;

    /**
     * Checks the results.
     *
     * @throws IllegalArgumentException if one is not finite, or has the name of something that is always measured
     */
    public Figures {
        quality.values().forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " is " + value
                        + ", with which nothing can be compared; look at what the model says and how it is judged");
            }
            if (List.of(TIME, MEMORY, SIZE).contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is measured of every model; give what the project measures another name");
            }
        });
    }

    /** What was measured, by name: first the results, then {@code time}, {@code memory} and {@code size}. */
    public List<String> metrics() {
        List<String> all = new ArrayList<>(quality.values().keySet());
        all.addAll(List.of(TIME, MEMORY, SIZE));
        return all;
    }

    /**
     * A number by its name; times are in seconds.
     *
     * @throws IllegalArgumentException if it was not measured
     */
    public double get(String metric) {
        return switch (metric) {
            case TIME -> itemTime.median() * NANO;
            case MEMORY -> itemBytes;
            case SIZE -> weightBytes;
            default -> {
                if (!quality.values().containsKey(metric)) {
                    throw new IllegalArgumentException(
                            "nobody measures '" + metric + "'; there are " + String.join(", ", metrics()));
                }
                yield quality.get(metric);
            }
        };
    }

    /**
     * Whether a number differs from that of another model by more than noise. Two times differ if their intervals have nothing in common, two memories if they are more than 2 % of the larger one apart; results and sizes
     * are the same at each measurement, so that any difference is one.
     *
     * @throws IllegalArgumentException if it was not measured
     */
    boolean differs(String metric, Figures other) {
        double mine = get(metric);
        double its = other.get(metric);
        // region Task 20.4: a difference, or noise
        if (metric.equals(TIME)) {
            Interval here = itemTime.interval();
            Interval there = other.itemTime.interval();
            return here.high() < there.low() || there.high() < here.low();
        }
        double noise = metric.equals(MEMORY) ? MEMORY_NOISE * Math.max(mine, its) : 0;
        return Math.abs(mine - its) > noise;
        // endregion
    }

    /** A number for people. */
    public String text(String metric) {
        return text(metric, get(metric));
    }

    /** Such a number for people: times and bytes with their units, results with four digits. */
    static String text(String metric, double value) {
        return switch (metric) {
            case TIME -> Units.time(value / NANO);
            case MEMORY, SIZE -> Units.bytes(Math.round(value));
            default -> String.format(Locale.ROOT, "%.4f", value);
        };
    }
}
