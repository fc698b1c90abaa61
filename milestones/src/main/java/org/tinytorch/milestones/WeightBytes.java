package org.tinytorch.milestones;

import org.tinytorch.nn.Layer;
import org.tinytorch.precision.Quantized;
import org.tinytorch.precision.QuantizedNetwork;

/** How many bytes the weights of a model take as they are held: 8 for a real number; of what is quantised, integers and scales. */
final class WeightBytes {
    private WeightBytes() {}

    /** A linear layer of 3 inputs and 2 outputs: 6 weights and 2 biases of 8 bytes, 64. */
    static long of(Layer model) {
        if (model instanceof QuantizedNetwork network) {
            return network.bytes();
        }
        long numbers = model.stateDict().values().stream()
                .mapToLong(tensor -> tensor.size())
                .sum();
        long integers = model.namedLayers().values().stream()
                .filter(Quantized.class::isInstance)
                .flatMap(layer -> ((Quantized) layer).rawState().values().stream())
                .mapToLong(tensor -> tensor.bytes().length)
                .sum();
        return Double.BYTES * numbers + integers;
    }
}
