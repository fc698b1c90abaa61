package org.tinytorch.serving;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What a client says its body is. */
final class MediaType {
    private MediaType() {}

    /**
     * The type without parameters, in lower case.
     *
     * @throws HttpProblem with status 415 if it is none of these, or a charset other than UTF-8 is named
     */
    static String of(Request request, Set<String> taken) {
        String header = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String given = header == null ? "" : header.toLowerCase(Locale.ROOT);
        int parameters = given.indexOf(';');
        String type = (parameters < 0 ? given : given.substring(0, parameters)).strip();
        if (!taken.contains(type)) {
            throw HttpProblem.of(
                    415,
                    "a body of type '" + StrictJson.shorten(type) + "' is not taken; send the header Content-Type with "
                            + String.join(" or ", taken));
        }
        if (given.contains("charset=") && !given.replace("\"", "").contains("charset=utf-8")) {
            throw HttpProblem.of(415, "the charset is not UTF-8; encode the body so, or leave the charset out");
        }
        return type;
    }
}
