package org.tinytorch.interop;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Shape;
import org.tinytorch.training.AtomicFile;
import org.tinytorch.transformer.Gpt;

/** Puts a model's graph into a file. It and what it uses need the classes of the schema, and {@link OnnxExport} looks for these first. */
final class OnnxFile {
    private static final String INPUT = "input";
    private static final String OUTPUT = "logits";

    private OnnxFile() {}

    static void write(OnnxExport options, Layer model, Shape example, Path file) throws IOException {
        ModelProto proto = model(options, model, example, OnnxGraph.LARGEST); // before the disk is touched
        AtomicFile.write(file, channel -> {
            OutputStream out = Channels.newOutputStream(channel);
            proto.writeTo(out);
            out.flush();
        });
    }

    /** @param largest how many bytes the weights may take together */
    static ModelProto model(OnnxExport options, Layer model, Shape example, long largest) {
        if (example.rank() == 0 || example.size() == 0) {
            throw new IllegalArgumentException("onnx: an example of shape " + example
                    + " holds nothing; give the shape of a whole input, the batch first, such as (1, 1, 28, 28)");
        }
        boolean tokens = first(model) instanceof Gpt;
        List<String> open = model instanceof Gpt ? List.of("batch", "sequence") : List.of("batch");
        OnnxGraph graph = new OnnxGraph(options.name(), options.weights(), largest);
        OnnxValue input = graph.input(tokens ? OnnxTransformer.TOKEN_IDS : INPUT, tokens, example, open);
        OnnxValue result = OnnxLayers.export(model, input, new OnnxPlace(graph, ""));
        graph.output(OUTPUT, result, example, open);
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(OnnxExport.irVersion(options.opset()))
                .setProducerName("TinyTorch for Java")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(options.opset()))
                .setGraph(graph.build());
        options.metadata()
                .forEach((key, value) -> proto.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return proto.build();
    }

    /** What sees the input first. */
    private static Layer first(Layer model) {
        Layer first = model;
        while (first instanceof Sequential && !first.children().isEmpty()) {
            first = first.children().values().iterator().next();
        }
        return first;
    }
}
