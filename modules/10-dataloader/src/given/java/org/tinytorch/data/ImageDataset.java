// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/ImageDataset.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

/**
 * Images of one size with a class label each, kept as bytes: an eighth of what they would take as doubles. They become tensors batch by batch, with
 * pixels scaled to {@code [0, 1]}. Immutable.
 */
public final class ImageDataset implements Dataset {
    private final Shape imageShape;
    private final int maximum;
    private final List<String> classNames;
    private final byte[] pixels;
    private final byte[] labels;
    private final ToTensor toTensor;

    private ImageDataset(
            Shape imageShape, int maximum, List<String> classNames, byte[] pixels, byte[] labels, ToTensor toTensor) {
        this.imageShape = imageShape;
        this.maximum = maximum;
        this.classNames = classNames;
        this.pixels = pixels;
        this.labels = labels;
        this.toTensor = toTensor;
    }

    /**
     * A dataset over copies of these bytes, which are read as unsigned.
     *
     * @param imageShape {@code (channels, rows, columns)}
     * @param maximum the value of a pixel that becomes 1.0, in {@code 1 … 255}
     * @param classes the number of classes, in {@code 1 … 256}
     * @param pixels one image after another, each in the row-major order of its shape; values in {@code 0 … maximum}
     * @param labels the class of each image, in {@code 0 … classes − 1}
     * @throws IllegalArgumentException if there are no images, sizes do not fit, or a pixel or label is out of range
     */
    public static ImageDataset of(Shape imageShape, int maximum, int classes, byte[] pixels, byte[] labels) {
        return over(imageShape, maximum, classes, pixels.clone(), labels.clone());
    }

    /** As {@link #of}, but over the arrays themselves, for readers in this package that give them away. */
    static ImageDataset over(Shape imageShape, int maximum, int classes, byte[] pixels, byte[] labels) {
        ToTensor toTensor = new ToTensor(imageShape, maximum);
        Images.check(classes >= 1 && classes <= 256, classes + " classes cannot be labelled with bytes; use 1 … 256");
        Images.check(labels.length > 0, "there are no images; the dataset is empty");
        Images.check(
                pixels.length == (long) labels.length * imageShape.size(),
                pixels.length + " pixels are not " + labels.length + " images of shape " + imageShape + ", which take "
                        + (long) labels.length * imageShape.size());
        checkValues("label", labels, 1, classes - 1);
        checkValues("pixel", pixels, imageShape.size(), maximum);
        return new ImageDataset(imageShape, maximum, numbered(classes), pixels, labels, toTensor);
    }

    private static void checkValues(String what, byte[] values, int perImage, int limit) {
        for (int i = 0; limit < 255 && i < values.length; i++) {
            int value = Byte.toUnsignedInt(values[i]);
            if (value > limit) {
                throw new IllegalArgumentException(
                        "images: " + what + " " + value + " of image " + i / perImage + " is not in 0 … " + limit);
            }
        }
    }

    private static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /**
     * The same images, their classes with names.
     *
     * @param names one for each class
     * @throws IllegalArgumentException if there are more or fewer names than classes
     */
    public ImageDataset named(List<String> names) {
        Images.check(
                names.size() == classes(),
                names.size() + " names do not fit " + classes() + " classes; give one for each");
        return new ImageDataset(imageShape, maximum, List.copyOf(names), pixels, labels, toTensor);
    }

    @Override
    public int size() {
        return labels.length;
    }

    /** The shape of one image: {@code (channels, rows, columns)}. */
    public Shape imageShape() {
        return imageShape;
    }

    /** The number of classes that labels may name. */
    public int classes() {
        return classNames.size();
    }

    /** What the classes are called, in the order of their labels; if nobody gave them names, their numbers. */
    public List<String> classNames() {
        return classNames;
    }

    /** The class of one image. */
    public int label(int index) {
        return Byte.toUnsignedInt(labels[Objects.checkIndex(index, size())]);
    }

    /** How many images there are of each class. */
    public int[] classCounts() {
        int[] counts = new int[classes()];
        for (byte label : labels) {
            counts[Byte.toUnsignedInt(label)]++;
        }
        return counts;
    }

    /**
     * The images {@code from … to − 1}: {@code (to − from, channels, rows, columns)}, values in {@code [0, 1]}.
     *
     * @throws IndexOutOfBoundsException if the range is not within the dataset
     */
    public Tensor images(int from, int to) {
        return images(range(from, to));
    }

    /** The labels of the images {@code from … to − 1}: {@code (to − from,)}, integer values. */
    public Tensor labels(int from, int to) {
        return labels(range(from, to));
    }

    /** Images {@code (n, channels, rows, columns)} with values in {@code [0, 1]}, and labels {@code (n,)}. */
    @Override
    public Batch batch(int... indices) {
        return new Batch(images(indices), labels(indices));
    }

    /** One batch of all images; for small datasets. */
    public Batch all() {
        return batch(range(0, size()));
    }

    private int[] range(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return IntStream.range(from, to).toArray();
    }

    private Tensor images(int[] indices) {
        Shape shape = Rows.shape(indices.length, imageShape);
        byte[] chosen = new byte[shape.size()];
        Rows.gather(pixels, size(), imageShape.size(), indices, chosen);
        double[] data = new double[chosen.length];
        toTensor.write(chosen, data);
        return Tensors.of(data, shape);
    }

    private Tensor labels(int[] indices) {
        return Tensors.of(Arrays.stream(indices).mapToDouble(this::label).toArray());
    }

    /**
     * A dataset of some of the images, in the order asked for.
     *
     * @throws IndexOutOfBoundsException if there is no such image
     * @throws IllegalArgumentException if none is asked for
     */
    public ImageDataset select(int... indices) {
        int imageSize = imageShape.size();
        Images.check(
                (long) indices.length * imageSize <= Integer.MAX_VALUE,
                indices.length + " images of shape " + imageShape + " do not fit in one array");
        byte[] chosenPixels = new byte[indices.length * imageSize];
        byte[] chosenLabels = new byte[indices.length];
        Rows.gather(pixels, size(), imageSize, indices, chosenPixels);
        Rows.gather(labels, size(), 1, indices, chosenLabels);
        return over(imageShape, maximum, classes(), chosenPixels, chosenLabels).named(classNames);
    }

    /**
     * Divides the images into two parts that hold every class in the same proportion. The same generator state gives the same parts.
     *
     * @param testFraction the share that becomes the test part, between 0 and 1
     * @throws IllegalArgumentException if the fraction is not between 0 and 1, or leaves a part empty
     */
    public DataSplit split(double testFraction, Generator generator) {
        Images.check(
                testFraction > 0 && testFraction < 1, "a test fraction of " + testFraction + " is not between 0 and 1");
        int[] labelOfEach = IntStream.range(0, size()).map(this::label).toArray();
        StratifiedSplit split = new StratifiedSplit(labelOfEach, classes(), testFraction, generator);
        Images.check(
                split.train().length > 0 && split.test().length > 0,
                "a test fraction of " + testFraction + " divides " + size() + " images into " + split.train().length
                        + " and " + split.test().length + "; each part needs one image or more");
        return new DataSplit(select(split.train()), select(split.test()));
    }

    /** For example {@code 1797 images (1, 8, 8), 10 classes}. */
    @Override
    public String toString() {
        return size() + " images " + imageShape + ", " + classes() + " classes";
    }
}
