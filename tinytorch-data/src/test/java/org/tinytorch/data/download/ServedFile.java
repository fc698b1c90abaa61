package org.tinytorch.data.download;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A file as a good server has it: with ranges, an entity tag and its length. And then less good ones.
 *
 * @param content all of it
 * @param tag its entity tag, in quotes; none if empty
 * @param ranges whether parts are given
 * @param sent how many bytes of an answer's body are sent before the connection is closed
 */
record ServedFile(byte[] content, String tag, boolean ranges, int sent) implements LoopbackServer.Reply {
    ServedFile(byte[] content) {
        this(content, "\"one\"", true, Integer.MAX_VALUE);
    }

    ServedFile tagged(String other) {
        return new ServedFile(content, other, ranges, sent);
    }

    ServedFile withoutRanges() {
        return new ServedFile(content, tag, false, sent);
    }

    ServedFile droppedAfter(int bytes) {
        return new ServedFile(content, tag, ranges, bytes);
    }

    /** The same, but then the connection stays open and silent. */
    LoopbackServer.Reply stalling(LoopbackServer server) {
        return (request, out) -> {
            send(request, out);
            out.flush();
            server.stallUntilLeft(request);
        };
    }

    @Override
    public void send(LoopbackServer.Request request, OutputStream out) throws IOException {
        Optional<String> condition = request.header("if-range");
        boolean part =
                ranges && request.from() > 0 && condition.map(tag::equals).orElse(true);
        int from = part ? request.from() : 0;
        String version = tag.isEmpty() ? "Server: none" : "ETag: " + tag;
        if (from >= content.length) {
            LoopbackServer.head(out, "416 Range Not Satisfiable", "Content-Range: bytes */" + content.length);
            return;
        }
        String length = "Content-Length: " + (content.length - from);
        if (part) {
            String range = "Content-Range: bytes " + from + "-" + (content.length - 1) + "/" + content.length;
            LoopbackServer.head(out, "206 Partial Content", length, version, range);
        } else {
            LoopbackServer.head(out, "200 OK", length, version);
        }
        out.write(content, from, Math.min(content.length - from, sent));
    }
}
