package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Generator;

/** Reads the network that the milestone {@code cifar10} has trained. */
final class TrainedCifar10 {
    private TrainedCifar10() {}

    /** A network with fresh weights, of the architecture that is read. */
    static Sequential fresh() {
        return (Sequential) Cifar10Models.SMALL.build(new Generator(1));
    }

    /**
     * Reads the weights.
     *
     * @param images must be divided as in the training: what was learnt from must not be tested on
     * @throws IOException if there is no checkpoint, or it is damaged, of another run, or of one that did not come to its end; the message says what to do
     */
    static Sequential read(Path folder, Cifar10Data images) throws IOException {
        Path file = checkpoint(folder);
        SavedRun run = SavedRun.read(file);
        try {
            check(run, images);
            checkEnd(run, folder);
            Sequential network = fresh();
            network.loadStateDict(run.weights());
            return network;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not fit: " + e.getMessage(), e);
        }
    }

    /**
     * Where the weights are.
     *
     * @throws IOException if there is no checkpoint; the message says what makes one
     */
    static Path checkpoint(Path folder) throws IOException {
        Path file = new RunFolder(folder).checkpoint();
        if (!Files.exists(file)) {
            throw new IOException("there is no " + file + "; ./tito milestone cifar10 --out " + folder + " makes one");
        }
        return file;
    }

    private static void check(SavedRun run, Cifar10Data images) throws IOException {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("model", Cifar10Models.SMALL.toString());
        wanted.put("tested_on", images.tested());
        wanted.put("train_images", Integer.toString(images.train().size()));
        List<String> differences = run.differences(wanted);
        if (!differences.isEmpty()) {
            throw new IOException(run.file() + " is of another run: " + String.join("; ", differences));
        }
    }

    private static void checkEnd(SavedRun run, Path folder) throws IOException {
        int all = run.number("epochs");
        if (run.done() < all) {
            throw new IOException(run.file() + " ended after epoch " + run.done() + " of " + all
                    + "; ./tito milestone cifar10 --out " + folder + " --resume finishes it");
        }
    }
}
