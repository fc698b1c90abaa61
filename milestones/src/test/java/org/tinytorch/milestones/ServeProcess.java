package org.tinytorch.milestones;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code serve} in a process of its own, at a free port, with what it says at the start. Ends with the test. */
record ServeProcess(Process process, List<String> greeting) implements AutoCloseable {
    private static final int GREETING_LINES = 4;

    static ServeProcess start(Path pack, String... options) throws IOException {
        String[] arguments = Stream.concat(Stream.of(pack.toString(), "--port=0"), Stream.of(options))
                .toArray(String[]::new);
        Process process = JavaProcess.start(ServeCommand.class, arguments);
        List<String> greeting = new ArrayList<>();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (int i = 0; i < GREETING_LINES; i++) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the server ended at once, and said: " + greeting);
            }
            greeting.add(line);
        }
        return new ServeProcess(process, List.copyOf(greeting));
    }

    /** Where it listens. */
    URI uri() {
        return URI.create(greeting.get(1).replace("The page: ", ""));
    }

    String metrics() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri().resolve("metrics")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
