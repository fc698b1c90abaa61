package org.tinytorch.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks a server, as a program would. */
final class Client {
    static final String JSON = "application/json";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;

    Client(ModelServer server) {
        this.server = server.uri();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, String json) {
        return send(posted(path, json));
    }

    HttpResponse<String> post(String path, String type, byte[] body) {
        return send(request(path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
        return http.sendAsync(posted(path, json), BodyHandlers.ofString());
    }

    private HttpRequest posted(String path, String json) {
        return request(path)
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** An image of one channel, all of whose pixels are the same. */
    static String grey(int rows, int columns, double pixel) {
        String row = IntStream.range(0, columns)
                .mapToObj(x -> Double.toString(pixel))
                .collect(Collectors.joining(","));
        return "{\"image\":[["
                + IntStream.range(0, rows).mapToObj(y -> "[" + row + "]").collect(Collectors.joining(",")) + "]]}";
    }

    /** The value of a line of /metrics, labels included in the name; 0 if there is none. */
    double metric(String name) {
        return get("metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
