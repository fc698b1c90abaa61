package org.tinytorch.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.tensor.Shape;
import org.tinytorch.transformer.GptConfig;

/** What {@code GET /v1/model} tells. */
final class ModelDescription {
    private ModelDescription() {}

    static ObjectNode of(String name, ModelPackage pack) {
        ObjectNode node = StrictJson.object()
                .put("name", name)
                .put("kind", pack.kind().toString())
                .put("parameters", pack.model().parameterCount());
        switch (pack.kind()) {
            case IMAGE_CLASSIFIER -> addImages(node, pack);
            case LANGUAGE_MODEL -> addText(node, pack.gpt().config());
        }
        ObjectNode metrics = node.putObject("metrics");
        pack.metrics().forEach(metrics::put);
        return node;
    }

    private static void addImages(ObjectNode node, ModelPackage pack) {
        pack.labels().forEach(node.putArray("labels")::add);
        Shape image = pack.preprocessing().orElseThrow().image();
        node.putObject("image")
                .put("channels", image.dim(0))
                .put("rows", image.dim(1))
                .put("columns", image.dim(2));
    }

    private static void addText(ObjectNode node, GptConfig config) {
        node.put("layers", config.layers())
                .put("heads", config.heads())
                .put("width", config.width())
                .put("context", config.contextLength())
                .put("vocabulary", config.vocabularySize());
    }
}
