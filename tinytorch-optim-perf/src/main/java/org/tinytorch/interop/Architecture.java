package org.tinytorch.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * What a model is made of, as a text in JSON: with it and the weights a model is rebuilt without the code that trained it. No code comes from the text, only names of layers that this library knows and
 * their options.
 *
 * <pre>{@code
 * Architecture architecture = Architecture.of(model);
 * Layer same = new Architecture(architecture.json()).build(model.stateDict());
 * }</pre>
 *
 * <p>It tells {@link Sequential}, within each other too, {@code Gpt}, and the layers of modules 04 and 09: linear, convolution, batch normalisation, activations, pooling, flattening and dropout:
 *
 * <pre>{@code
 * {"format": "tinytorch-architecture", "version": 1, "model":
 *   {"type": "sequential", "layers": [
 *     {"name": "0", "type": "linear", "in": 64, "out": 10, "bias": true},
 *     {"name": "1", "type": "relu"}]}}
 * }</pre>
 *
 * @param json the text
 */
public record Architecture(String json) {
    private static final String FORMAT = "tinytorch-architecture";
    private static final int VERSION = 1;
    private static final String SEQUENTIAL = "sequential";

    /**
     * The architecture of a model. A layer that stands in two places is told twice: the rebuilt model computes the same, but the two no longer learn together.
     *
     * @throws IllegalArgumentException if a layer is of a kind that cannot be told; the message has its class and path
     */
    public static Architecture of(Layer model) {
        ObjectNode root = BoundedJson.object();
        root.put("format", FORMAT).put("version", VERSION);
        write("", model, root.putObject("model"));
        return new Architecture(BoundedJson.text(root));
    }

    private static void write(String path, Layer layer, ObjectNode to) {
        if (layer instanceof Sequential) {
            to.put("type", SEQUENTIAL);
            ArrayNode layers = to.putArray("layers");
            layer.children().forEach((name, child) -> {
                ObjectNode node = layers.addObject().put("name", name);
                write(path.isEmpty() ? name : path + "." + name, child, node);
            });
            return;
        }
        LayerKind<?> kind = LayerKinds.of(layer)
                .orElseThrow(() -> new IllegalArgumentException("architecture: " + place(path) + " is a "
                        + layer.getClass().getName() + ", which cannot be told as data; use layers of the kinds "
                        + SEQUENTIAL + ", " + String.join(", ", LayerKinds.names())
                        + ", or add a line for it to the table in LayerKinds"));
        to.put("type", kind.name());
        kind.write(layer, to);
    }

    static String place(String path) {
        return path.isEmpty() ? "the model" : "the layer '" + JsonFields.shorten(path) + "'";
    }

    /**
     * Builds the model and gives it its weights. Every size in the text is compared with the weights before memory is taken, so that no text, whoever wrote it, makes a model larger than they are; a table of
     * rotary positions, which is no weight, has at most 2²² numbers.
     *
     * @param weights by their names in {@link Layer#stateDict()}
     * @return in evaluation mode; weights are copied
     * @throws IllegalArgumentException if the text is none of this format, has a layer that is unknown or options that are not possible, or the weights are others; the message names the layer
     */
    public Layer build(Map<String, ? extends Tensor> weights) {
        JsonFields root = new JsonFields("architecture", BoundedJson.parseText(json));
        root.constant("format", FORMAT);
        if (root.size("version") != VERSION) {
            throw new IllegalArgumentException("architecture: version " + root.size("version")
                    + " is not one that this library reads, which is " + VERSION
                    + "; read it with the version of the library that wrote it");
        }
        JsonFields top = root.object("model");
        root.end();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        weights.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        Layer model = read(top, new WeightShapes("", shapes));
        model.loadStateDict(weights);
        return model.eval();
    }

    private static Layer read(JsonFields from, WeightShapes weights) {
        String type = from.text("type");
        Layer layer = type.equals(SEQUENTIAL) ? sequential(from, weights) : simple(type, from, weights);
        from.end();
        return layer;
    }

    private static Layer sequential(JsonFields from, WeightShapes weights) {
        Sequential.Builder layers = Sequential.builder();
        for (JsonNode node : from.list("layers")) {
            String name = node.path("name").asText();
            if (name.isEmpty() || name.indexOf('.') >= 0) { // two names could else mean the same weight
                throw new IllegalArgumentException("architecture: " + place(weights.path())
                        + " has a layer whose name is \"" + JsonFields.shorten(name)
                        + "\"; use at least one character and no dot");
            }
            WeightShapes named = weights.at(name);
            JsonFields child = new JsonFields("architecture: " + place(named.path()), node);
            layers.add(child.text("name"), read(child, named));
        }
        return layers.build();
    }

    private static Layer simple(String type, JsonFields from, WeightShapes weights) {
        LayerKind<?> kind = LayerKinds.named(type)
                .orElseThrow(() -> new IllegalArgumentException("architecture: " + place(weights.path())
                        + " is of the kind \"" + JsonFields.shorten(type) + "\", which is unknown; this library knows "
                        + SEQUENTIAL + ", " + String.join(", ", LayerKinds.names())));
        try {
            return kind.reader().read(from, weights);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "architecture: " + place(weights.path()) + " (" + type + "): " + e.getMessage(), e);
        }
    }

    /**
     * Checks that a rebuilt model is made of the same layers, with the same options. They differ if somebody replaced a part of a layer that is told as a whole.
     *
     * @throws IllegalArgumentException if it is not; the message names the first place
     */
    static void checkSame(String path, Layer model, Layer rebuilt) {
        boolean same = model.getClass() == rebuilt.getClass()
                && firstLine(model).equals(firstLine(rebuilt))
                && model.children().keySet().equals(rebuilt.children().keySet());
        if (!same) {
            throw new IllegalArgumentException("architecture: " + place(path) + " is " + firstLine(model)
                    + ", but would be rebuilt as " + firstLine(rebuilt)
                    + "; a part of a model was replaced, which its config does not tell: leave it as it was");
        }
        model.children()
                .forEach((name, child) -> checkSame(
                        path.isEmpty() ? name : path + "." + name,
                        child,
                        rebuilt.children().get(name)));
    }

    /** The kind and the options of a layer, without what is below it. */
    private static String firstLine(Layer layer) {
        return layer.toString().lines().findFirst().orElse("");
    }
}
