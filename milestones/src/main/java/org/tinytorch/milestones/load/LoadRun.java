package org.tinytorch.milestones.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Asks a server as a {@link LoadPlan} says, with a line for each second. */
public final class LoadRun {
    private static final double MIB = 1 << 20;

    private final LoadPlan plan;
    private final HttpRequest request;
    private final Consumer<String> out;

    /**
     * Prepares a run.
     *
     * @param request what to ask, the same each time
     * @param out takes the lines
     */
    public LoadRun(LoadPlan plan, HttpRequest request, Consumer<String> out) {
        this.plan = plan;
        this.request = request;
        this.out = out;
    }

    /** Runs to the end. */
    public LoadReport run() throws InterruptedException {
        if (!plan.warmUp().isZero()) {
            say("Warming up for %d s, which does not count …", plan.warmUp().toSeconds());
            ask(plan.warmUp(), new Tally(), Optional.empty());
        }
        Tally tally = new Tally();
        try (ServerWatch watch = new ServerWatch(plan.server(), plan.timeout())) {
            say(
                    "%6s %9s %8s %8s %8s %8s %7s %9s %8s",
                    "second", "answers", "p50 ms", "p99 ms", "max ms", "refused", "errors", "heap MiB", "threads");
            double seconds = ask(plan.length(), tally, Optional.of(watch));
            return LoadReport.of(seconds, tally, Growth.of(watch.samples()));
        }
    }

    /** Runs all clients to their end, and returns how many seconds that took. */
    private double ask(Duration length, Tally tally, Optional<ServerWatch> watch) throws InterruptedException {
        byte[] message = request.bytes(plan.server());
        long begin = System.nanoTime();
        Arrivals arrivals = new Arrivals(plan.rate(), begin, length.toNanos());
        ExecutorService clients = Executors.newFixedThreadPool(plan.clients(), task -> {
            Thread thread = new Thread(task, "load client");
            thread.setDaemon(true);
            return thread;
        });
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            running.add(clients.submit(new LoadClient(plan.server(), message, arrivals, plan.timeout(), tally)));
        }
        clients.shutdown();
        Second second = new Second(tally);
        boolean over = false;
        while (!over) {
            over = clients.awaitTermination(
                    begin + TimeUnit.SECONDS.toNanos(second.number() + 1L) - System.nanoTime(), TimeUnit.NANOSECONDS);
            String line = second.line(watch.flatMap(ServerWatch::latest));
            if (watch.isPresent() && !(over && second.empty())) {
                out.accept(line);
            }
        }
        long took = System.nanoTime() - begin;
        for (Future<?> client : running) {
            try {
                client.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client ended by a bug of its own: " + e.getCause(), e);
            }
        }
        // The last request of a fixed rate is due a little before the end.
        return Math.max(took, length.toNanos()) / 1e9;
    }

    private void say(String format, Object... arguments) {
        out.accept(String.format(Locale.ROOT, format, arguments));
    }

    /** The second that is over, as a line. */
    private static final class Second {
        private final Tally tally;
        private int number;
        private long refused;
        private long errors;
        private boolean empty;

        Second(Tally tally) {
            this.tally = tally;
        }

        int number() {
            return number;
        }

        /** Whether no request ended in it. */
        boolean empty() {
            return empty;
        }

        String line(Optional<ServerSample> server) {
            number++;
            Histogram latencies = tally.interval();
            long refusedBefore = refused;
            long errorsBefore = errors;
            refused = tally.refused();
            errors = tally.errors();
            empty = latencies.getTotalCount() == 0 && refused == refusedBefore;
            return String.format(
                    Locale.ROOT,
                    "%6d %,9d %8.2f %8.2f %8.2f %,8d %,7d %9s %8s",
                    number,
                    latencies.getTotalCount(),
                    latencies.getValueAtPercentile(50) / 1e6,
                    latencies.getValueAtPercentile(99) / 1e6,
                    latencies.getMaxValue() / 1e6,
                    refused - refusedBefore,
                    errors - errorsBefore,
                    server.map(s -> String.format(Locale.ROOT, "%.1f", s.heapBytes() / MIB))
                            .orElse("-"),
                    server.map(s -> Integer.toString(s.threads())).orElse("-"));
        }
    }
}
