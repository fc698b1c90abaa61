package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.precision.QuantizedNetwork;
import org.tinytorch.training.SafeTensors;

/**
 * A network that is ready to be measured.
 *
 * @param how it came to be
 * @param network in evaluation mode
 * @param weights how many of its parameters are not 0
 * @param bytes what its numbers take in a file, 4 bytes for a real number: parameters and running averages, or integers, their scales and biases
 * @param accuracy the share of test images that it recognises
 */
record CompressedNetwork(Compression how, Layer network, long weights, long bytes, double accuracy) {
    /** Counts; a network of integers has as many weights that are not 0 as the one it was made of. */
    static CompressedNetwork of(Compression how, Layer network, Layer counted, double accuracy) {
        long bytes = network instanceof QuantizedNetwork integers
                ? integers.bytes()
                : Float.BYTES
                        * network.stateDict().values().stream()
                                .mapToLong(tensor -> tensor.size())
                                .sum();
        return new CompressedNetwork(how, network, notZero(counted), bytes, accuracy);
    }

    private static long notZero(Layer network) {
        long count = 0;
        for (Parameter parameter : network.parameters()) {
            for (double value : parameter.data()) {
                count += value != 0 ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * Leaves it in a folder, as a whole or not at all.
     *
     * @return the file
     * @throws IOException if that is not possible
     */
    Path save(Path folder) throws IOException {
        Path file = folder.resolve(how + ".safetensors");
        if (network instanceof QuantizedNetwork integers) {
            integers.write(file);
        } else {
            new SafeTensors(network.stateDict()).write(file);
        }
        return file;
    }
}
