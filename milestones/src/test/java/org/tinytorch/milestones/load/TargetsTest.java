package org.tinytorch.milestones.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final Targets TARGETS = new Targets(500, 50, 16, 2);
    private static final long MIB = 1 << 20;

    private final Tally tally = new Tally();

    private static Growth growth(long heap, boolean collected, int threads) {
        return new Growth(10 * MIB, 10 * MIB + heap, collected, 20, 20 + threads);
    }

    /** A thousand answers, {@code slow} of them after a tenth of a second. */
    private LoadReport report(int slow, double seconds, Growth growth) {
        for (int i = 0; i < 1000; i++) {
            tally.answered(200, i < slow ? 100_000_000 : 2_000_000);
        }
        return LoadReport.of(seconds, tally, Optional.of(growth));
    }

    @Test
    void allReachedJustSo() {
        LoadReport report = report(10, 2, growth(16 * MIB, true, 2));

        assertThat(TARGETS.missed(report)).isEmpty();
        assertThat(report.line(true))
                .isEqualTo("RESULT load requests_per_second=500.0 p50_ms=2.00 p90_ms=2.00 p99_ms=2.00 p999_ms=100.01"
                        + " max_ms=100.01 errors=0 refused=0 heap_start_mb=10.0 heap_end_mb=26.0 threads_start=20"
                        + " threads_end=22 passed=true");
    }

    @Test
    void eachMissIsNamedWithItsFigures() {
        tally.answered(500, 1);
        tally.failed("timed out", 1);
        tally.answered(429, 1);

        assertThat(TARGETS.missed(report(20, 4, growth(17 * MIB, true, 3))))
                .containsExactly(
                        "250.0 requests/s were answered, fewer than 500.0; if all were in time, ask more often: --rate",
                        "the p99 is 100.0 ms, above 50.0 ms",
                        "2 requests failed",
                        "the heap grew by 17.0 MiB, more than 16 MiB",
                        "the threads grew by 3, more than 2");
    }

    @Test
    void refusedRequestsAreNoErrorsAndNoAnswers() {
        for (int i = 0; i < 5000; i++) {
            tally.answered(429, 1);
        }
        LoadReport report = report(0, 4, growth(0, true, 0));

        assertThat(report.refused()).isEqualTo(5000);
        assertThat(report.requestsPerSecond()).isEqualTo(250);
        assertThat(TARGETS.missed(report)).singleElement().asString().startsWith("250.0 requests/s");
    }

    @Test
    void aHeapThatWasNotCollectedIsNotHeldAgainstTheServerAndThatIsSaid() {
        LoadReport report = report(0, 2, growth(100 * MIB, false, 0));

        assertThat(TARGETS.missed(report)).isEmpty();
        assertThat(report.summary()).contains("10.0 MiB, then 110.0 MiB", "nothing is said of its growth; run longer");
    }

    @Test
    void aServerThatDoesNotSayHowItIsMisses() {
        for (int i = 0; i < 1000; i++) {
            tally.answered(200, 1_000_000);
        }
        LoadReport report = LoadReport.of(1, tally, Optional.empty());

        assertThat(TARGETS.missed(report))
                .containsExactly("the server's /metrics did not say how its heap and threads are");
        assertThat(report.line(false))
                .contains(
                        "heap_start_mb=unknown heap_end_mb=unknown threads_start=unknown threads_end=unknown passed=false");
    }

    @Test
    void noAnswerAtAllMisses() {
        assertThat(TARGETS.missed(LoadReport.of(1, tally, Optional.of(growth(0, true, 0)))))
                .hasSize(2)
                .anySatisfy(missed -> assertThat(missed).startsWith("the p99 is NaN ms"));
    }

    @Test
    void theSummaryHasEveryEnd() {
        tally.failed("timed out", 1_000_000);
        assertThat(report(0, 2, growth(0, true, 0)).summary())
                .contains("1,001 requests in 2.0 s")
                .containsPattern("200 +1,000")
                .containsPattern("timed out +1\\R")
                .contains("p50 2.00, p90 2.00")
                .contains("at most 20 in the first third, 20 in the last")
                .contains("at least 10.0 MiB in the first third, 10.0 MiB in the last");
    }
}
