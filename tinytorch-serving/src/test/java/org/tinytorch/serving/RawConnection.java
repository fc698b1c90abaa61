package org.tinytorch.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which anything can be said, right or wrong. Whatever it waits for comes within a minute, or the test fails: a server may not leave anybody hanging. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    RawConnection(ModelServer server) throws IOException {
        this(server, 0);
    }

    /** @param receiveBuffer bytes that the system keeps for a client that does not read; 0 for its own choice */
    RawConnection(ModelServer server, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(
                new InetSocketAddress(server.uri().getHost(), server.uri().getPort()));
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer. */
    record Answer(int status, Map<String, String> headers, String body) {
        /** The message of an error; fails if it is not JSON with nothing but that. */
        String error() {
            var json = Client.json(body);
            if (json.size() != 1 || !json.path("error").isTextual()) {
                throw new AssertionError("not an error in JSON: " + this);
            }
            return json.path("error").textValue();
        }
    }

    /** A whole request with a JSON body. */
    static String post(String path, String json) {
        return head(path, json.getBytes(UTF_8).length) + "\r\n" + new String(json.getBytes(UTF_8), ISO_8859_1);
    }

    /** A head for a JSON body of some length, but for the empty line at its end. */
    static String head(String path, long length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n";
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** One request, one answer, on a connection of its own. */
    static Answer ask(ModelServer server, String request) throws IOException {
        try (RawConnection client = new RawConnection(server)) {
            return client.send(request).answer();
        }
    }

    /** Sends characters as bytes. */
    RawConnection send(String latin1) throws IOException {
        return send(latin1.getBytes(ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Ends what is sent; answers can still be read. */
    RawConnection endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads an answer to its end. */
    Answer answer() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = headers.containsKey("transfer-encoding")
                ? chunks()
                : exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(Integer.parseInt(status.substring(9, 12)), headers, new String(body, UTF_8));
    }

    /** Reads on until a text has come. */
    RawConnection await(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended after: " + seen);
            }
            seen.append((char) next);
        }
        return this;
    }

    /** Reads so many bytes. */
    String take(int bytes) throws IOException {
        return new String(exactly(bytes), ISO_8859_1);
    }

    /** Reads whatever comes until the server ends the connection, in one way or the other. */
    String rest() throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                seen.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server keeps the connection; it sent: " + seen.toString(UTF_8), e);
        } catch (IOException e) {
            // reset: as good an end as any
        }
        return seen.toString(UTF_8);
    }

    /** Leaves without a word: the server's system is told so by a reset. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = chunk(); length > 0; length = chunk()) {
            body.writeBytes(exactly(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within an answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended; the last line was '" + line + "'");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
