package org.tinytorch.serving;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.Callback;

/** Sends a text when it is done, as one object. */
final class WholeText implements TextOutput {
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();

    CompletableFuture<Reply> reply() {
        return reply;
    }

    @Override
    public void prompt(List<String> tokens, Callback sent) {
        sent.succeeded();
    }

    @Override
    public void token(WrittenToken token, Callback sent) {
        sent.succeeded();
    }

    @Override
    public void end(WrittenToken last, WrittenText text) {
        reply.complete(FixedReply.json(200, text.whole()));
    }

    @Override
    public void fail(HttpProblem problem) {
        reply.completeExceptionally(problem);
    }

    @Override
    public void abandon(Throwable why) {
        reply.completeExceptionally(why);
    }
}
