package org.tinytorch.serving;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * The page and its files, which are resources of this jar. They may load nothing from elsewhere, and no other page may frame them.
 */
final class StaticFiles implements Endpoint {
    private static final String FOLDER = "web/";

    /** One file name after the other, none of which begins with a dot: no way leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/vnd.microsoft.icon");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache");

    @Override
    public CompletionStage<Reply> answer(Request request) {
        String path = Request.getPathInContext(request);
        String name = path.equals(Route.PAGE.path())
                ? "index.html"
                : path.substring(Route.STATIC.path().length());
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        Optional<byte[]> file = type == null ? Optional.empty() : read(name);
        return CompletableFuture.completedFuture(new FixedReply(
                200,
                type,
                file.orElseThrow(() -> HttpProblem.of(404, "there is no such file; / is the page")),
                HEADERS));
    }

    private static Optional<byte[]> read(String name) {
        return NAME.matcher(name).matches() ? Resources.read(FOLDER + name) : Optional.empty();
    }
}
