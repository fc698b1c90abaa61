package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tinytorch.data.Cifar10;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.Dataset;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.data.Normalize;
import org.tinytorch.data.RandomCrop;
import org.tinytorch.data.RandomHorizontalFlip;
import org.tinytorch.data.download.CacheDirectory;
import org.tinytorch.data.download.Datasets;
import org.tinytorch.tensor.Generator;

/**
 * The images of CIFAR-10 as the milestone sees them. Of the test images nothing reaches the training, not even their mean.
 *
 * @param train to learn from
 * @param test to be tested on, nothing random about them
 * @param tested the name of the file that the test images come from
 * @param normalize fitted to the training images
 */
record Cifar10Data(ImageDataset train, ImageDataset test, String tested, Normalize normalize) {
    /** The official test images. */
    static final String TEST = "test_batch.bin";

    private static final int WORKERS = 1;
    private static final int AHEAD = 4;
    private static final int TEST_BATCH = 250;

    /**
     * Reads a folder, or where the downloader puts the files.
     *
     * @throws IOException if files are missing or broken; the message says what to do
     */
    static Cifar10Data load(Optional<Path> folder) throws IOException {
        Cifar10.Parts parts = Cifar10.load(find(folder));
        String tested =
                parts.heldOut().map(file -> file.getFileName().toString()).orElse(TEST);
        return new Cifar10Data(parts.train(), parts.test(), tested, Normalize.fit(parts.train()));
    }

    /** The folder itself, or below it the one that the official archive unpacks into. */
    private static Path find(Optional<Path> folder) {
        Path given = folder.orElseGet(() -> CacheDirectory.of(Datasets.CIFAR10));
        Path unpacked = Datasets.CIFAR10.folder(given);
        return folder.isEmpty() || (Files.isDirectory(unpacked) && !Files.exists(given.resolve("data_batch_1.bin")))
                ? unpacked
                : given;
    }

    /** Whether the official test images are missing, and training images stand in for them. */
    boolean heldOut() {
        return !tested.equals(TEST);
    }

    /** What must be said then; nothing else. */
    Optional<String> remark() {
        return heldOut()
                ? Optional.of("There is no " + TEST + ", so " + tested
                        + " is held out: the accuracy is one on training images that the network does not see.")
                : Optional.empty();
    }

    /** Only the first images; for a quick look and slow loops. */
    Cifar10Data first(int trainImages, int testImages) {
        ImageDataset fewer = FirstImages.of(train, trainImages);
        return new Cifar10Data(fewer, FirstImages.of(test, testImages), tested, Normalize.fit(fewer));
    }

    /** The training images in batches, shuffled, moved and mirrored, another way in each epoch; made in a thread of their own while the model learns. */
    DataLoader trainLoader(int batch, int crop, Generator generator) {
        Dataset augmented = train.transformed(new RandomCrop(crop), new RandomHorizontalFlip(), normalize);
        return DataLoader.of(augmented, batch)
                .shuffled(generator)
                .workers(WORKERS)
                .prefetch(AHEAD);
    }

    /** The test images in their order, as they are. */
    DataLoader testLoader() {
        return DataLoader.of(test.transformed(normalize), TEST_BATCH)
                .workers(WORKERS)
                .prefetch(AHEAD);
    }
}
