package org.tinytorch.serving;

import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer that is ready to be sent, or to begin. */
interface Reply {
    int status();

    /**
     * Sends it, without waiting for the client.
     *
     * @param callback is told when all has been sent, or that the client has gone
     */
    void send(Response response, Callback callback);
}
