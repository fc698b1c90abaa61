package org.tinytorch.milestones.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server has to reach.
 *
 * @param requestsPerSecond answered with 200, at least
 * @param p99Millis within which 99 of 100 requests are answered, at most
 * @param heapGrowthMiB by which {@link Growth#heap} may grow: what is used after a collection is never quite the same
 * @param threadGrowth by which {@link Growth#threads} may grow
 */
public record Targets(double requestsPerSecond, double p99Millis, int heapGrowthMiB, int threadGrowth) {
    /**
     * What a run missed, in words; nothing if it passed.
     *
     * @return one line for each target
     */
    public List<String> missed(LoadReport report) {
        List<String> missed = new ArrayList<>();
        // Written so that NaN misses.
        if (!(report.requestsPerSecond() >= requestsPerSecond)) {
            missed.add(text(
                    "%.1f requests/s were answered, fewer than %.1f; if all were in time, ask more often: --rate",
                    report.requestsPerSecond(), requestsPerSecond));
        }
        if (!(report.millis(99) <= p99Millis)) {
            missed.add(text("the p99 is %.1f ms, above %.1f ms", report.millis(99), p99Millis));
        }
        if (report.errors() > 0) {
            missed.add(text("%,d requests failed", report.errors()));
        }
        if (report.growth().isEmpty()) {
            missed.add("the server's /metrics did not say how its heap and threads are");
        }
        report.growth().ifPresent(growth -> {
            if (growth.collected() && growth.heap() > (long) heapGrowthMiB << 20) {
                missed.add(
                        text("the heap grew by %.1f MiB, more than %d MiB", growth.heap() / 1048576.0, heapGrowthMiB));
            }
            if (growth.threads() > threadGrowth) {
                missed.add(text("the threads grew by %d, more than %d", growth.threads(), threadGrowth));
            }
        });
        return missed;
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
