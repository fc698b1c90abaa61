package org.tinytorch.serving;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.tinytorch.interop.ModelPackage;

/**
 * Serves a model over HTTP until it is closed.
 *
 * <pre>{@code
 * ModelPackage digits = ModelPackage.read(Path.of("packages/digits"));
 * try (ModelServer server = ModelServer.start("digits", digits, ServerOptions.defaults())) {
 *     System.out.println(server.uri());
 *     Thread.currentThread().join();
 * }
 * }</pre>
 *
 * <p>There is no authentication and no encryption: a server at another address than loopback belongs behind a reverse proxy that has both. The number of threads is fixed, whatever the number of clients.
 */
public final class ModelServer implements AutoCloseable {
    private static final int HTTP_THREADS = 12;
    private static final int LARGEST_HEADER = 8 * 1024;

    /** What the system keeps for a client that does not read; by itself it would let this grow to megabytes for each. */
    private static final int SEND_BUFFER = 64 * 1024;

    /** For the errors that end what was cut. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Server server;
    private final URI uri;
    private final Router router;
    private final ServedModel model;
    private final ServerOptions options;
    private final AcceptedConnections accepted;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ModelServer(
            Server server,
            URI uri,
            AcceptedConnections accepted,
            Router router,
            ServedModel model,
            ServerOptions options) {
        this.server = server;
        this.uri = uri;
        this.accepted = accepted;
        this.router = router;
        this.model = model;
        this.options = options;
    }

    /**
     * Starts a server.
     *
     * @param name of the model, as clients see it
     * @param pack the model, which is put into evaluation mode and must not be trained meanwhile
     * @throws IllegalArgumentException if the name is blank, or the package is a classifier without preprocessing, which alone tells the shape of an image, or with another number of labels than the model has classes
     * @throws IOException if the server cannot listen there, for instance because the port is taken
     */
    public static ModelServer start(String name, ModelPackage pack, ServerOptions options) throws IOException {
        if (name.isBlank()) {
            throw new IllegalArgumentException("server: the model's name is blank; give it one, such as digits");
        }
        InetAddress address = InetAddress.getByName(options.host());
        QueuedThreadPool threads = new QueuedThreadPool(HTTP_THREADS, HTTP_THREADS);
        threads.setName("tinytorch-http");
        ServerMetrics metrics = new ServerMetrics();
        ServedModel model = ServedModel.of(pack, options, metrics, threads);
        try {
            Server server = new Server(threads);
            ServerConnector connector = connector(server, address, options);
            Router router = router(name, pack, model, new AccessRules(address, options.hostNames()), metrics);
            server.setHandler(router);
            connector.addBean(new SlowHeads(
                    connector, router.inFlight()::on, options.requests().arrival()));
            server.setErrorHandler(new JsonErrors());
            AcceptedConnections accepted = new AcceptedConnections();
            connector.addBean(accepted);
            start(server, options);
            return new ModelServer(server, uri(options, connector.getLocalPort()), accepted, router, model, options);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static ServerConnector connector(Server server, InetAddress address, ServerOptions options) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LARGEST_HEADER);
        // No thread waits in accept(): Jetty interrupts it to stop, and what it has just accepted can be lost before
        // anybody hears of it (seen on JDK 25), so that not even AcceptedConnections could close it.
        ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getHostAddress());
        connector.setPort(options.port());
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        connector.setIdleTimeout(options.requests().idle().toMillis());
        connector.addBean(new NetworkConnectionLimit(options.connections(), connector));
        server.addConnector(connector);
        return connector;
    }

    private static Router router(
            String name, ModelPackage pack, ServedModel model, AccessRules access, ServerMetrics metrics) {
        StaticFiles files = new StaticFiles();
        AtomicBoolean stopping = new AtomicBoolean();
        Map<Route, Endpoint> endpoints = new EnumMap<>(Route.class);
        endpoints.put(Route.PAGE, files);
        endpoints.put(Route.STATIC, files);
        endpoints.put(Route.MODEL, always(FixedReply.json(200, ModelDescription.of(name, pack))));
        endpoints.put(model.route(), model.endpoint());
        endpoints.put(Route.OPENAPI, always(openApi()));
        endpoints.put(Route.HEALTH, request -> CompletableFuture.completedFuture(health(stopping.get())));
        endpoints.put(Route.METRICS, request -> CompletableFuture.completedFuture(metrics(metrics)));
        return new Router(endpoints, model.does(), access, metrics, stopping);
    }

    private static Endpoint always(FixedReply reply) {
        return request -> CompletableFuture.completedFuture(reply);
    }

    private static FixedReply openApi() {
        byte[] description = Resources.read("openapi.json").orElseThrow();
        return new FixedReply(200, "application/json", description, Map.of("Cache-Control", "no-cache"));
    }

    private static FixedReply metrics(ServerMetrics metrics) {
        return new FixedReply(200, metrics.contentType(), metrics.text(), Map.of("Cache-Control", "no-store"));
    }

    private static FixedReply health(boolean stopping) {
        return FixedReply.json(stopping ? 503 : 200, StrictJson.object().put("status", stopping ? "stopping" : "up"));
    }

    private static void start(Server server, ServerOptions options) throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            stop(server);
            String where = "port " + options.port() + " of " + options.host();
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw new IOException(
                        "server: " + where + " cannot be listened at (" + rootMessage(e)
                                + "); end what listens there, or choose another port or an address of this machine",
                        e);
            }
            throw new IOException("server: it cannot be started at " + where + ": " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable e) {
        return e.getCause() == null ? e.getMessage() : rootMessage(e.getCause());
    }

    /** Where it listens, such as {@code http://127.0.0.1:8080/}; or did, if it is closed. */
    public URI uri() {
        return uri;
    }

    private static URI uri(ServerOptions options, int port) {
        String host = new InetSocketAddress(options.host(), port).getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
    }

    /**
     * Ends the server in order: new work is refused with status 503, what is being answered goes on for up to {@link ServerOptions#grace}; then texts are ended with an error, what waits is refused, and the port is closed.
     * Closing it again does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        router.refuseNewWork();
        router.inFlight().awaitNone(options.grace());
        model.close();
        router.inFlight().awaitNone(LAST_WORDS);
        try {
            stop(server);
        } finally {
            accepted.close();
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("server: it did not stop: " + e.getMessage(), e);
        }
    }
}
