// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/download/HttpSource.java. Read it, don't edit it.
package org.tinytorch.data.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks servers for files, whole or from a byte on: RFC 9110, section 14. */
final class HttpSource {
    /** The head of an answer, with its body still to come. */
    record Answer(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response, TimedBody body) implements AutoCloseable {
        int status() {
            return response.statusCode();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        /** By what to recognise this version of the file: a strong entity tag, or else the date (RFC 9110, section 13.1.5). */
        Optional<String> validator() {
            return header("ETag").filter(tag -> tag.startsWith("\"")).or(() -> header("Last-Modified"));
        }

        @Override
        public void close() {
            body.close();
        }
    }

    private final Patience patience;
    private final HttpClient client;

    HttpSource(Patience patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL) // from https to https only
                .connectTimeout(patience.connect())
                .build();
    }

    /**
     * Asks for a file.
     *
     * @param from the first byte wanted; 0 for all of it
     * @param validator of which version the bytes before that are: of another one the server sends all
     * @throws IOException if there is no answer, or not in time
     */
    Answer open(URI address, long from, Optional<String> validator) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET().header("User-Agent", "TinyTorch");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
            validator.ifPresent(version -> request.header("If-Range", version));
        }
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> pending =
                client.sendAsync(request.build(), BodyHandlers.ofPublisher());
        Duration wait = patience.connect().plus(patience.stall());
        try {
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                    pending.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            TimedBody body = new TimedBody(patience.stall());
            response.body().subscribe(body);
            return new Answer(response, body);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer came for " + TimedBody.seconds(wait));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause().toString(), e);
        } finally {
            pending.cancel(true); // of no effect on one that has been answered
        }
    }
}
