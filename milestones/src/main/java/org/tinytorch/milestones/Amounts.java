package org.tinytorch.milestones;

import java.util.Locale;

/** Times, bytes and factors for people: three digits and a unit. */
final class Amounts {
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB"};

    private Amounts() {}

    /** 1,250,000 ns are {@code 1.25 ms}. */
    static String time(double nanos) {
        return scaled(nanos, 1000, TIMES);
    }

    /** 1,536 bytes are {@code 1.50 KiB}. */
    static String bytes(double bytes) {
        return scaled(bytes, 1024, BYTES);
    }

    /** {@code 3.14}, {@code 31.4} or {@code 314}. */
    static String factor(double factor) {
        return String.format(Locale.ROOT, factor < 10 ? "%.2f" : factor < 100 ? "%.1f" : "%.0f", factor);
    }

    private static String scaled(double amount, double step, String... units) {
        int unit = 0;
        double rest = amount;
        while (rest >= step && unit < units.length - 1) {
            rest /= step;
            unit++;
        }
        return (unit == 0 && rest == Math.rint(rest) ? String.format(Locale.ROOT, "%.0f", rest) : factor(rest)) + " "
                + units[unit];
    }
}
