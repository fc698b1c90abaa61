package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.SafeTensors;

/** Reads the network that the milestone {@code cifar10} has trained. */
final class TrainedCifar10 {
    private static final String MODEL = "model.";
    private static final String SETTING = "setting.";

    private TrainedCifar10() {}

    /** A network with fresh weights, of the architecture that is read. */
    static Sequential fresh() {
        return (Sequential) Cifar10Models.SMALL.build(new Generator(1));
    }

    /** Whether there is a checkpoint in a folder. */
    static boolean isIn(Path folder) {
        return Files.exists(checkpoint(folder));
    }

    private static Path checkpoint(Path folder) {
        return new RunFolder(folder).checkpoint();
    }

    /**
     * Reads the weights.
     *
     * @param images must be divided as in the training: what was learnt from must not be tested on
     * @throws IOException if there is no checkpoint, or it is damaged or of another run; the message says what to do
     */
    static Sequential read(Path folder, Cifar10Data images) throws IOException {
        Path file = checkpoint(folder);
        if (!isIn(folder)) {
            throw new IOException("--cnn: there is no " + file + "; ./tito milestone cifar10 --out " + folder
                    + " makes one, or leave --cnn out");
        }
        SafeTensors saved = SafeTensors.read(file);
        check(file, saved.metadata(), "model", Cifar10Models.SMALL.toString());
        check(file, saved.metadata(), "tested_on", images.tested());
        check(
                file,
                saved.metadata(),
                "train_images",
                Integer.toString(images.train().size()));
        Map<String, Tensor> weights = new LinkedHashMap<>();
        saved.tensors().forEach((name, tensor) -> {
            if (name.startsWith(MODEL)) {
                weights.put(name.substring(MODEL.length()), tensor);
            }
        });
        Sequential network = fresh();
        try {
            network.loadStateDict(weights);
        } catch (IllegalArgumentException e) {
            throw new IOException("--cnn: " + file + " does not fit: " + e.getMessage(), e);
        }
        return network;
    }

    private static void check(Path file, Map<String, String> settings, String name, String wanted) throws IOException {
        String found = settings.getOrDefault(SETTING + name, "unknown");
        if (!found.equals(wanted)) {
            throw new IOException("--cnn: " + file + " is of another run: " + name + " is " + found + " there, but "
                    + wanted + " here; name another folder, or leave --cnn out");
        }
    }
}
