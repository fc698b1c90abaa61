package org.tinytorch.serving.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.tinytorch.serving.ModelServer;

/**
 * Another client of a server than the browser.
 *
 * @param server whose
 * @param http sends its requests
 */
record Client(ModelServer server, HttpClient http) {
    static Client of(ModelServer server) {
        return new Client(server, HttpClient.newHttpClient());
    }

    /** A metric without labels. */
    double metric(String name) {
        HttpRequest request =
                HttpRequest.newBuilder(server.uri().resolve("metrics")).build();
        return send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric " + name));
    }

    /** Has a text written, which goes on until the stream is closed. */
    InputStream generate(String prompt, int tokens) {
        String json = "{\"prompt\": \"" + prompt + "\", \"max_tokens\": " + tokens + "}";
        return send(post("v1/generate", json), BodyHandlers.ofInputStream()).body();
    }

    /** Asks for the class of an image of 8 by 8 pixels, all of them 0; does not wait for the answer. */
    CompletableFuture<HttpResponse<String>> classify() {
        String row = "[0,0,0,0,0,0,0,0]";
        String json = "{\"image\": [[" + (row + ",").repeat(7) + row + "]]}";
        return http.sendAsync(post("v1/classify", json), BodyHandlers.ofString());
    }

    private HttpRequest post(String path, String json) {
        return HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while asking for " + request.uri(), e);
        }
    }
}
