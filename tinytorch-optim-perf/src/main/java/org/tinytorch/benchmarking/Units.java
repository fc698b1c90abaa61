package org.tinytorch.benchmarking;

import java.util.Locale;

/** Numbers for people: three digits and a unit, with a point, whatever the language of the machine. */
final class Units {
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final String[] PREFIXES = {"", "K", "M", "G", "T", "P"};

    private Units() {}

    /** A time: 1,250,000 ns are {@code 1.25 ms}. */
    static String time(double nanos) {
        int unit = unit(nanos, 1000, TIMES.length);
        return digits(nanos / Math.pow(1000, unit)) + " " + TIMES[unit];
    }

    static String time(long nanos) {
        return time((double) nanos);
    }

    /** An amount of memory: 1,610,612,736 bytes are {@code 1.50 GiB}. */
    static String bytes(double bytes) {
        int unit = unit(bytes, 1024, BYTES.length);
        return digits(bytes / Math.pow(1024, unit)) + " " + BYTES[unit];
    }

    static String bytes(long bytes) {
        return bytes((double) bytes);
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

    /** A number without a unit, in three digits. */
    static String digits(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%.0f", value);
    }

    private static int unit(double value, double step, int units) {
        int unit = 0;
        for (double rest = Math.abs(value); rest >= step && unit < units - 1; rest /= step) {
            unit++;
        }
        return unit;
    }
}
