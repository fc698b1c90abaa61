package org.tinytorch.interop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Shape;
import org.tinytorch.training.DataType;
import org.tinytorch.transformer.Gpt;

/**
 * Writes a model as an <a href="https://onnx.ai">ONNX</a> file, which ONNX Runtime and others run in many languages and in a browser, without this library.
 *
 * <pre>{@code
 * new OnnxExport().write(model, Shape.of(1, 1, 8, 8), Path.of("digits.onnx"));
 * new OnnxExport().write(gpt, Shape.of(1, 1), Path.of("tales.onnx"));
 * new OnnxExport().write(ModelPackage.read(Path.of("pets")), Path.of("pets.onnx"));
 * }</pre>
 *
 * <p>The file computes what the model does in evaluation mode, in single precision unless {@link #weights} says otherwise. Its input is {@code input}, for a {@link Gpt} {@code token_ids} (64-bit
 * integers, from 0 on), its output {@code logits}. The first axis, the batch, has any size when the file is run; all others are as in the example, but for the second of a model that is a {@link Gpt} itself, whose texts have
 * any length up to its context. Weights have their names of {@link Layer#stateDict()}, and those that layers share are in the file once.
 *
 * <p>What is exported: {@code Sequential}, within each other too, the layers of modules 04 and 09 (but no transposed convolution), {@link Gpt} and what it is made of, with parts that were replaced. Other layers are refused by class and path. Only
 * standard operators are used.
 *
 * <p>The classes of the file format are not brought along by this library: add {@code org.tribuo:tribuo-util-onnx} to your own dependencies.
 *
 * @param name of the graph, which some programs show
 * @param weights {@link DataType#F32} or {@link DataType#F64}, for the weights and all that is computed; options that ONNX keeps as attributes, such as the slope of a leaky ReLU, are in single precision either way
 * @param opset the version of ONNX's operators, 17 to 22; a runtime that knows a newer one runs older ones too
 * @param metadata texts by name, which runtimes hand out
 */
public record OnnxExport(String name, DataType weights, int opset, Map<String, String> metadata) {
    /** The first version that has layer normalisation; ONNX Runtime runs it since 1.12 (2022). */
    private static final int OLDEST = 17;

    private static final int NEWEST = 22;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is not possible
     */
    public OnnxExport {
        if (name.isBlank()) {
            throw new IllegalArgumentException("onnx: the graph's name is blank; give it one");
        }
        if (weights != DataType.F32 && weights != DataType.F64) {
            throw new IllegalArgumentException("onnx: weights are written as F32 or F64, not as " + weights);
        }
        if (opset < OLDEST || opset > NEWEST) {
            throw new IllegalArgumentException("onnx: version " + opset
                    + " of the operators is not one that is written; use " + OLDEST + " to " + NEWEST);
        }
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    /** Single precision and the oldest version of the operators, which most runtimes know. */
    public OnnxExport() {
        this("model", DataType.F32, OLDEST, Map.of());
    }

    /**
     * The same with another name of the graph.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public OnnxExport name(String wanted) {
        return new OnnxExport(wanted, weights, opset, metadata);
    }

    /**
     * The same with another type of numbers. In {@link DataType#F64} few of ONNX Runtime's operators for a CPU are there: those of linear layers, batch normalisation, ReLU, sigmoid, tanh and softmax, but
     * neither convolutions nor means.
     *
     * @throws IllegalArgumentException if it is neither F32 nor F64
     */
    public OnnxExport weights(DataType type) {
        return new OnnxExport(name, type, opset, metadata);
    }

    /**
     * The same with another version of the operators, 17 to 22.
     *
     * @throws IllegalArgumentException if it is not one of these
     */
    public OnnxExport opset(int version) {
        return new OnnxExport(name, weights, version, metadata);
    }

    /** The same with these texts. */
    public OnnxExport metadata(Map<String, String> texts) {
        return new OnnxExport(name, weights, opset, texts);
    }

    /**
     * Writes a model. It is neither run nor changed.
     *
     * @param example the shape of an input, batch first, such as {@code (1, 3, 32, 32)}; of a {@link Gpt} {@code (1, 1)}
     * @param file which is replaced as a whole if it is there
     * @throws IllegalArgumentException if a layer cannot be exported, or does not take what the example gives it; or a weight is too large for single precision, or all of them for a file of 2 GB
     * @throws IllegalStateException if the classes of the file format are missing
     * @throws IOException if writing fails; then the old file, if any, is untouched
     */
    public void write(Layer model, Shape example, Path file) throws IOException {
        checkSchema();
        OnnxFile.write(this, model, example, file);
    }

    /**
     * Writes the model of a package, whose shape of an image is the example. Added to the metadata, unless there is a text of the name already: {@code kind}, {@code labels}, {@code preprocessing} and {@code metrics}, in JSON but for
     * the first. The file takes images that are preprocessed, and no tokenizer is in it.
     *
     * @throws IllegalArgumentException as {@link #write(Layer, Shape, Path)}, and if a classifier does not say which shape its images have
     * @throws IllegalStateException if the classes of the file format are missing
     * @throws IOException if writing fails; then the old file, if any, is untouched
     */
    public void write(ModelPackage pack, Path file) throws IOException {
        Map<String, String> texts = told(pack);
        texts.putAll(metadata);
        metadata(texts).write(pack.model(), example(pack), file);
    }

    private static Shape example(ModelPackage pack) {
        if (pack.kind() == PackageKind.LANGUAGE_MODEL) {
            return Shape.of(1, 1);
        }
        Shape image = pack.preprocessing()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "onnx: the package does not say which shape its images have; use write(pack.model(), shape, file), with the batch first"))
                .image();
        return Shape.of(1, image.dim(0), image.dim(1), image.dim(2));
    }

    private static Map<String, String> told(ModelPackage pack) {
        Map<String, String> texts = new TreeMap<>();
        texts.put("kind", pack.kind().toString());
        if (!pack.labels().isEmpty()) {
            ArrayNode labels = BoundedJson.array();
            pack.labels().forEach(labels::add);
            texts.put("labels", BoundedJson.text(labels));
        }
        pack.preprocessing().ifPresent(preprocessing -> texts.put("preprocessing", preprocessing.json()));
        if (!pack.metrics().isEmpty()) {
            ObjectNode metrics = BoundedJson.object();
            pack.metrics().forEach(metrics::put);
            texts.put("metrics", BoundedJson.text(metrics));
        }
        return texts;
    }

    /** The version of the file format that came with a version of the operators, by ONNX's own table of versions. */
    static int irVersion(int opset) {
        return opset < 19 ? 8 : opset < 21 ? 9 : 10;
    }

    /** Before a class that uses them is loaded, so that there is an error that says what to do. */
    private static void checkSchema() {
        try {
            Class.forName("ai.onnx.proto.OnnxMl", false, OnnxExport.class.getClassLoader());
            Class.forName("com.google.protobuf.Message", false, OnnxExport.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "onnx: the classes of the ONNX format are not on the class path; add org.tribuo:tribuo-util-onnx to the dependencies",
                    missing);
        }
    }
}
