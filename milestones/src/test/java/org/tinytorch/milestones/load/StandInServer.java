package org.tinytorch.milestones.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/** Stands in for a model server: says what it has, and answers the n-th request (from 1) with a status. */
public final class StandInServer implements AutoCloseable {
    /** What {@code /v1/model} says of a classifier. */
    public static final String CLASSIFIER =
            "{\"name\":\"digits\",\"kind\":\"image-classifier\",\"image\":{\"channels\":1,\"rows\":2,\"columns\":3}}";

    /** What {@code /v1/model} says of a language model. */
    public static final String WRITER = "{\"name\":\"tales\",\"kind\":\"language-model\"}";

    /** A request that came. */
    public record Asked(String method, String path, String contentType, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /**
     * Starts it on loopback.
     *
     * @param model what {@code /v1/model} says
     * @param status of the answer to the n-th request; it may take its time
     */
    public StandInServer(String model, IntUnaryOperator status) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/model", exchange -> answer(exchange, 200, model));
        server.createContext(
                "/metrics",
                exchange -> answer(
                        exchange,
                        200,
                        "jvm_memory_pool_used_bytes{pool=\"Tenured Gen\"} 1048576\njvm_threads_current 9\njvm_gc_collection_seconds_count 1\n"));
        server.createContext("/v1/classify", exchange -> answer(exchange, status.applyAsInt(note(exchange)), "{}"));
        server.createContext("/v1/generate", exchange -> answer(exchange, status.applyAsInt(note(exchange)), "{}"));
        server.start();
    }

    private synchronized int note(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        return asked.size();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getAddress().getPort());
    }

    /** What it was asked of its model, in order. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
