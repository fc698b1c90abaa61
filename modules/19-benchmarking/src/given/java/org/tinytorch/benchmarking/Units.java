// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Units.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.Locale;

/** Numbers for people: three digits and a unit, with a point, whatever the language of the machine. */
public final class Units {
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] PREFIXES = {"", "K", "M", "G", "T", "P"};

    private Units() {}

    /** A time: 1,250,000 ns are {@code 1.25 ms}. */
    public static String time(double nanos) {
        int unit = unit(nanos, 1000, TIMES.length);
        return digits(nanos / Math.pow(1000, unit)) + " " + TIMES[unit];
    }

    static String time(long nanos) {
        return time((double) nanos);
    }

    /** An amount of memory: 1,610,612,736 bytes are {@code 1.50 GiB}. */
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    static String bytes(double bytes) {
        int unit = unit(bytes, 1024, BYTES.length);
        return digits(bytes / Math.pow(1024, unit)) + " " + BYTES[unit];
    }

    /** A count: 2,500,000 of {@code FLOP} are {@code 2.50 MFLOP}, and 7 of nothing {@code 7}. */
    static String count(double count, String what) {
        int prefix = unit(count, 1000, PREFIXES.length);
        return (digits(count / Math.pow(1000, prefix)) + " " + PREFIXES[prefix] + what).strip();
    }

    static String count(long count, String what) {
        return count((double) count, what);
    }

    /** A share: 0.125 is {@code 12.5 %}. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A number without a unit, in three digits, four from 1000 on: {@code 3.14}, {@code 31.4} or {@code 314}; {@code 3} if it is whole. What would be rounded up to 10 or 100 has a digit less after the point: 9.999 is {@code 10.0}. */
    public static String digits(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%.0f", value);
    }

    /** The unit in which a value is less than a step even when rounded: 999,500 ns are 1.00 ms, not 1000 µs. */
    private static int unit(double value, double step, int units) {
        int unit = 0;
        for (double rest = Math.abs(value); rest >= step - 0.5 && unit < units - 1; rest /= step) {
            unit++;
        }
        return unit;
    }
}
