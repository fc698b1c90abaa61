// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/QuantizedNetwork.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * A whole network that computes with integers from its first layer to its last; made by {@link StaticQuantization}. For inference: it does not learn.
 *
 * <p>Shapes: those of the model it was made of; fully connected layers fix the size of the images.
 */
public final class QuantizedNetwork extends Layer {
    private final IntegerNetwork network;

    QuantizedNetwork(IntegerNetwork network) {
        this.network = network;
    }

    @Override
    protected Tensor compute(Tensor x) {
        if (x.requiresGrad()) {
            throw Quantized.noGradient("quantized network");
        }
        return Operation.run(network, x);
    }

    /** How many bytes the weights, their scales and the biases take in a file. */
    public long bytes() {
        return convolutions().stream()
                .mapToLong(stage -> stage.weight().bytes() + StoredNumbers.bytes(stage.bias()))
                .sum();
    }

    /** How many weights there are, biases not counted. */
    public long weightCount() {
        return convolutions().stream()
                .mapToLong(stage -> stage.weight().shape().size())
                .sum();
    }

    private List<IntegerConvolution> convolutions() {
        return network.stages().stream()
                .filter(IntegerConvolution.class::isInstance)
                .map(IntegerConvolution.class::cast)
                .toList();
    }

    IntegerNetwork network() {
        return network;
    }

    /**
     * Writes the network, weights and architecture, as a whole or not at all, in the format safetensors.
     *
     * @throws IOException if writing fails; no partial file is left behind
     */
    public void write(Path file) throws IOException {
        IntegerNetworkFile.write(network, file);
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IOException if there is no such file, or it is none of a quantised network; the message says why
     */
    public static QuantizedNetwork read(Path file) throws IOException {
        return new QuantizedNetwork(IntegerNetworkFile.read(file));
    }

    @Override
    protected String options() {
        return network.stages().size() + " stages, " + weightCount() + " weights in " + bytes() + " bytes";
    }
}
