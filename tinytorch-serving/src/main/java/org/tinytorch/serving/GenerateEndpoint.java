package org.tinytorch.serving;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.tinytorch.tokenization.Tokenizer;
import org.tinytorch.transformer.Gpt;

/** {@code POST /v1/generate}: a prompt to a text. */
final class GenerateEndpoint implements Endpoint {
    private static final Set<String> TYPES = Set.of("application/json");

    private final Gpt gpt;
    private final Tokenizer tokenizer;
    private final Generations generations;
    private final RequestBody body;
    private final GenerationLimits limits;

    /** @param gpt in evaluation mode */
    GenerateEndpoint(Gpt gpt, Tokenizer tokenizer, Generations generations, ServerOptions options) {
        this.gpt = gpt;
        this.tokenizer = tokenizer;
        this.generations = generations;
        this.body = new RequestBody(options.requests());
        this.limits = options.generations();
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        MediaType.of(request, TYPES);
        return body.read(request).thenCompose(bytes -> answer(GenerationRequest.parse(bytes, limits)));
    }

    private CompletionStage<Reply> answer(GenerationRequest wanted) {
        long seed = wanted.seed().orElseGet(ThreadLocalRandom.current()::nextLong);
        TextWriter writer = new TextWriter(gpt, tokenizer, wanted, seed);
        CompletableFuture<Void> turn = generations.turn();
        if (wanted.stream()) {
            return turn.thenApply(ignored -> new Stream(writer, wanted.attention()));
        }
        return turn.thenCompose(ignored -> {
            WholeText whole = new WholeText();
            generations.start(writer, false, whole);
            return whole.reply();
        });
    }

    /** Begins to write when it is sent. */
    private final class Stream implements Reply {
        private final TextWriter writer;
        private final boolean attention;

        Stream(TextWriter writer, boolean attention) {
            this.writer = writer;
            this.attention = attention;
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public void send(Response response, Callback callback) {
            generations.start(writer, attention, new TokenEvents(response, callback));
        }
    }
}
