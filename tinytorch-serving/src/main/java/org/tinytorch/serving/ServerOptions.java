package org.tinytorch.serving;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * How a {@link ModelServer} is reached, and what it may take. Immutable; each method gives other options.
 *
 * <pre>{@code
 * ServerOptions options = ServerOptions.defaults()
 *         .port(9000)
 *         .batches(batches -> batches.size(16).queue(64))
 *         .generations(generations -> generations.tokens(500));
 * }</pre>
 *
 * @param host the name or address of this machine that the server listens at; a loopback address is reached from this machine only
 * @param port from 1 to 65,535, or 0 for a free one, which {@link ModelServer#uri} tells
 * @param hostNames host names by which a reverse proxy passes requests on, such as {@code models.example.org}; without port, in lower case. Requests in other names than these and those of loopback are refused,
 *     unless the server listens at another address and this is empty
 * @param connections how many clients can be connected at once, at least 1; further ones wait until one leaves, or are turned away if they come in the same instant
 * @param grace how long {@link ModelServer#close} waits for requests that are being answered
 * @param requests limits of a single request
 * @param batches of images that are classified together
 * @param generations of texts
 */
public record ServerOptions(
        String host,
        int port,
        Set<String> hostNames,
        int connections,
        Duration grace,
        RequestLimits requests,
        BatchLimits batches,
        GenerationLimits generations) {
    private static final int LARGEST_PORT = 65_535;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ServerOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("server: the host is blank; use 127.0.0.1 for this machine only");
        }
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "server: there is no port " + port + "; use 1 … " + LARGEST_PORT + ", or 0 for a free one");
        }
        Set<String> lower = new TreeSet<>();
        for (String name : hostNames) {
            if (name.isBlank() || name.contains("/") || name.contains(" ")) {
                throw new IllegalArgumentException(
                        "server: '" + name + "' is no host name; give it as in models.example.org");
            }
            lower.add(name.toLowerCase(Locale.ROOT));
        }
        hostNames = Set.copyOf(lower);
        Ranges.atLeast("server: connections", connections, 1);
        Ranges.notNegative("server: grace", grace);
    }

    /** Port 8080 of this machine's loopback address, 512 connections, 10 s of grace. */
    public static ServerOptions defaults() {
        return new ServerOptions(
                "127.0.0.1",
                8080,
                Set.of(),
                512,
                Duration.ofSeconds(10),
                RequestLimits.defaults(),
                BatchLimits.defaults(),
                GenerationLimits.defaults());
    }

    /** The same at another address of this machine. */
    public ServerOptions host(String address) {
        return new ServerOptions(address, port, hostNames, connections, grace, requests, batches, generations);
    }

    /** The same at another port. */
    public ServerOptions port(int number) {
        return new ServerOptions(host, number, hostNames, connections, grace, requests, batches, generations);
    }

    /** The same for requests in these hostNames too. */
    public ServerOptions hostNames(Set<String> hosts) {
        return new ServerOptions(host, port, hosts, connections, grace, requests, batches, generations);
    }

    /** The same for so many connected clients. */
    public ServerOptions connections(int most) {
        return new ServerOptions(host, port, hostNames, most, grace, requests, batches, generations);
    }

    /** The same with another time to end in. */
    public ServerOptions grace(Duration time) {
        return new ServerOptions(host, port, hostNames, connections, time, requests, batches, generations);
    }

    /** The same with other limits of a request. */
    public ServerOptions requests(UnaryOperator<RequestLimits> change) {
        return new ServerOptions(
                host, port, hostNames, connections, grace, change.apply(requests), batches, generations);
    }

    /** The same with other batches. */
    public ServerOptions batches(UnaryOperator<BatchLimits> change) {
        return new ServerOptions(
                host, port, hostNames, connections, grace, requests, change.apply(batches), generations);
    }

    /** The same with other limits of texts. */
    public ServerOptions generations(UnaryOperator<GenerationLimits> change) {
        return new ServerOptions(
                host, port, hostNames, connections, grace, requests, batches, change.apply(generations));
    }
}
