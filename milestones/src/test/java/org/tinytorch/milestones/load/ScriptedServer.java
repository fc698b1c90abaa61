package org.tinytorch.milestones.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Takes one connection, and answers each request without a body with the next text, as it stands; then it hangs up, or says nothing more. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Thread thread;

    ScriptedServer(boolean hangUp, String... answers) throws IOException {
        thread = new Thread(() -> answer(hangUp, List.of(answers)), "scripted server");
        thread.start();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", listening.getLocalPort());
    }

    private void answer(boolean hangUp, List<String> answers) {
        try (Socket client = listening.accept()) {
            for (String answer : answers) {
                readHead(client.getInputStream());
                client.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
            if (!hangUp) {
                while (client.getInputStream().read() >= 0) {
                    // until the client has gone
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int lineEnds = 0;
        while (lineEnds < 2) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            if (next != '\r') {
                lineEnds = next == '\n' ? lineEnds + 1 : 0;
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        listening.close();
        thread.join();
    }
}
