package org.tinytorch.milestones;

import org.tinytorch.nn.Layer;
import org.tinytorch.precision.Precision;
import org.tinytorch.precision.QuantizedModels;
import org.tinytorch.precision.QuantizedNetwork;

/** How many bytes the weights of a model take as a file would hold them: integers and their scales of what is quantised; what is not, at 8 bytes a number, as it computes with. */
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
        return QuantizedModels.bytes(model, Precision.FLOAT32) + (Double.BYTES - Float.BYTES) * numbers;
    }
}
