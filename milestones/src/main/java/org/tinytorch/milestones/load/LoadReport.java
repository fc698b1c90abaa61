package org.tinytorch.milestones.load;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param seconds from the first request to the last answer, but not less than the run was to take
 * @param answered requests with status 200
 * @param refused requests with status 429
 * @param errors all other requests
 * @param outcomes how many requests had which end: a status, or what went wrong
 * @param latencies of all but the refused, in nanoseconds
 * @param growth of the server's heap and threads, if it said how they are
 */
public record LoadReport(
        double seconds,
        long answered,
        long refused,
        long errors,
        Map<String, Long> outcomes,
        Histogram latencies,
        Optional<Growth> growth) {
    private static final double NANOS = 1e6;
    private static final double MIB = 1 << 20;

    static LoadReport of(double seconds, Tally tally, Optional<Growth> growth) {
        return new LoadReport(
                seconds, tally.answered(), tally.refused(), tally.errors(), tally.outcomes(), tally.total(), growth);
    }

    /** Those that were answered with 200. */
    double requestsPerSecond() {
        return answered / seconds;
    }

    /**
     * The latency that so many of 100 requests do not exceed, in milliseconds; 100 gives the greatest of all.
     *
     * @return NaN if there was no request
     */
    double millis(double percentile) {
        return latencies.getTotalCount() == 0 ? Double.NaN : latencies.getValueAtPercentile(percentile) / NANOS;
    }

    /** For people. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%,d requests in %.1f s; answers:",
                outcomes.values().stream().mapToLong(n -> n).sum(),
                seconds);
        outcomes.forEach((outcome, count) -> line(text, "  %-18s %,12d", outcome, count));
        line(
                text,
                "latency in ms: p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f, greatest %.2f",
                millis(50),
                millis(90),
                millis(99),
                millis(99.9),
                millis(100));
        growth.ifPresent(g -> {
            line(
                    text,
                    "threads of the server: at most %d in the first third, %d in the last",
                    g.threadsBefore(),
                    g.threadsAfter());
            line(
                    text,
                    g.collected()
                            ? "heap of the server: at least %.1f MiB in the first third, %.1f MiB in the last"
                            : "heap of the server: %.1f MiB, then %.1f MiB, but garbage was not collected in both thirds, so nothing is said of its growth; run longer",
                    g.heapBefore() / MIB,
                    g.heapAfter() / MIB);
        });
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
    }

    /** For scripts: {@code RESULT load requests_per_second=600.0 p50_ms=… passed=true}. What the server did not say is {@code unknown}. */
    public String line(boolean passed) {
        return String.format(
                Locale.ROOT,
                "RESULT load requests_per_second=%.1f p50_ms=%.2f p90_ms=%.2f p99_ms=%.2f p999_ms=%.2f max_ms=%.2f errors=%d refused=%d"
                        + " heap_start_mb=%s heap_end_mb=%s threads_start=%s threads_end=%s passed=%s",
                requestsPerSecond(),
                millis(50),
                millis(90),
                millis(99),
                millis(99.9),
                millis(100),
                errors,
                refused,
                growth.map(g -> mib(g.heapBefore())).orElse("unknown"),
                growth.map(g -> mib(g.heapAfter())).orElse("unknown"),
                growth.map(g -> Integer.toString(g.threadsBefore())).orElse("unknown"),
                growth.map(g -> Integer.toString(g.threadsAfter())).orElse("unknown"),
                passed);
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / MIB);
    }
}
