package org.tinytorch.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that is known as a whole.
 *
 * @param type of the content
 * @param headers further ones
 */
record FixedReply(int status, String type, byte[] body, Map<String, String> headers) implements Reply {
    static FixedReply json(int status, JsonNode node) {
        return new FixedReply(status, "application/json", StrictJson.bytes(node), Map.of("Cache-Control", "no-store"));
    }

    static FixedReply error(HttpProblem problem) {
        ObjectNode node = StrictJson.object().put("error", problem.getMessage());
        return new FixedReply(problem.status(), "application/json", StrictJson.bytes(node), problem.headers());
    }

    @Override
    public void send(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        headers.forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
