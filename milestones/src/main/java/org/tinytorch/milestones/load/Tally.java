package org.tinytorch.milestones.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What became of the requests, written down by many clients at once. Latencies are those of all requests but the refused: an answer of 429 comes at once, and would flatter the server; a request that failed counts with the time that it took to
 * fail.
 */
final class Tally {
    /** Latencies are known to one part in a thousand, and up to an hour. */
    private static final int DIGITS = 3;

    private static final String OK = Integer.toString(HttpAnswer.OK);
    private static final String REFUSED = Integer.toString(HttpAnswer.TOO_MANY_REQUESTS);

    private static final long LONGEST = 3_600_000_000_000L;

    private final Recorder recorder = new Recorder(LONGEST, DIGITS);
    private final Histogram total = new Histogram(LONGEST, DIGITS);
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();

    /** A request was answered, so many nanoseconds after it was due. */
    void answered(int status, long nanos) {
        increment(Integer.toString(status));
        if (status != HttpAnswer.TOO_MANY_REQUESTS) {
            record(nanos);
        }
    }

    /** A request was not answered; it was given up so many nanoseconds after it was due. */
    void failed(String why, long nanos) {
        increment(why);
        record(nanos);
    }

    private void increment(String outcome) {
        outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
    }

    private void record(long nanos) {
        recorder.recordValue(Math.min(Math.max(nanos, 0), LONGEST));
    }

    /** The latencies since the last call, in nanoseconds; they count in the {@link #total} from now on. For one thread. */
    Histogram interval() {
        Histogram interval = recorder.getIntervalHistogram();
        total.add(interval);
        return interval;
    }

    /** All latencies, in nanoseconds. For the thread that takes the intervals, when the clients have ended. */
    Histogram total() {
        interval();
        return total.copy();
    }

    /** How many requests had which end: a status, or what went wrong. */
    Map<String, Long> outcomes() {
        Map<String, Long> counts = new TreeMap<>();
        outcomes.forEach((outcome, count) -> counts.put(outcome, count.sum()));
        return counts;
    }

    /** Those answered with 200. */
    long answered() {
        return count(OK);
    }

    /** Those answered with 429. */
    long refused() {
        return count(REFUSED);
    }

    /** All others. Counted one by one: a difference of sums that are taken while others count can be negative. */
    long errors() {
        return outcomes().entrySet().stream()
                .filter(outcome ->
                        !outcome.getKey().equals(OK) && !outcome.getKey().equals(REFUSED))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private long count(String outcome) {
        LongAdder count = outcomes.get(outcome);
        return count == null ? 0 : count.sum();
    }
}
