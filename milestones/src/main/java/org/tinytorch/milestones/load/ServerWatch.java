package org.tinytorch.milestones.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the server for its {@code /metrics} once a second, on a thread and a connection of its own: a server that does not answer holds up nothing but this. */
final class ServerWatch implements AutoCloseable {
    private final List<ServerSample> samples = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "server watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Future<?> looking;
    private final Endpoint server;
    private final Duration timeout;
    private Optional<HttpConnection> connection = Optional.empty();

    /** Begins to watch. */
    ServerWatch(Endpoint server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
        looking = timer.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /** Looks once. A look that fails is left out: the clients see what is wrong with the server. */
    private void look() {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(new HttpConnection(server, timeout));
            }
            HttpAnswer answer =
                    connection.get().exchange(HttpRequest.get("/metrics").bytes(server));
            if (answer.status() == HttpAnswer.OK) {
                ServerSample.of(PrometheusText.parse(answer.text())).ifPresent(samples::add);
            }
            if (!answer.keptAlive()) {
                disconnect();
            }
        } catch (IOException e) {
            disconnect();
        }
    }

    private void disconnect() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (IOException e) {
            // it is of no use any more in any case
        }
        connection = Optional.empty();
    }

    /** What was seen last. */
    Optional<ServerSample> latest() {
        List<ServerSample> seen = samples();
        return seen.isEmpty() ? Optional.empty() : Optional.of(seen.get(seen.size() - 1));
    }

    /** All that was seen, in order. */
    List<ServerSample> samples() {
        return List.copyOf(samples);
    }

    /** Looks no more. */
    @Override
    public void close() {
        looking.cancel(false);
        timer.execute(this::disconnect);
        timer.shutdown();
    }
}
