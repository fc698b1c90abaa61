package org.tinytorch.serving;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request to its endpoint, and its answer or problem back to the client. */
final class Router extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Map<Route, Endpoint> endpoints;
    private final String does;
    private final AccessRules access;
    private final ServerMetrics metrics;
    private final InFlight inFlight = new InFlight();
    private final AtomicBoolean stopping;

    /**
     * For some endpoints; a route without one is not what this model does.
     *
     * @param does what the model does, for who asks for something else
     * @param stopping whether only health and metrics are answered
     */
    Router(
            Map<Route, Endpoint> endpoints,
            String does,
            AccessRules access,
            ServerMetrics metrics,
            AtomicBoolean stopping) {
        this.endpoints = new EnumMap<>(endpoints);
        this.does = does;
        this.access = access;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** From here on, only health and metrics are answered. */
    void refuseNewWork() {
        stopping.set(true);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        Optional<Route> route = Route.of(path);
        long start = request.getBeginNanoTime();
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        inFlight.begin(connection);
        metrics.began();
        Request.addCompletionListener(request, failure -> {
            long nanos = System.nanoTime() - start;
            int status = response.getStatus();
            metrics.answered(route.map(Route::toString).orElse("other"), status, nanos);
            inFlight.end(connection);
            LOG.debug("{} {} {} {} ms", request.getMethod(), path, status, nanos / 1_000_000);
        });
        // A model may compute for longer than a client may be silent. What reads or writes just then fails all the
        // same.
        request.addIdleTimeoutListener(timeout -> false);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        CompletionStage<Reply> answer;
        try {
            answer = answer(request, route);
        } catch (Throwable failure) { // nothing that a request causes may end a thread
            answer = CompletableFuture.failedStage(failure);
        }
        answer.whenComplete((reply, failure) -> conclude(reply, failure, request, response, callback));
        return true;
    }

    /** Sends a reply, or if there is none, what the failure says. */
    private void conclude(Reply reply, Throwable failure, Request request, Response response, Callback callback) {
        try {
            Reply chosen = failure == null ? reply : problem(failure, request).reply();
            if (stopping.get() || (chosen.status() >= 400 && !request.consumeAvailable())) {
                response.getHeaders().put(HttpHeader.CONNECTION, "close"); // the rest of a body is no request
            }
            chosen.send(response, callback);
        } catch (Throwable unforeseen) { // or the client would wait for ever
            LOG.warn("{} {} could not be answered", request.getMethod(), Request.getPathInContext(request), unforeseen);
            callback.failed(unforeseen);
        }
    }

    private static HttpProblem problem(Throwable failure, Request request) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpProblem problem) {
            return problem;
        }
        if (cause instanceof TimeoutException) {
            return HttpProblem.late("there is too much to do for an answer in time; try again in a second");
        }
        LOG.warn("{} {} failed", request.getMethod(), Request.getPathInContext(request), cause);
        return HttpProblem.of(500, "the server failed; its log says why");
    }

    private CompletionStage<Reply> answer(Request request, Optional<Route> asked) {
        access.check(request);
        Route route = asked.orElseThrow(
                () -> HttpProblem.of(404, "there is no such path; / is a page, /openapi.json describes the rest"));
        if (!route.allows(request.getMethod())) {
            throw HttpProblem.wrongMethod(
                    route.allowed(), route.path() + " takes " + route.allowed() + " only; use " + route.method());
        }
        if (stopping.get() && route != Route.HEALTH && route != Route.METRICS) {
            throw HttpProblem.stopping();
        }
        Endpoint endpoint = endpoints.get(route);
        if (endpoint == null) {
            throw HttpProblem.of(404, does);
        }
        return endpoint.answer(request);
    }
}
