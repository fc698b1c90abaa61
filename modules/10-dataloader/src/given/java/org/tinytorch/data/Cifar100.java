// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Cifar100.java. Read it, don't edit it.
package org.tinytorch.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-100: as {@link Cifar10}, but in a hundred classes, which are grouped into twenty coarse ones. Reads the official binary version: {@code train.bin} with
 * 50,000 records, {@code test.bin} with 10,000, and, if they are there, the class names of {@code fine_label_names.txt} and {@code coarse_label_names.txt}.
 *
 * <p>A. Krizhevsky: Learning Multiple Layers of Features from Tiny Images (2009), <a
 * href="https://www.cs.toronto.edu/~kriz/cifar.html">cs.toronto.edu/~kriz/cifar.html</a>.
 */
public final class Cifar100 {
    private static final List<Integer> LABEL_NUMBERS = List.of(20, 100);

    private Cifar100() {}

    /** Which of its two labels an image gets. */
    public enum Labels {
        /** One of twenty, such as "fish". */
        COARSE("coarse_label_names.txt", 0),
        /** One of a hundred, such as "shark". */
        FINE("fine_label_names.txt", 1);

        private final String namesFile;
        private final int position;

        Labels(String namesFile, int position) {
            this.namesFile = namesFile;
            this.position = position;
        }

        private CifarRecords records() {
            return new CifarRecords("cifar100", LABEL_NUMBERS, position);
        }

        private Path names(Path folder) {
            return folder.resolve(namesFile);
        }
    }

    /** The hundred fine classes of a folder's files. */
    public static DataSplit load(Path folder) throws IOException {
        return load(folder, Labels.FINE);
    }

    /**
     * Reads the files of a folder.
     *
     * @return images {@code (3, 32, 32)}
     * @throws IOException if {@code train.bin} or {@code test.bin} is missing (the message says where to get it), or a file is broken
     */
    public static DataSplit load(Path folder, Labels labels) throws IOException {
        labels.records().require(folder, List.of("train.bin", "test.bin"), "", "cifar-100-binary.tar.gz");
        ImageDataset train = read(labels, folder.resolve("train.bin"));
        ImageDataset test = read(labels, folder.resolve("test.bin"));
        if (!Files.exists(labels.names(folder))) {
            return new DataSplit(train, test);
        }
        List<String> names = names(labels.names(folder), train.classes());
        return new DataSplit(train.named(names), test.named(names));
    }

    /**
     * Reads any files of the binary version: whole records of 3074 bytes, the coarse label, the fine label and then the image.
     *
     * @return all images, one file after another; classes have no names
     * @throws IOException if there is no such file, or a length or label is wrong; the message names the file and the record, counted from 0
     * @throws IllegalArgumentException if no file is named
     */
    public static ImageDataset read(Labels labels, Path... files) throws IOException {
        return labels.records().read(List.of(files));
    }

    private static List<String> names(Path file, int expected) throws IOException {
        List<String> names = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.size() != expected) {
            throw new IOException("cifar100: " + file + ": " + names.size() + " class names, expected " + expected);
        }
        return names;
    }
}
