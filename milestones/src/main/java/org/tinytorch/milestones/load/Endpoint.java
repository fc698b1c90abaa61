package org.tinytorch.milestones.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where a server listens, in plain HTTP.
 *
 * @param host a name or an address; one of version 6 in brackets
 * @param port 1 … 65535
 */
public record Endpoint(String host, int port) {
    private static final int HTTP = 80;

    /**
     * Checks that both are possible.
     *
     * @throws IllegalArgumentException if there is no host, or the port is out of range
     */
    public Endpoint {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "'" + host + ":" + port + "' is no address of a server; give one like http://127.0.0.1:8080");
        }
    }

    /**
     * The server of an address such as {@code http://127.0.0.1:8080}.
     *
     * @throws IllegalArgumentException if it is not such an address, or has more than a host and a port
     */
    public static Endpoint of(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw notAnAddress(address, e);
        }
        boolean more = uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null
                || (uri.getRawPath() != null && !uri.getRawPath().matches("/?"));
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || more) {
            throw notAnAddress(address, null);
        }
        return new Endpoint(uri.getHost(), uri.getPort() < 0 ? HTTP : uri.getPort());
    }

    private static IllegalArgumentException notAnAddress(String address, Exception cause) {
        return new IllegalArgumentException(
                "'" + address
                        + "' is not the address of a server; give a scheme, a host and a port, such as http://127.0.0.1:8080",
                cause);
    }

    /**
     * Whether all addresses of the host lead back to this machine.
     *
     * @throws UnknownHostException if the host has no address
     */
    public boolean loopback() throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
    }

    /** Looks the host up. */
    InetSocketAddress socketAddress() throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** As it stands in the header {@code Host}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
