// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Mnist.java. Read it, don't edit it.
package org.tinytorch.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytorch.tensor.Shape;

/**
 * MNIST, Fashion-MNIST and other sets of ten classes in the same four official files: {@code train-images-idx3-ubyte},
 * {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each with or without {@code .gz}.
 *
 * <p>LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition (1998); Xiao, Rasul, Vollgraf: Fashion-MNIST (2017).
 */
public final class Mnist {
    private static final int CLASSES = 10;

    private Mnist() {}

    /**
     * Reads the four files of a folder.
     *
     * @return images {@code (1, rows, columns)}, 28 by 28 in the official sets, with labels 0 to 9
     * @throws IOException if files are missing (the message says which, and where to get them) or broken; nothing is half loaded
     */
    public static DataSplit load(Path folder) throws IOException {
        requireFiles(folder);
        ImageDataset train = part(folder, "train");
        ImageDataset test = part(folder, "t10k");
        if (!train.imageShape().equals(test.imageShape())) {
            throw new IOException("mnist: " + folder + ": training images " + train.imageShape() + " and test images "
                    + test.imageShape() + " differ in size; are the files of one data set?");
        }
        return new DataSplit(train, test);
    }

    private static void requireFiles(Path folder) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String name : List.of(images("train"), labels("train"), images("t10k"), labels("t10k"))) {
            if (find(folder, name).isEmpty()) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException("mnist: " + folder
                    + (Files.isDirectory(folder) ? " lacks " : " is not a folder; it should hold ")
                    + String.join(", ", missing)
                    + " (each may end in .gz); ./tito download fashion-mnist (or mnist) fetches them;"
                    + " or put there the files of Fashion-MNIST, from"
                    + " https://github.com/zalandoresearch/fashion-mnist or Debian's package dataset-fashion-mnist, or of MNIST, from"
                    + " https://ossci-datasets.s3.amazonaws.com/mnist/");
        }
    }

    private static String images(String part) {
        return part + "-images-idx3-ubyte";
    }

    private static String labels(String part) {
        return part + "-labels-idx1-ubyte";
    }

    private static Optional<Path> find(Path folder, String name) {
        return Stream.of(name, name + ".gz")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static ImageDataset part(Path folder, String part) throws IOException {
        IdxArray images = read(folder, images(part)).withRank(3, "images (count, rows, columns)");
        IdxArray labels = read(folder, labels(part)).withRank(1, "labels (count,)");
        int count = images.shape().dim(0);
        if (count != labels.shape().dim(0)) {
            throw new IOException("mnist: " + images.name() + " holds " + count + " images, but " + labels.name() + " "
                    + labels.shape().dim(0) + " labels; there must be one for each");
        }
        if (images.shape().size() == 0) {
            throw new IOException("mnist: " + images.name() + " holds no images: shape " + images.shape());
        }
        checkLabels(labels);
        Shape imageShape = Shape.of(1, images.shape().dim(1), images.shape().dim(2));
        return ImageDataset.over(imageShape, 255, CLASSES, images.live(), labels.live());
    }

    private static IdxArray read(Path folder, String name) throws IOException {
        return IdxReader.read(find(folder, name).orElseGet(() -> folder.resolve(name)));
    }

    private static void checkLabels(IdxArray labels) throws IOException {
        byte[] values = labels.live();
        for (int i = 0; i < values.length; i++) {
            if (Byte.toUnsignedInt(values[i]) >= CLASSES) {
                throw new IOException("mnist: " + labels.name() + ": label " + Byte.toUnsignedInt(values[i])
                        + " of record " + i + " is not in 0 … " + (CLASSES - 1));
            }
        }
    }
}
