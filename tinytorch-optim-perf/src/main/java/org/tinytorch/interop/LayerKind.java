package org.tinytorch.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import org.tinytorch.nn.Layer;

/**
 * How one kind of layer is told in JSON: a line of the table in {@link LayerKinds}.
 *
 * @param name of the kind in the file
 * @param type the class, exactly
 * @param writer puts the options into an object
 * @param reader makes a layer of these options; its weights are overwritten afterwards
 */
record LayerKind<L extends Layer>(String name, Class<L> type, Writer<L> writer, Reader reader) {
    /** Puts the options of a layer into an object. */
    @FunctionalInterface
    interface Writer<L> {
        void write(L layer, ObjectNode to);
    }

    /** Makes a layer; says to {@link WeightShapes#expect} what it needs before it takes memory for weights. */
    @FunctionalInterface
    interface Reader {
        Layer read(JsonFields from, WeightShapes weights);
    }

    /** A kind without options and weights. */
    static <L extends Layer> LayerKind<L> plain(String name, Class<L> type, Supplier<L> constructor) {
        return new LayerKind<>(name, type, (layer, to) -> {}, (from, weights) -> constructor.get());
    }

    void write(Layer layer, ObjectNode to) {
        writer.write(type.cast(layer), to);
    }
}
