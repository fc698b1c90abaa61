package org.tinytorch.serving;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Who may ask. There is no password, so a page that a browser on this machine has open must not be able to use the server behind its user's back:
 *
 * <ul>
 *   <li>A request that a page of another origin makes carries that origin in {@code Origin}; it must be the server's own.
 *   <li>A page can have its own name lead to 127.0.0.1 (DNS rebinding), and is of the server's origin then; but its name stands in {@code Host}. So a server at a loopback address answers only to the names of
 *       loopback, and to those that it is told.
 * </ul>
 *
 * <p>A server at another address has names that it does not know; its {@code Host} is compared only if it is told some.
 */
final class AccessRules {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean loopback;
    private final Set<String> names;

    /**
     * The rules for a server.
     *
     * @param address where it listens
     * @param names what else it is called
     */
    AccessRules(InetAddress address, Set<String> names) {
        this.loopback = address.isLoopbackAddress();
        this.names = names;
    }

    /** @throws HttpProblem with status 403 if the request is not to be answered */
    void check(Request request) {
        String host = header(request, HttpHeader.HOST);
        String name = withoutPort(host);
        boolean known = name.isEmpty() || names.contains(name) || LOOPBACK.contains(name); // every browser gives a name
        if (!known && (loopback || !names.isEmpty())) {
            throw HttpProblem.of(
                    403,
                    "this server is not called '" + StrictJson.shorten(name)
                            + "'; ask for localhost, or start it with that name (option --host-name of tito serve)");
        }
        String origin = header(request, HttpHeader.ORIGIN);
        if (!origin.isEmpty() && !sameOrigin(origin, host)) {
            throw HttpProblem.of(
                    403,
                    "a page of '" + StrictJson.shorten(origin)
                            + "' may not ask this server; open the server's own page, or ask without a browser");
        }
    }

    private boolean sameOrigin(String origin, String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && (authority.equals(host) || names.contains(withoutPort(authority)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String header(Request request, HttpHeader name) {
        String value = request.getHeaders().get(name);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon >= 0 && authority.indexOf(']') < colon;
        return port ? authority.substring(0, colon) : authority;
    }
}
