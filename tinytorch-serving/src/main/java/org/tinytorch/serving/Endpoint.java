package org.tinytorch.serving;

import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.server.Request;

/** Answers the requests of one route. It never blocks: what takes time is done elsewhere. */
interface Endpoint {
    /**
     * The answer, once it is known.
     *
     * @throws HttpProblem if the request can be refused at once; later problems fail the stage
     */
    CompletionStage<Reply> answer(Request request);
}
