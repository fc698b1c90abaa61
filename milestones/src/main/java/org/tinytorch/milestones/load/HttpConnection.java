package org.tinytorch.milestones.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;

/**
 * One connection to a server, that takes one request after the other and waits for each answer: as much of HTTP/1.1 (RFC 9112) as a load needs. The JDK's own client has threads, queues and HTTP/2; with the server
 * on the same two cores, that would be measured too.
 */
final class HttpConnection implements AutoCloseable {
    /** No answer that a model server gives to a load is longer; nor is a line of its head, by far. */
    private static final int LONGEST_BODY = 16 << 20;

    private static final int LONGEST_LINE = 16 << 10;

    private final Socket socket;
    private final InputStream in;

    /**
     * Connects.
     *
     * @param timeout how long to wait for the connection, and then for each piece of an answer
     * @throws IOException if nobody listens there
     */
    HttpConnection(Endpoint server, Duration timeout) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(millis);
            socket.connect(server.socketAddress(), millis);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends a request, and reads the answer to its end.
     *
     * @param request as {@link HttpRequest#bytes} makes it
     * @throws java.net.SocketTimeoutException if the answer does not come in time
     * @throws IOException if the connection breaks, or the answer is not HTTP; the connection is of no use any more
     */
    HttpAnswer exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = status(line());
        long length = 0;
        boolean chunked = false;
        boolean keptAlive = true;
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("the header '" + header + "' has no name");
            }
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = number(value, 10);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> keptAlive = !value.equalsIgnoreCase("close");
                default -> {} // of no matter here
            }
        }
        return new HttpAnswer(status, chunked ? chunks() : exactly(length), keptAlive);
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new ProtocolException("the server's answer begins with '" + line + "', which is not HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            long length = number(line().replaceFirst(";.*", "").strip(), 16);
            if (length == 0) {
                break;
            }
            if (body.size() + length > LONGEST_BODY) {
                throw tooLong();
            }
            body.writeBytes(exactly(length));
            line();
        }
        while (!line().isEmpty()) {
            // trailers, which say nothing that is needed
        }
        return body.toByteArray();
    }

    private byte[] exactly(long length) throws IOException {
        if (length > LONGEST_BODY) {
            throw tooLong();
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within an answer");
        }
        return bytes;
    }

    private static long number(String digits, int radix) throws IOException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, as of a negative one
        }
        throw new ProtocolException("the length '" + digits + "' is not one");
    }

    private static IOException tooLong() {
        return new ProtocolException("the answer is longer than " + LONGEST_BODY + " bytes");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection before its answer was complete");
            }
            if (line.size() == LONGEST_LINE) {
                throw new ProtocolException("a line of the answer's head is longer than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
