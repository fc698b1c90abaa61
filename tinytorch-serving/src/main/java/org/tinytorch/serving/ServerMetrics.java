package org.tinytorch.serving;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntSupplier;

/** What is counted and measured. The values of all labels come from this program and never from a client, so that there are no more of them than routes and statuses. */
final class ServerMetrics {
    /** In seconds: what a small model takes to what a long text takes. */
    private static final double[] SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64, 128};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();

    private final Counter requests = Counter.builder()
            .name("tinytorch_http_requests_total")
            .help("Requests that were answered, by route and status.")
            .labelNames("route", "status")
            .register(registry);

    private final Histogram seconds = Histogram.builder()
            .name("tinytorch_http_request_duration_seconds")
            .help("From the first byte of a request to the last byte of its answer.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);

    private final Gauge inFlight = Gauge.builder()
            .name("tinytorch_http_requests_in_flight")
            .help("Requests that are being answered.")
            .register(registry);

    private final Counter refused = Counter.builder()
            .name("tinytorch_requests_refused_total")
            .help("Requests that were refused to protect the server, by reason.")
            .labelNames("reason")
            .register(registry);

    private final Histogram batches = Histogram.builder()
            .name("tinytorch_batch_size")
            .help("Images that were classified together.")
            .classicOnly()
            .classicUpperBounds(BATCHES)
            .register(registry);

    private final Counter tokens = Counter.builder()
            .name("tinytorch_generated_tokens_total")
            .help("Tokens that were drawn.")
            .register(registry);

    ServerMetrics() {
        JvmMemoryMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    /** Adds a number that is asked for when somebody looks. */
    void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsInt()))
                .register(registry);
    }

    void began() {
        inFlight.inc();
    }

    void answered(String route, int status, long nanos) {
        inFlight.dec();
        requests.labelValues(route, Integer.toString(status)).inc();
        seconds.labelValues(route).observe(nanos / 1e9);
        switch (status) {
            case 403 -> refused.labelValues("forbidden").inc();
            case 408 -> refused.labelValues("slow").inc();
            case 413 -> refused.labelValues("too_large").inc();
            case 429 -> refused.labelValues("queue_full").inc();
            case 503 -> refused.labelValues("unavailable").inc();
            default -> {}
        }
    }

    void batch(int size) {
        batches.observe(size);
    }

    void token() {
        tokens.inc();
    }

    /** How many tokens were drawn. */
    long tokens() {
        return (long) tokens.get();
    }

    String contentType() {
        return format.getContentType();
    }

    /** All of it, in Prometheus's text format. */
    byte[] text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            format.write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("metrics: memory cannot be written to", e); // it always can
        }
        return bytes.toByteArray();
    }
}
