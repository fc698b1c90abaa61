package org.tinytorch.serving;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Says in JSON what the HTTP library refuses by itself, such as a header that is too large, or a request that reaches it in the instant in which it stops. */
final class JsonErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        problem(request, response.getStatus()).reply().send(response, callback);
        return true;
    }

    private static HttpProblem problem(Request request, int status) {
        if (!request.getConnectionMetaData().getConnector().getServer().isRunning()) {
            return HttpProblem.stopping();
        }
        Object message = request.getAttribute(ERROR_MESSAGE);
        String text = message == null ? HttpStatus.getMessage(status) : message.toString();
        return HttpProblem.closing(status, "the request is not as HTTP has it: " + text);
    }
}
