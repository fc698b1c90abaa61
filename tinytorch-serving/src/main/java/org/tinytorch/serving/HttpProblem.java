package org.tinytorch.serving;

import java.util.Map;

/** Why a request is not answered as it would like to be: a status, and a message for the client that says what is wrong and what to do. */
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;

    private HttpProblem(int status, Map<String, String> headers, String message) {
        super(message, null, false, false); // a client's mistake needs no stack trace
        this.status = status;
        this.headers = headers;
    }

    static HttpProblem of(int status, String message) {
        return new HttpProblem(status, Map.of(), message);
    }

    static HttpProblem wrongMethod(String allowed, String message) {
        return new HttpProblem(405, Map.of("Allow", allowed), message);
    }

    /** The queue is full. */
    static HttpProblem tooMany(String message) {
        return new HttpProblem(429, Map.of("Retry-After", "1"), message);
    }

    static HttpProblem stopping() {
        return new HttpProblem(503, Map.of("Connection", "close"), "the server is stopping; ask another one, or later");
    }

    static HttpProblem late(String message) {
        return new HttpProblem(503, Map.of("Retry-After", "1"), message);
    }

    /** Whoever says so has logged why. */
    static HttpProblem modelFailed() {
        return of(500, "the model failed; the server's log says why");
    }

    /** A body that has not arrived, or is too large to be read: whatever still comes on this connection is not a request. */
    static HttpProblem closing(int status, String message) {
        return new HttpProblem(status, Map.of("Connection", "close"), message);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    Reply reply() {
        return FixedReply.error(this);
    }
}
