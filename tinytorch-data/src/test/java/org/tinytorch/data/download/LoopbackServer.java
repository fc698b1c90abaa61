package org.tinytorch.data.download;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A web server that misbehaves as told: one request per connection, each answered by the next reply of a script. The last one stays. */
final class LoopbackServer implements AutoCloseable {
    /** Writes one answer, head and body, as it sees fit; the connection is closed after it. */
    @FunctionalInterface
    interface Reply {
        void send(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    /** What was asked, with header names in lower case, and what the client may send after it. */
    record Request(String path, Map<String, String> headers, Reader rest) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** The first byte asked for. */
        int from() {
            return header("range")
                    .map(range -> Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")))
                    .orElse(0);
        }
    }

    private final ServerSocket socket;
    private final Deque<Reply> script = new ArrayDeque<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    LoopbackServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "loopback server");
        thread.setDaemon(true);
        thread.start();
    }

    URI address(String path) {
        return URI.create("http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + path);
    }

    LoopbackServer script(Reply... replies) {
        synchronized (script) {
            script.clear();
            script.addAll(List.of(replies));
        }
        return this;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** A silence that lasts as long as the server: the connection stays open and nothing comes. */
    void stall() throws InterruptedException {
        closing.await();
    }

    /** A silence that lasts until the client goes away. */
    void stallUntilLeft(Request request) {
        try {
            request.rest().transferTo(Writer.nullWriter()); // nothing but the end is expected
        } catch (IOException e) {
            // A reset is one way to go.
        }
        left.countDown();
    }

    /** Waits until a client has gone away from {@link #stallUntilLeft}. */
    void awaitLeft() throws InterruptedException {
        left.await();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread thread = new Thread(() -> answer(connection), "loopback connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            Request request = read(connection);
            requests.add(request);
            Reply reply;
            synchronized (script) {
                reply = script.size() > 1 ? script.remove() : script.element();
            }
            reply.send(request, connection.getOutputStream());
            connection.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            // The client went away, as some tests have it do.
        }
    }

    private static Request read(Socket connection) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = in.readLine();
        if (first == null) {
            throw new EOFException("the client went away before it asked");
        }
        String path = first.split(" ")[1];
        Map<String, String> headers = new TreeMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            String[] parts = line.split(": *", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        return new Request(path, headers, in);
    }

    /** Writes the head of an answer. */
    static void head(OutputStream out, String status, String... headers) throws IOException {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        out.write(text.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** An answer without content. */
    static Reply status(String status, String... headers) {
        return (request, out) -> {
            head(out, status, headers);
        };
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        socket.close();
    }
}
