package org.tinytorch.serving;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;

/** Reads bodies: no larger than they may be, in no more time than they may take, and without a thread that waits. */
final class RequestBody {
    private final RequestLimits limits;

    RequestBody(RequestLimits limits) {
        this.limits = limits;
    }

    /**
     * The whole body.
     *
     * @throws HttpProblem with status 413 if it is declared larger than it may be; the stage fails with 413 if it turns out so, with 408 if it does not arrive in time, with 400 if it breaks off
     */
    CompletionStage<byte[]> read(Request request) {
        if (request.getLength() > limits.bodyBytes()) {
            throw tooLarge();
        }
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, limits.bodyBytes(), Promise.Invocable.toPromise(body));
        long used = System.nanoTime() - request.getBeginNanoTime();
        return body.orTimeout(Math.max(1, limits.arrival().toNanos() - used), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    HttpProblem problem = problem(failure);
                    request.fail(problem); // nobody reads on
                    throw problem;
                });
    }

    private HttpProblem problem(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return HttpProblem.closing(
                    408,
                    "the request has not arrived within " + limits.arrival().toMillis()
                            + " ms; send it faster, or a smaller one");
        }
        if (failure instanceof IllegalStateException) { // what Jetty says of a body beyond the limit
            return tooLarge();
        }
        if (failure instanceof HttpException) {
            return HttpProblem.closing(400, "the body is not as HTTP has it: " + failure.getMessage());
        }
        return HttpProblem.closing(400, "the body broke off; send it anew");
    }

    private HttpProblem tooLarge() {
        return HttpProblem.closing(413, "the body is too large; at most " + limits.bodyBytes() + " bytes are taken");
    }
}
