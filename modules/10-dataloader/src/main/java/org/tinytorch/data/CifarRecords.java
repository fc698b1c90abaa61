// Yours: task 10.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/CifarRecords.java.
package org.tinytorch.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytorch.tensor.Shape;

/**
 * Reads files of the CIFAR binary versions: any whole number of records, each of some label bytes and the 3072 bytes of an image of 32 by 32, first all of its
 * red, then all green, then all blue.
 *
 * @param dataset its name in messages
 * @param labelNumbers how many values each label byte may have
 * @param label which of the label bytes is kept
 */
record CifarRecords(String dataset, List<Integer> labelNumbers, int label) {
    private static final Shape IMAGE = Shape.of(3, 32, 32);
    private static final int RECORDS_AT_ONCE = 512;

    /** The bytes of a record: its labels and its image. */
    private int recordLength() {
        return labelNumbers.size() + IMAGE.size();
    }

    /** All records of all files, in order. Labels and lengths are checked; nothing is half loaded. */
    ImageDataset read(List<Path> files) throws IOException {
        int[] counts = new int[files.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = records(files.get(i));
        }
        long total = Arrays.stream(counts).asLongStream().sum();
        if (total * IMAGE.size() > Integer.MAX_VALUE - 8) {
            throw new IOException(
                    dataset + ": " + total + " images of " + files.size() + " files do not fit in one array");
        }
        byte[] pixels = new byte[(int) total * IMAGE.size()];
        byte[] labels = new byte[(int) total];
        int first = 0;
        for (int i = 0; i < counts.length; i++) {
            read(files.get(i), counts[i], first, pixels, labels);
            first += counts[i];
        }
        return ImageDataset.over(IMAGE, 255, labelNumbers.get(label), pixels, labels);
    }

    /** The number of records that a file has by its length. */
    private int records(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw error(file, "there is no such file");
        }
        long length = Files.size(file);
        if (length == 0 || length % recordLength() != 0) {
            throw error(
                    file,
                    (length == 0 ? "empty" : "truncated, or not a file of " + dataset) + ": its " + length
                            + " bytes are " + length / recordLength() + " records of " + recordLength() + " bytes and "
                            + length % recordLength()
                            + " left over; it should be a whole number of records, at least one");
        }
        return (int) Math.min(Integer.MAX_VALUE, length / recordLength());
    }

    private void read(Path file, int count, int first, byte[] pixels, byte[] labels) throws IOException {
        byte[] chunk = new byte[RECORDS_AT_ONCE * recordLength()];
        try (InputStream in = Files.newInputStream(file)) {
            for (int done = 0; done < count; ) {
                int records = Math.min(RECORDS_AT_ONCE, count - done);
                int length = in.readNBytes(chunk, 0, records * recordLength());
                if (length < records * recordLength()) {
                    throw error(file, "ended while it was read, in record " + (done + length / recordLength()));
                }
                for (int i = 0; i < records; i++) {
                    checkLabels(file, done + i, chunk, i * recordLength());
                }
                unpack(chunk, records, first + done, pixels, labels);
                done += records;
            }
        }
    }

    /**
     * Takes records apart: from each the label that is kept and the image.
     *
     * <p>A record of CIFAR-10 is {@code label, 1024 red, 1024 green, 1024 blue}, one of CIFAR-100 has two labels in front. The first record that is handed over
     * becomes image {@code first}: its label goes to {@code labels[first]}, its pixels go to {@code pixels} behind those of the images before it. The planes stay
     * in their order, which is that of an image {@code (3, 32, 32)}.
     *
     * @param chunk records, one after another, each {@link #recordLength()} bytes
     * @param records how many; bytes behind them mean nothing
     * @param first how many images have been unpacked before
     * @param pixels of all images, 3072 bytes each
     * @param labels of all images
     */
    void unpack(byte[] chunk, int records, int first, byte[] pixels, byte[] labels) {
        // region Task 10.3: take CIFAR records apart
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 10.3
        throw new UnsupportedOperationException(
                "Task 10.3: take CIFAR records apart is not written yet: ./tito hint 10.3");
        // endregion
    }

    /** Looks at all labels of the record that begins at a byte. */
    private void checkLabels(Path file, int record, byte[] bytes, int from) throws IOException {
        for (int i = 0; i < labelNumbers.size(); i++) {
            int value = Byte.toUnsignedInt(bytes[from + i]);
            if (value >= labelNumbers.get(i)) {
                throw error(
                        file, "record " + record + ": label " + value + " is not in 0 … " + (labelNumbers.get(i) - 1));
            }
        }
    }

    private IOException error(Path file, String message) {
        return new IOException(dataset + ": " + file + ": " + message);
    }

    /**
     * Checks that a folder has all of some files.
     *
     * @param advice how else to get them than by hand, up to that alternative; may be empty
     */
    void require(Path folder, List<String> names, String advice, String archive) throws IOException {
        List<String> missing = new ArrayList<>(names);
        missing.removeIf(name -> Files.isRegularFile(folder.resolve(name)));
        if (!missing.isEmpty()) {
            throw new IOException(dataset + ": " + folder
                    + (Files.isDirectory(folder) ? " lacks " : " is not a folder; it should hold ")
                    + String.join(", ", missing) + "; " + advice + "put there the files of the binary version, "
                    + archive
                    + ", from https://www.cs.toronto.edu/~kriz/cifar.html");
        }
    }
}
