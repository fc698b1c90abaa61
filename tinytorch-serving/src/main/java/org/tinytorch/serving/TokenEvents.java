package org.tinytorch.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends each token as an event (WHATWG HTML, section 9.2, server-sent events): {@code event: prompt} if attention is asked for, {@code token} for each, and {@code done} or {@code error} at the end. JSON has no line
 * breaks here, so that an event is always one line of data.
 */
final class TokenEvents implements TextOutput {
    /** Weights are told to this many parts of 1. */
    private static final double PARTS = 100_000;

    private final Response response;
    private final Callback callback;

    /** @param callback is told that all has been sent, or could not be */
    TokenEvents(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Accel-Buffering", "no"); // or nginx would collect events
    }

    @Override
    public void prompt(List<String> tokens, Callback sent) {
        ObjectNode node = StrictJson.object();
        tokens.forEach(node.putArray("tokens")::add);
        response.write(false, event("prompt", node), sent);
    }

    @Override
    public void token(WrittenToken token, Callback sent) {
        response.write(false, event("token", json(token)), sent);
    }

    @Override
    public void end(WrittenToken last, WrittenText text) {
        ByteBuffer token = event("token", json(last));
        ByteBuffer done = event("done", text.summary(StrictJson.object()));
        ByteBuffer both = ByteBuffer.allocate(token.remaining() + done.remaining());
        both.put(token).put(done).flip();
        response.write(true, both, callback);
    }

    @Override
    public void fail(HttpProblem problem) {
        ObjectNode node = StrictJson.object().put("error", problem.getMessage());
        response.write(true, event("error", node), callback);
    }

    @Override
    public void abandon(Throwable why) {
        callback.failed(why);
    }

    private static ObjectNode json(WrittenToken token) {
        ObjectNode node = StrictJson.object().put("text", token.text()).put("token", token.id());
        if (token.attention().length > 0) {
            ArrayNode weights = node.putArray("attention");
            for (double weight : token.attention()) {
                weights.add(Math.round(weight * PARTS) / PARTS);
            }
        }
        return node;
    }

    private static ByteBuffer event(String name, ObjectNode data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(StrictJson.bytes(data));
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(bytes.toByteArray());
    }
}
