package org.tinytorch.serving;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The paths that are answered, and by which method. */
enum Route {
    PAGE("/", "GET"),
    STATIC("/static/", "GET"),
    MODEL("/v1/model", "GET"),
    CLASSIFY("/v1/classify", "POST"),
    GENERATE("/v1/generate", "POST"),
    OPENAPI("/openapi.json", "GET"),
    HEALTH("/health", "GET"),
    METRICS("/metrics", "GET");

    private final String path;
    private final String method;

    Route(String path, String method) {
        this.path = path;
        this.method = method;
    }

    String path() {
        return path;
    }

    String method() {
        return method;
    }

    /** What may be asked, for the header {@code Allow}. */
    String allowed() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }

    boolean allows(String asked) {
        return asked.equals(method) || (method.equals("GET") && asked.equals("HEAD"));
    }

    /** The route of a decoded path, if there is one. */
    static Optional<Route> of(String asked) {
        return Stream.of(values())
                .filter(route -> route == STATIC ? asked.startsWith(route.path) : asked.equals(route.path))
                .findFirst();
    }

    /** As a label of metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
