package org.tinytorch.interop;

import org.tinytorch.nn.Layer;

/**
 * How one kind of layer becomes nodes of an {@link OnnxGraph}: a line of the table in {@link OnnxLayers}.
 *
 * @param type the class, exactly
 * @param exporter which writes the nodes
 */
record OnnxLayer<L extends Layer>(Class<L> type, Exporter<L> exporter) {
    /** Writes what a layer computes in evaluation mode. */
    @FunctionalInterface
    interface Exporter<L> {
        /**
         * Writes the nodes.
         *
         * @param x what the layer is given
         * @param at where the layer stands
         * @return what it gives
         * @throws IllegalArgumentException if the layer does not take a tensor of x's shape
         */
        OnnxValue export(L layer, OnnxValue x, OnnxPlace at);
    }

    OnnxValue export(Layer layer, OnnxValue x, OnnxPlace at) {
        return exporter.export(type.cast(layer), x, at);
    }
}
