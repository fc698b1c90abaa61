// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Cifar10.java. Read it, don't edit it.
package org.tinytorch.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * CIFAR-10: colour photographs of 32 by 32 pixels in ten classes, 50,000 to learn from and 10,000 to be tested on. Reads the official binary version: {@code
 * data_batch_1.bin} to {@code data_batch_5.bin} and {@code test_batch.bin}.
 *
 * <p>A. Krizhevsky: Learning Multiple Layers of Features from Tiny Images (2009), <a
 * href="https://www.cs.toronto.edu/~kriz/cifar.html">cs.toronto.edu/~kriz/cifar.html</a>.
 */
public final class Cifar10 {
    /** What labels 0 to 9 mean. */
    public static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    private static final CifarRecords RECORDS = new CifarRecords("cifar10", List.of(10), 0);
    private static final List<String> TRAIN = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> "data_batch_" + i + ".bin")
            .toList();
    private static final String TEST = "test_batch.bin";

    private Cifar10() {}

    /**
     * What a folder holds, divided into what to learn from and what to test on.
     *
     * @param train to learn from
     * @param test to measure with
     * @param heldOut the training file that stands in for the official test set, if that is not there. Then an accuracy should be reported as one on held-out
     *     training images.
     */
    public record Parts(ImageDataset train, ImageDataset test, Optional<Path> heldOut) {
        /** Without the note on where the test images come from. */
        public DataSplit split() {
            return new DataSplit(train, test);
        }
    }

    /**
     * Reads the files of a folder. Where {@code test_batch.bin} is missing, {@code data_batch_5.bin} is held out to be tested on, and the result says so.
     *
     * @return images {@code (3, 32, 32)} with labels 0 to 9 and class names; 184 MB for all 60,000
     * @throws IOException if one of the five training files is missing (the message says which, and where to get them), or a file is broken; nothing is half
     *     loaded
     */
    public static Parts load(Path folder) throws IOException {
        RECORDS.require(folder, TRAIN, "./tito download cifar10 fetches them; or ", "cifar-10-binary.tar.gz");
        List<Path> train = TRAIN.stream().map(folder::resolve).toList();
        Path test = folder.resolve(TEST);
        if (Files.exists(test)) {
            return new Parts(read(train), read(test), Optional.empty());
        }
        int last = train.size() - 1;
        return new Parts(read(train.subList(0, last)), read(train.get(last)), Optional.of(train.get(last)));
    }

    /**
     * Reads any files of the binary version: whole records of 3073 bytes, the label and then the image.
     *
     * @return all images, one file after another
     * @throws IOException if there is no such file, or a length or label is wrong; the message names the file and the record, counted from 0
     * @throws IllegalArgumentException if no file is named
     */
    public static ImageDataset read(Path... files) throws IOException {
        return read(List.of(files));
    }

    private static ImageDataset read(List<Path> files) throws IOException {
        return RECORDS.read(files).named(CLASS_NAMES);
    }
}
