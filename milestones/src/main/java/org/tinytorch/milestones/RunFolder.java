package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tinytorch.benchmarking.Report;
import org.tinytorch.interop.HtmlReport;
import org.tinytorch.training.AtomicFile;
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
     * Saves the curves of a training on images: loss and accuracy, as {@code curves.png} and {@code history.csv}.
     *
     * @return the picture
     */
    Path saveCurves(History history) throws IOException {
        return saveCurves(
                history,
                new CurveChart("Loss", "cross-entropy")
                        .curve("training", history.series("train_loss"))
                        .curve("test", history.series("val_loss")),
                new CurveChart("Accuracy", "share of test images").curve("test", history.series("val_accuracy")));
    }

    /**
     * Saves curves as {@code curves.png}, and all that was measured as {@code history.csv}.
     *
     * @return the picture
     */
    Path saveCurves(History history, CurveChart... charts) throws IOException {
        history.writeCsv(path.resolve("history.csv"));
        Path picture = path.resolve("curves.png");
        CurveChart.save(picture, charts);
        return picture;
    }

    /**
     * Saves a report as {@code report.md}, {@code report.json} and, with its picture, {@code report.html}; and the picture beside it. Each file is written as a whole or not at all.
     *
     * @param name of the picture's file
     * @param caption of the picture
     * @param png the picture
     */
    void saveReport(Report report, String name, String caption, byte[] png) throws IOException {
        report.writeMarkdown(path.resolve("report.md"));
        report.writeJson(path.resolve("report.json"));
        new HtmlReport(report).image(caption, png).write(path.resolve("report.html"));
        AtomicFile.write(path.resolve(name), channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(png)));
    }
}
