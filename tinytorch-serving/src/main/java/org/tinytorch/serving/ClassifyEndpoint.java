package org.tinytorch.serving;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import org.tinytorch.tensor.Shape;

/** {@code POST /v1/classify}: an image to the probabilities of its classes. */
final class ClassifyEndpoint implements Endpoint {
    private static final String JSON = "application/json";
    private static final String IMAGES = "image/";
    private static final Set<String> TYPES = new TreeSet<>(Set.of(JSON, "image/png", "image/jpeg"));

    private final RequestBody body;
    private final ImageJson json;
    private final ImageFile files;
    private final MicroBatcher batcher;
    private final List<String> labels;
    private final Executor executor;

    /** @param executor writes the answers, so that the thread of the batches need not */
    ClassifyEndpoint(Shape image, List<String> labels, MicroBatcher batcher, RequestLimits limits, Executor executor) {
        this.body = new RequestBody(limits);
        this.json = new ImageJson(image);
        this.files = new ImageFile(image, limits.imagePixels());
        this.batcher = batcher;
        this.labels = labels;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Reply> answer(Request request) {
        String type = MediaType.of(request, TYPES);
        return body.read(request)
                .thenCompose(bytes -> batcher.submit(pixels(type, bytes)))
                .thenApplyAsync(this::reply, executor);
    }

    private double[] pixels(String type, byte[] bytes) {
        return type.equals(JSON) ? json.read(bytes) : files.read(bytes, type.substring(IMAGES.length()));
    }

    private Reply reply(double[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        ObjectNode node = StrictJson.object().put("label", labels.get(best)).put("index", best);
        ArrayNode list = node.putArray("probabilities");
        for (double probability : probabilities) {
            list.add(probability);
        }
        return FixedReply.json(200, node);
    }
}
