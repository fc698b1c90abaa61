package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.precision.QuantizedNetwork;
import org.tinytorch.tensor.Tensor;
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
    private static final String ORIGIN = "origin";

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

    /** Where it is kept. */
    static Path file(Path folder, Compression how) {
        return folder.resolve(how + ".safetensors");
    }

    /**
     * Leaves it in a folder, as a whole or not at all.
     *
     * @param origin what it depends on
     * @return the file
     * @throws IOException if that is not possible
     */
    Path save(Path folder, String origin) throws IOException {
        Path file = file(folder, how);
        if (network instanceof QuantizedNetwork integers) {
            integers.write(file);
        } else {
            new SafeTensors(network.stateDict(), Map.of(ORIGIN, origin)).write(file);
        }
        return file;
    }

    /**
     * The weights that an earlier run has left, if they have the same origin.
     *
     * @throws IOException if the file is damaged
     */
    static Optional<Map<String, Tensor>> saved(Path folder, Compression how, String origin) throws IOException {
        Path file = file(folder, how);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        SafeTensors contents = SafeTensors.read(file);
        return origin.equals(contents.metadata().get(ORIGIN)) ? Optional.of(contents.tensors()) : Optional.empty();
    }
}
