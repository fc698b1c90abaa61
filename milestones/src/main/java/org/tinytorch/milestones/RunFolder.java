package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tinytorch.training.History;

/**
 * The folder that a training leaves its results in.
 *
 * @param path may not be there yet
 */
record RunFolder(Path path) {
    /**
     * Makes the folder. Before the training, which would be lost if its results could not be saved after it.
     *
     * @throws IOException if that is not possible; the message says so in terms of {@code --out}
     */
    void make() throws IOException {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new IOException(
                    "--out " + path + " is not a folder and cannot become one (" + e + "); name another", e);
        }
        if (!Files.isWritable(path)) {
            throw new IOException("--out " + path + " cannot be written into; name another folder");
        }
    }

    /** Where a training keeps what it needs to go on. */
    Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    /**
     * Saves the curves of loss and accuracy, as {@code curves.png} and {@code history.csv}.
     *
     * @return the picture
     */
    Path saveCurves(History history) throws IOException {
        history.writeCsv(path.resolve("history.csv"));
        Path picture = path.resolve("curves.png");
        CurveChart loss = new CurveChart("Loss", "cross-entropy")
                .curve("training", series(history, "train_loss"))
                .curve("test", series(history, "val_loss"));
        CurveChart accuracy =
                new CurveChart("Accuracy", "share of test images").curve("test", series(history, "val_accuracy"));
        CurveChart.save(picture, loss, accuracy);
        return picture;
    }

    private static List<Double> series(History history, String name) {
        return Arrays.stream(history.series(name)).boxed().toList();
    }
}
