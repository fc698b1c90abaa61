package org.tinytorch.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.checks.Expect;
import org.tinytorch.checks.Glyphs;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Trainer;

/** The checks of module 10, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class DataLoaderTasksTest {

    private static final long PATIENCE_SECONDS = 5; // less than a check may take, so that what was waited for is said

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** As they were stored, 0 to 255. */
    private static double[] unsigned(byte... bytes) {
        return IntStream.range(0, bytes.length).mapToDouble(i -> bytes[i] & 0xff).toArray();
    }

    private static double[] numbers(int... values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static void shape(Tensor got, String input, String rule, int... expected) {
        Expect.that("the shape of " + input).rule(rule).value(got.shape(), Shape.of(expected));
    }

    /** Sample i is the number i and its target is i; whoever watches is told of each batch before it is made. */
    private record Numbers(int size, Consumer<int[]> watcher) implements Dataset {
        @Override
        public Batch batch(int... indices) {
            watcher.accept(indices);
            return new Batch(Tensors.of(numbers(indices)), Tensors.of(numbers(indices)));
        }
    }

    private static Dataset counting(int size) {
        return new Numbers(size, indices -> {});
    }

    private static BatchPlan plan(Dataset dataset, int batchSize, int... order) {
        int count = (order.length + batchSize - 1) / batchSize;
        return new BatchPlan(dataset, order, 0, batchSize, count);
    }

    /** All targets of an epoch, batch by batch. */
    private static List<List<Double>> targets(Epoch epoch) {
        List<List<Double>> all = new ArrayList<>();
        while (epoch.hasNext()) {
            all.add(Arrays.stream(epoch.next().target().data()).boxed().toList());
        }
        return all;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        }
    }

    private static void inAnotherThread(Runnable code) {
        Thread thread = new Thread(code);
        thread.setDaemon(true);
        thread.start();
    }

    @Nested
    @Order(1)
    @DisplayName("Task 10.1: gather samples into a batch")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Gathering {

        private double[] gathered(double[] all, int count, int length, int... indices) {
            double[] out = new double[indices.length * length];
            Rows.gather(all, count, length, indices, out);
            return out;
        }

        @Test
        @Order(1)
        @DisplayName("two of three samples")
        void byHand() {
            Expect.that("samples 2 and 0 of [1, 2 | 3, 4 | 5, 6]")
                    .rule("sample 2 begins at 2 * 2 = 4: the index times the length of a sample; in the batch it comes first, at 0")
                    .numbers(() -> gathered(new double[] {1, 2, 3, 4, 5, 6}, 3, 2, 2, 0), 5, 6, 1, 2);
        }

        @Test
        @Order(2)
        @DisplayName("samples of one number, and a sample twice")
        void edges() {
            Expect.that("samples 3, 3 and 1 of [10 | 11 | 12 | 13]")
                    .rule("a sample may be asked for twice; each gets a place of its own in the batch")
                    .numbers(() -> gathered(new double[] {10, 11, 12, 13}, 4, 1, 3, 3, 1), 13, 13, 11);
        }

        @Test
        @Order(3)
        @DisplayName("bytes as well")
        void ofBytes() {
            byte[] out = new byte[6];
            Rows.gather(bytes(1, 2, 3, 4, 5, 6, 7, 8, 9), 3, 3, new int[] {1, 0}, out);
            Expect.that("samples 1 and 0 of the bytes [1, 2, 3 | 4, 5, 6 | 7, 8, 9]")
                    .rule("the arrays may be double[] or byte[]: System.arraycopy takes both")
                    .numbers(unsigned(out), 4, 5, 6, 1, 2, 3);
        }

        @Test
        @Order(4)
        @DisplayName("no such sample")
        void noSuchSample() {
            double[] all = {1, 2, 3, 4, 5, 6};
            Expect.that("sample 3 of [1, 2 | 3, 4 | 5, 6]")
                    .rule("three samples have the indices 0, 1 and 2")
                    .error(IndexOutOfBoundsException.class, "out of bounds", () -> gathered(all, 3, 2, 0, 3));
            Expect.that("sample -1 of [1, 2 | 3, 4 | 5, 6]")
                    .rule("there is nothing before the first sample")
                    .error(IndexOutOfBoundsException.class, "out of bounds", () -> gathered(all, 3, 2, -1));
        }

        @Test
        @Order(5)
        @DisplayName("inputs and targets of a TensorDataset, in their shapes")
        void tensorDataset() {
            Tensor inputs = Tensors.arange(24).reshape(4, 2, 3);
            TensorDataset data = new TensorDataset(inputs, Tensors.of(40, 41, 42, 43));
            Batch batch = data.batch(3, 1);
            String input = "batch(3, 1) of 4 samples (2, 3) that count from 0 to 23";
            shape(batch.input(), input, "two samples (2, 3) make a batch (2, 2, 3)", 2, 2, 3);
            Expect.that(input)
                    .rule("a sample (2, 3) is 6 numbers: sample 3 begins at 18, sample 1 at 6")
                    .numbers(batch.input().data(), 18, 19, 20, 21, 22, 23, 6, 7, 8, 9, 10, 11);
            Expect.that("the targets of batch(3, 1), where the targets are [40, 41, 42, 43]")
                    .rule("each input keeps its target")
                    .numbers(batch.target().data(), 43, 41);
        }

        @Test
        @Order(6)
        @DisplayName("as one loop over everything would")
        void property() {
            Generator generator = new Generator(101);
            double[] all = Tensors.randn(generator, 7, 5).data();
            for (int size = 1; size <= 9; size++) {
                int[] indices = new int[size];
                for (int i = 0; i < size; i++) {
                    indices[i] = generator.nextInt(7);
                }
                double[] expected = new double[size * 5];
                for (int k = 0; k < expected.length; k++) {
                    expected[k] = all[indices[k / 5] * 5 + k % 5];
                }
                Expect.that("samples " + Arrays.toString(indices) + " of 7 random samples of 5 numbers")
                        .rule("number k of the batch is number k % 5 of the sample with the index k / 5 of the list")
                        .numbers(gathered(all, 7, 5, indices), expected);
            }
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 10.2: bytes become numbers")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class BytesToNumbers {

        private double[] written(int maximum, int... pixels) {
            return new ToTensor(Shape.of(1, 1, pixels.length), maximum)
                    .apply(bytes(pixels))
                    .data();
        }

        @Test
        @Order(1)
        @DisplayName("dark pixels")
        void dark() {
            Expect.that("the pixels 0, 51 and 102 of at most 255")
                    .rule("a byte b becomes valueOf[b], which is b / 255: not an integer division")
                    .numbers(() -> written(255, 0, 51, 102), 0, 0.2, 0.4);
        }

        @Test
        @Order(2)
        @DisplayName("bright pixels")
        void bright() {
            Expect.that("the pixels 127, 128, 204 and 255 of at most 255")
                    .rule("a Java byte goes from -128 to 127: what was stored as 255 is read as -1. Byte.toUnsignedInt(b), or b & 0xff,"
                            + " gives back what was stored")
                    .numbers(() -> written(255, 127, 128, 204, 255), 127 / 255.0, 128 / 255.0, 0.8, 1);
        }

        @Test
        @Order(3)
        @DisplayName("pixels with another maximum")
        void maximum() {
            Expect.that("the pixels 0, 4 and 16 of at most 16")
                    .rule("16 is white here, not 255: the table valueOf knows the maximum")
                    .numbers(() -> written(16, 0, 4, 16), 0, 0.25, 1);
        }

        @Test
        @Order(4)
        @DisplayName("each of the 256 bytes")
        void all() {
            int[] pixels = IntStream.range(0, 256).toArray();
            double[] expected = Arrays.stream(pixels).mapToDouble(b -> b / 255.0).toArray();
            Expect.that("the pixels 0 to 255 of at most 255")
                    .rule("they rise from 0 to 1 in equal steps")
                    .numbers(() -> written(255, pixels), expected);
        }

        @Test
        @Order(5)
        @DisplayName("a batch of images")
        void images() {
            ImageDataset images =
                    ImageDataset.of(Shape.of(1, 1, 2), 200, 3, bytes(0, 100, 200, 50, 150, 20), bytes(2, 0, 1));
            Batch batch = images.batch(1, 0);
            shape(batch.input(), "batch(1, 0) of images (1, 1, 2)", "a batch axis in front", 2, 1, 1, 2);
            Expect.that("images 1 and 0 of [0, 100 | 200, 50 | 150, 20], at most 200")
                    .rule("your task 10.1 chooses the bytes, and then they become numbers")
                    .numbers(batch.input().data(), 1, 0.25, 0, 0.5);
            Expect.that("their labels, where the labels are [2, 0, 1]").numbers(batch.target().data(), 0, 2);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 10.3: take CIFAR records apart")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Records {

        private static final int IMAGE = 3072;

        private final CifarRecords cifar10 = new CifarRecords("cifar10", List.of(10), 0);

        @TempDir
        private Path folder;

        /** What pixel p of image i is in these checks; no neighbour is like it. */
        private int pixel(int image, int p) {
            return (31 * image + 7 * p + p / 1024) % 256;
        }

        private byte[] records(int[]... labels) {
            int length = labels[0].length + IMAGE;
            byte[] bytes = new byte[labels.length * length];
            for (int i = 0; i < labels.length; i++) {
                for (int l = 0; l < labels[i].length; l++) {
                    bytes[i * length + l] = (byte) labels[i][l];
                }
                for (int p = 0; p < IMAGE; p++) {
                    bytes[i * length + labels[i].length + p] = (byte) pixel(i, p);
                }
            }
            return bytes;
        }

        private void images(String input, String rule, byte[] pixels, int firstImage, int count, int firstRecord) {
            double[] expected = new double[count * IMAGE];
            for (int k = 0; k < expected.length; k++) {
                expected[k] = pixel(firstRecord + k / IMAGE, k % IMAGE);
            }
            double[] got = unsigned(Arrays.copyOfRange(pixels, firstImage * IMAGE, (firstImage + count) * IMAGE));
            int wrong = Arrays.mismatch(got, expected);
            String where = wrong < 0
                    ? ""
                    : "byte " + wrong % IMAGE + " of image " + (firstImage + wrong / IMAGE) + " is " + (int) got[wrong]
                            + ", not " + (int) expected[wrong];
            Expect.that(input).rule(rule).value(where, "");
        }

        @Test
        @Order(1)
        @DisplayName("one record")
        void one() {
            byte[] pixels = new byte[IMAGE];
            byte[] labels = new byte[1];
            cifar10.unpack(records(new int[] {7}), 1, 0, pixels, labels);
            Expect.that("the label of a record 7, then 3072 bytes").rule("the first byte is the label").numbers(unsigned(labels), 7);
            images(
                    "what is wrong in the image of one record",
                    "the image begins behind the label, and its bytes stay in their order: 1024 red, 1024 green, 1024 blue, as a tensor (3, 32, 32) has them",
                    pixels, 0, 1, 0);
        }

        @Test
        @Order(2)
        @DisplayName("two records")
        void two() {
            byte[] pixels = new byte[2 * IMAGE];
            byte[] labels = new byte[2];
            cifar10.unpack(records(new int[] {3}, new int[] {9}), 2, 0, pixels, labels);
            Expect.that("the labels of two records")
                    .rule("a record is 3073 bytes, label and image: the second one begins at 3073")
                    .numbers(unsigned(labels), 3, 9);
            images(
                    "what is wrong in the images of two records",
                    "the second image begins at 3073 + 1 in the file, and at 3072 among the pixels",
                    pixels, 0, 2, 0);
        }

        @Test
        @Order(3)
        @DisplayName("behind images that were unpacked before")
        void behind() {
            byte[] pixels = new byte[3 * IMAGE];
            byte[] labels = bytes(5, 0, 0);
            cifar10.unpack(records(new int[] {3}, new int[] {9}), 2, 1, pixels, labels);
            Expect.that("the labels, when two records 3 and 9 are unpacked behind one of label 5")
                    .rule("first says which image the first record becomes: here number 1")
                    .numbers(unsigned(labels), 5, 3, 9);
            images(
                    "what is wrong in images 1 and 2, unpacked behind image 0",
                    "image k begins at 3072 k, and the first record becomes image 1",
                    pixels, 1, 2, 0);
            Expect.that("the sum of image 0, which was there before and was black")
                    .rule("what was unpacked before stays")
                    .number(Arrays.stream(unsigned(Arrays.copyOf(pixels, IMAGE))).sum(), 0);
        }

        @Test
        @Order(4)
        @DisplayName("bytes behind the last record")
        void garbage() {
            byte[] pixels = new byte[IMAGE];
            byte[] labels = new byte[1];
            byte[] chunk = records(new int[] {4}, new int[] {8});
            Expect.that("the label, when one record of a chunk with room for two is unpacked")
                    .rule("unpack as many records as you are told; what follows in the chunk is left over from earlier")
                    .numbers(
                            () -> {
                                cifar10.unpack(chunk, 1, 0, pixels, labels);
                                return unsigned(labels);
                            },
                            4);
        }

        @Test
        @Order(5)
        @DisplayName("records with two labels")
        void twoLabels() {
            CifarRecords cifar100 = new CifarRecords("cifar100", List.of(20, 100), 1);
            byte[] pixels = new byte[2 * IMAGE];
            byte[] labels = new byte[2];
            cifar100.unpack(records(new int[] {11, 77}, new int[] {19, 42}), 2, 0, pixels, labels);
            Expect.that("the labels kept of two records of CIFAR-100, [11, 77, image] and [19, 42, image], label 1 being kept")
                    .rule("label says which of a record's label bytes is kept")
                    .numbers(unsigned(labels), 77, 42);
            images(
                    "what is wrong in the images of two records with two labels",
                    "the image begins behind all labels: labelNumbers.size() of them",
                    pixels, 0, 2, 0);
        }

        @Test
        @Order(6)
        @DisplayName("a file of 600 records")
        void file() throws IOException {
            int[][] labels = new int[600][1];
            Arrays.setAll(labels, i -> new int[] {i % 10});
            ImageDataset images = Cifar10.read(Files.write(folder.resolve("some.bin"), records(labels)));
            Expect.that("the number of images in a file of 600 records").value(images.size(), 600);
            Expect.that("the labels of images 598, 599 and 511, 512, where they count 0 to 9 over and over")
                    .rule("files are read in chunks of 512 records: the second chunk begins with image 512")
                    .numbers(images.batch(598, 599, 511, 512).target().data(), 8, 9, 1, 2);
            Tensor image = images.images(513, 514);
            int green = 1024 + 5 * 32 + 30;
            Expect.that("the green of image 513 in row 5, column 30")
                    .rule("planes: green begins at 1024, row 5 at 5 * 32 in it; then your task 10.2 makes a number of it")
                    .number(image.get(0, 1, 5, 30), pixel(513, green) / 255.0);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 10.4: merge the statistics of two groups")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Merging {

        private ChannelStatistics of(Tensor inputs) {
            return ChannelStatistics.of(new TensorDataset(inputs, Tensors.zeros(inputs.dim(0))));
        }

        /** Mean and deviation of channel 0. */
        private double[] first(Tensor inputs) {
            ChannelStatistics statistics = of(inputs);
            return new double[] {statistics.mean(0), statistics.deviation(0)};
        }

        @Test
        @Order(1)
        @DisplayName("a single group")
        void single() {
            Expect.that("mean and deviation of one sample, [1, 3]")
                    .rule("count is 0 before the first group: it counts alone")
                    .numbers(() -> first(Tensors.of(new double[] {1, 3}, 1, 1, 2)), 2, 1);
        }

        @Test
        @Order(2)
        @DisplayName("two groups")
        void byHand() {
            double[] got = first(Tensors.of(new double[] {1, 3, 5, 7}, 2, 1, 2));
            Expect.that("mean of the samples [1, 3] and [5, 7]").rule("the mean goes half the way from 2 to 6").number(got[0], 4);
            Expect.that("squared deviation of the samples [1, 3] and [5, 7]")
                    .rule("within the groups there are 2 + 2; but both means have moved by 2, and each of the 4 numbers adds that 2 squared: 20 / 4. Use the mean as it was before the group came")
                    .number(got[1] * got[1], 5);
        }

        @Test
        @Order(3)
        @DisplayName("groups that weigh less and less")
        void weights() {
            double[] got = first(Tensors.of(new double[] {1, 2, 6, 7}, 4, 1));
            Expect.that("mean of the samples [1], [2], [6] and [7]")
                    .rule("a group of n moves the mean by its share n / (count + n) of the way, the last of four by a quarter")
                    .number(got[0], 4);
            Expect.that("squared deviation of the samples [1], [2], [6] and [7]")
                    .rule("the deviations from 4 are -3, -2, 2 and 3: 26 / 4. Use the mean as it was before the group came")
                    .number(got[1] * got[1], 6.5);
        }

        @Test
        @Order(4)
        @DisplayName("each channel for itself")
        void channels() {
            ChannelStatistics statistics = of(Tensors.of(new double[] {1, 3, 10, 10, 5, 7, 20, 20}, 2, 2, 2));
            Expect.that("the means of the samples [[1, 3], [10, 10]] and [[5, 7], [20, 20]]")
                    .rule("mean[channel] and squares[channel]: the others stay")
                    .numbers(new double[] {statistics.mean(0), statistics.mean(1)}, 4, 15);
            Expect.that("the deviations of the samples [[1, 3], [10, 10]] and [[5, 7], [20, 20]]")
                    .numbers(new double[] {statistics.deviation(0), statistics.deviation(1)}, Math.sqrt(5), 5);
        }

        @Test
        @Order(5)
        @DisplayName("large numbers that differ little")
        void large() {
            double[] got = first(Tensors.of(new double[] {1e9 + 1, 1e9 + 3, 1e9 + 5, 1e9 + 7}, 2, 1, 2));
            Expect.that("squared deviation of the samples [1e9 + 1, 1e9 + 3] and [1e9 + 5, 1e9 + 7]")
                    .rule("5, as without the 1e9. The squares of such means are near 1e18, where doubles lie 128 apart: work with differences of means")
                    .number(got[1] * got[1], 5);
        }

        @Test
        @Order(6)
        @DisplayName("as two loops over everything would")
        void property() {
            Tensor inputs = Tensors.randn(new Generator(102), 300, 2, 3).mul(4).add(10);
            ChannelStatistics statistics = of(inputs);
            for (int c = 0; c < 2; c++) {
                double sum = 0;
                double squares = 0;
                for (int k = 0; k < inputs.size(); k++) {
                    sum += k / 3 % 2 == c ? inputs.data()[k] : 0;
                }
                double mean = sum / 900;
                for (int k = 0; k < inputs.size(); k++) {
                    squares += k / 3 % 2 == c ? (inputs.data()[k] - mean) * (inputs.data()[k] - mean) : 0;
                }
                Expect.that("mean and deviation of channel " + c + " of 300 random samples (2, 3)")
                        .rule("group by group must give what all 900 numbers at once give")
                        .numbers(
                                new double[] {statistics.mean(c), statistics.deviation(c)},
                                mean,
                                Math.sqrt(squares / 900));
            }
        }

        @Test
        @Order(7)
        @DisplayName("what Normalize.fit makes of them")
        void fit() {
            Tensor inputs = Tensors.of(new double[] {1, 7, 3, 7}, 2, 2);
            Normalize fitted = Normalize.fit(new TensorDataset(inputs, Tensors.zeros(2)));
            Expect.that("the means of the samples [1, 7] and [3, 7], each number a channel").value(fitted.mean(), List.of(2.0, 7.0));
            Expect.that("the deviations of the samples [1, 7] and [3, 7]")
                    .rule("a channel that never changes has the deviation 0; fit makes 1 of it, so that nobody divides by 0")
                    .value(fitted.deviation(), List.of(1.0, 1.0));
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 10.5: normalise each channel")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Normalising {

        private final Generator unused = new Generator(0);
        private final Normalize normalize = new Normalize(List.of(1.0, 10.0), List.of(2.0, 5.0));

        private Tensor apply(Tensor sample) {
            return normalize.apply(sample, unused);
        }

        @Test
        @Order(1)
        @DisplayName("two channels by hand")
        void byHand() {
            Expect.that("[[1, 3], [0, 15]] with the means 1 and 10 and the deviations 2 and 5")
                    .rule("(x - mean) / deviation, by the deviation and not its square; channel 1 has a mean and a deviation of its own")
                    .numbers(() -> apply(Tensors.of(new double[][] {{1, 3}, {0, 15}})).data(), 0, 1, -2, 1);
        }

        @Test
        @Order(2)
        @DisplayName("images, and plain vectors")
        void shapes() {
            Tensor image = Tensors.of(new double[] {1, 3, 5, 7, 9, 11, 10, 15, 20, 25, 30, 35}, 2, 2, 3);
            Tensor got = apply(image);
            shape(got, "a normalised image (2, 2, 3)", "a sample keeps its shape", 2, 2, 3);
            Expect.that("an image (2, 2, 3): 1, 3, 5, 7, 9, 11 in channel 0 and 10, 15, 20, 25, 30, 35 in channel 1")
                    .rule("a channel is size / channels numbers, here 6, whatever the axes behind the first")
                    .numbers(got.data(), 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
            Expect.that("the vector [5, 5]")
                    .rule("each feature is a channel of one number")
                    .numbers(() -> apply(Tensors.of(5, 5)).data(), 2, -1);
        }

        @Test
        @Order(3)
        @DisplayName("the sample stays as it was")
        void untouched() {
            Tensor sample = Tensors.of(new double[][] {{1, 3}, {0, 15}});
            apply(sample);
            Expect.that("the sample [[1, 3], [0, 15]] after it was normalised")
                    .rule("write into a new array: the sample is not yours, and who asks again must not get it normalised twice")
                    .numbers(sample.data(), 1, 3, 0, 15);
        }

        @Test
        @Order(4)
        @DisplayName("what it was fitted to gets mean 0 and deviation 1")
        void property() {
            Tensor inputs = Tensors.randn(new Generator(103), 40, 3, 2, 2).mul(3).add(7);
            Dataset data = new TensorDataset(inputs, Tensors.zeros(40));
            Dataset normalised = data.transformed(Normalize.fit(data));
            ChannelStatistics statistics = ChannelStatistics.of(normalised);
            for (int c = 0; c < 3; c++) {
                Expect.that("mean and deviation of channel " + c + " of 40 random samples (3, 2, 2), normalised")
                        .rule("0 and 1: that is what it is for")
                        .numbers(new double[] {statistics.mean(c), statistics.deviation(c)}, 0, 1);
            }
        }

        @Test
        @Order(5)
        @DisplayName("a channel that never changes")
        void constant() {
            Dataset data = new TensorDataset(Tensors.of(new double[][] {{1, 7}, {3, 7}}), Tensors.zeros(2));
            Expect.that("the samples [1, 7] and [3, 7], normalised by what was fitted to them")
                    .rule("7 less 7 is 0, and 0 / 1 is 0; 0 / 0 would be NaN")
                    .numbers(
                            () -> data.transformed(Normalize.fit(data)).batch(0, 1).input().data(), -1, 0, 1, 0);
        }

        @Test
        @Order(6)
        @DisplayName("test samples by the numbers of the training samples")
        void trainAndTest() {
            Dataset train = new TensorDataset(Tensors.of(new double[][] {{1}, {3}}), Tensors.zeros(2));
            Dataset test = new TensorDataset(Tensors.of(new double[][] {{4}, {6}}), Tensors.zeros(2));
            Expect.that("the test samples [4] and [6], normalised by what was fitted to [1] and [3]")
                    .rule("mean 2 and deviation 1 come from the training samples: the test samples need not have mean 0")
                    .numbers(
                            () -> test.transformed(Normalize.fit(train))
                                    .batch(0, 1)
                                    .input()
                                    .data(),
                            2,
                            4);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 10.6: which samples make a batch")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Planning {

        private final BatchPlan plan = plan(counting(5), 2, 4, 2, 0, 3, 1);

        private double[] samples(BatchPlan of, int number) {
            return numbers(of.samples(number));
        }

        @Test
        @Order(1)
        @DisplayName("two batches")
        void byHand() {
            Expect.that("batch 0 of the order [4, 2, 0, 3, 1], two in a batch")
                    .rule("the first two of the order, not samples 0 and 1: the order decides")
                    .numbers(() -> samples(plan, 0), 4, 2);
            Expect.that("batch 1 of the order [4, 2, 0, 3, 1], two in a batch")
                    .rule("batch 1 begins at place 1 * 2 of the order")
                    .numbers(() -> samples(plan, 1), 0, 3);
        }

        @Test
        @Order(2)
        @DisplayName("the last batch")
        void last() {
            Expect.that("batch 2 of the order [4, 2, 0, 3, 1], two in a batch")
                    .rule("only one is left. Arrays.copyOfRange beyond the end does not complain, it fills up with 0: sample 0 would come again")
                    .numbers(() -> samples(plan, 2), 1);
        }

        @Test
        @Order(3)
        @DisplayName("a batch with room for all")
        void roomForAll() {
            Expect.that("batch 0 of the order [2, 0, 1], ten in a batch")
                    .rule("what is there, and no more")
                    .numbers(() -> samples(plan(counting(3), 10, 2, 0, 1), 0), 2, 0, 1);
            Expect.that("batch 1 of the order [2, 0, 1, 3], two in a batch")
                    .rule("the last batch is full if the numbers fit")
                    .numbers(() -> samples(plan(counting(4), 2, 2, 0, 1, 3), 1), 1, 3);
        }

        @Test
        @Order(4)
        @DisplayName("all batches together are the order")
        void property() {
            int[] order = new Generator(104).permutation(23);
            for (int batchSize = 1; batchSize <= 24; batchSize++) {
                BatchPlan cut = plan(counting(23), batchSize, order);
                List<Double> all = new ArrayList<>();
                for (int number = 0; number < cut.count(); number++) {
                    Arrays.stream(samples(cut, number)).forEach(all::add);
                }
                Expect.that("all batches of 23 shuffled samples, " + batchSize + " in a batch, one behind the other")
                        .rule("every sample once, in the plan's order")
                        .numbers(all.stream().mapToDouble(x -> x).toArray(), numbers(order));
            }
        }

        @Test
        @Order(5)
        @DisplayName("a batch is made")
        void make() {
            TensorDataset data = new TensorDataset(Tensors.arange(10).reshape(5, 2), Tensors.of(50, 51, 52, 53, 54));
            Batch batch = plan(data, 2, 4, 2, 0, 3, 1).make(1);
            Expect.that("the inputs of batch 1 of the order [4, 2, 0, 3, 1], of samples [0, 1] to [8, 9]")
                    .rule("samples 0 and 3")
                    .numbers(batch.input().data(), 0, 1, 6, 7);
            Expect.that("its targets, of [50, 51, 52, 53, 54]").numbers(batch.target().data(), 50, 53);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 10.7: hand out the oldest batch")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class HandingOut {

        private Epoch epoch(Dataset dataset, int workers, int ahead) {
            int[] order = IntStream.range(0, dataset.size()).toArray();
            BatchPlan plan = plan(dataset, 2, order);
            plan.samples(0); // an earlier task that is not written says so here, and not inside of a worker
            return new Epoch(plan, Workers.of(workers), ahead);
        }

        @Test
        @Order(1)
        @DisplayName("without workers, made when it is asked for")
        void withoutWorkers() {
            Epoch epoch = epoch(counting(5), 0, 0);
            String rule = "nothing is made ahead here: begin a batch first, or there is none to hand out";
            Expect.that("the first batch of 5 samples, two in a batch").rule(rule).numbers(() -> epoch.next().target().data(), 0, 1);
            Expect.that("the second batch").rule(rule).numbers(() -> epoch.next().target().data(), 2, 3);
            Expect.that("the last batch").rule(rule).numbers(() -> epoch.next().target().data(), 4);
        }

        @Test
        @Order(2)
        @DisplayName("and then it is over")
        void over() {
            Epoch epoch = epoch(counting(4), 0, 0);
            epoch.next();
            Expect.that("hasNext after one of two batches").value(epoch.hasNext(), true);
            epoch.next();
            Expect.that("hasNext after both of two batches")
                    .rule("count each batch that you hand out: handedOut")
                    .value(epoch.hasNext(), false);
            Expect.that("next after both of two batches")
                    .error(NoSuchElementException.class, "all 2 batches of this epoch were handed out", epoch::next);
        }

        @Test
        @Order(3)
        @DisplayName("no more under way than the bound")
        void bound() {
            List<Integer> begun = new ArrayList<>();
            Epoch epoch = epoch(new Numbers(20, indices -> begun.add(indices[0] / 2)), 0, 3);
            Expect.that("the batches begun before the first is asked for, three being made ahead").value(begun, List.of(0, 1, 2));
            epoch.next();
            Expect.that("the batches begun when one was handed out")
                    .rule("one goes, one is begun: not all that are left, or memory fills with batches that nobody has asked for")
                    .value(begun, List.of(0, 1, 2, 3));
            epoch.next();
            Expect.that("the batches begun when two were handed out").value(begun, List.of(0, 1, 2, 3, 4));
            while (epoch.hasNext()) {
                epoch.next();
            }
            Expect.that("the batches begun at the end").rule("each once").value(begun, IntStream.range(0, 10).boxed().toList());
        }

        @Test
        @Order(4)
        @DisplayName("in their order, whoever is ready first")
        void order() {
            CountDownLatch thirdBegun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Epoch epoch = epoch(
                    new Numbers(6, indices -> {
                        if (indices[0] == 0) {
                            await(goOn);
                        } else if (indices[0] == 4) {
                            thirdBegun.countDown();
                        }
                    }),
                    2,
                    3);
            Expect.that("the second worker has begun the third batch, while the first one is still busy").value(await(thirdBegun), true);
            Thread reader = Thread.currentThread();
            inAnotherThread(() -> {
                while (goOn.getCount() > 0 && reader.getState() != Thread.State.WAITING) {
                    Thread.yield(); // until next() waits for the batch that is not ready
                }
                goOn.countDown();
            });
            try {
                Expect.that("the batches of two workers, the first of which takes long over the first batch")
                        .rule("batches come in their order: wait for the oldest, though others are ready")
                        .value(() -> targets(epoch), List.of(List.of(0.0, 1.0), List.of(2.0, 3.0), List.of(4.0, 5.0)));
            } finally {
                goOn.countDown();
            }
        }

        @Test
        @Order(5)
        @DisplayName("a batch that cannot be made")
        void broken() {
            IllegalArgumentException torn = new IllegalArgumentException("sample 3 is torn");
            Dataset data = new Numbers(6, indices -> {
                if (indices[0] == 2) {
                    throw torn;
                }
            });
            for (int workers = 0; workers <= 1; workers++) {
                Epoch epoch = epoch(data, workers, 2 * workers);
                String input = "the second of three batches, which fails, made by " + workers + " workers";
                epoch.next();
                Expect.that(input)
                        .rule("an exception in a worker must reach whoever asks for the batch, not be swallowed: failed(…) says which batch it was")
                        .error(
                                IllegalStateException.class,
                                "batch 2 of 3 (samples 2, 3) could not be made: sample 3 is torn",
                                epoch::next);
                Expect.that("hasNext after a batch that failed").rule("the epoch is over").value(epoch.hasNext(), false);
            }
        }

        @Test
        @Order(6)
        @DisplayName("and its cause")
        void cause() {
            IllegalArgumentException torn = new IllegalArgumentException("torn");
            Epoch epoch = epoch(
                    new Numbers(6, indices -> {
                        throw torn;
                    }),
                    1,
                    2);
            Throwable cause = null;
            try {
                epoch.next();
            } catch (IllegalStateException e) {
                cause = e.getCause();
            }
            Expect.that("the cause of the exception, when the data set throws IllegalArgumentException: torn")
                    .rule("FutureTask wraps what was thrown in an ExecutionException: unwrap it with getCause()")
                    .value(cause, torn);
        }

        @Test
        @Order(7)
        @DisplayName("a consumer that is interrupted")
        void interrupted() {
            CountDownLatch never = new CountDownLatch(1);
            Epoch epoch = epoch(new Numbers(4, indices -> await(never)), 1, 1);
            Thread.currentThread().interrupt();
            String message = "no exception";
            try {
                epoch.next();
            } catch (IllegalStateException e) {
                message = e.getMessage();
            }
            boolean still = Thread.interrupted();
            never.countDown();
            String input = "the first batch, asked for by a thread that is interrupted while it waits";
            Expect.that(input + ": the exception")
                    .rule("interrupted(…) ends the epoch, and says what was waited for")
                    .value(message, "data loader: interrupted while waiting for batch 1 of 2 (samples 0, 1)");
            Expect.that(input + ": is it still marked as interrupted?")
                    .rule("whoever called you wants to know, too")
                    .value(still, true);
            Expect.that(input + ": hasNext").value(epoch.hasNext(), false);
        }

        @Test
        @Order(8)
        @DisplayName("any number of workers gives the same batches")
        void property() {
            int[] order = new Generator(105).permutation(29);
            Dataset data = new TensorDataset(Tensors.arange(29).reshape(29, 1), Tensors.arange(29))
                    .transformed((sample, random) -> Tensors.of(sample.item() + random.nextDouble()));
            List<String> alone = new ArrayList<>();
            new Epoch(plan(data, 4, order), Workers.of(0), 0).forEachRemaining(batch -> alone.add(batch.toString()));
            for (int workers = 1; workers <= 3; workers++) {
                List<String> helped = new ArrayList<>();
                new Epoch(plan(data, 4, order), Workers.of(workers), 2 * workers)
                        .forEachRemaining(batch -> helped.add(batch.toString()));
                Expect.that("29 samples with random noise in batches of 4, made by " + workers + " workers")
                        .rule("what is random about a sample depends on the epoch and the sample, not on the thread; and the order is the plan's")
                        .value(helped, alone);
            }
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 10.8: begin an epoch")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Beginning {

        private List<Double> visited(Iterable<Batch> batches) {
            List<Double> all = new ArrayList<>();
            batches.forEach(batch -> Arrays.stream(batch.target().data()).forEach(all::add));
            return all;
        }

        private List<Double> list(int... values) {
            return Arrays.stream(values).asDoubleStream().boxed().toList();
        }

        @Test
        @Order(1)
        @DisplayName("in order")
        void inOrder() {
            Expect.that("the batches of 5 samples, two in a batch")
                    .rule("an order, a plan of batches, and an Epoch that hands them out")
                    .value(
                            () -> targets(DataLoader.of(counting(5), 2).iterator()),
                            List.of(List.of(0.0, 1.0), List.of(2.0, 3.0), List.of(4.0)));
        }

        @Test
        @Order(2)
        @DisplayName("shuffled")
        void shuffled() {
            DataLoader loader = DataLoader.of(counting(10), 4).shuffled(new Generator(3));
            Expect.that("the samples of 10, shuffled by new Generator(3)")
                    .rule("the sampler decides: sampler.indices() is the permutation that its generator draws first")
                    .value(() -> visited(loader), list(new Generator(3).permutation(10)));
        }

        @Test
        @Order(3)
        @DisplayName("another order in each epoch")
        void anotherOrder() {
            DataLoader loader = DataLoader.of(counting(10), 4).shuffled(new Generator(3));
            Generator same = new Generator(3);
            List<Double> first = list(same.permutation(10));
            same.nextLong();
            List<Double> second = list(same.permutation(10));
            Expect.that("the first and the second epoch of 10 samples, shuffled by new Generator(3)")
                    .rule("each epoch draws its order, and after it its seed, so that the same generator always gives the same run")
                    .value(() -> List.of(visited(loader), visited(loader)), List.of(first, second));
        }

        @Test
        @Order(4)
        @DisplayName("drawn when the epoch begins")
        void drawnNow() {
            Generator generator = new Generator(3);
            DataLoader loader = DataLoader.of(counting(10), 4).shuffled(generator);
            Expect.that("the generator's state before the first epoch").value(generator.state(), 3L);
            Epoch open = loader.iterator();
            long begun = generator.state();
            targets(open);
            Expect.that("the generator's state at the end of the epoch is that at its beginning")
                    .rule("all that is random about an epoch is drawn when it begins")
                    .value(generator.state(), begun);
        }

        @Test
        @Order(5)
        @DisplayName("without the last batch, if that is wished")
        void dropLast() {
            Expect.that("the samples of 7 in batches of 3, dropLast")
                    .rule("count() knows about dropLast: 2 batches, and one sample is left out")
                    .value(() -> visited(DataLoader.of(counting(7), 3).dropLast()), list(0, 1, 2, 3, 4, 5));
        }

        @Test
        @Order(6)
        @DisplayName("the samples that a sampler chooses")
        void sampler() {
            DataLoader loader = DataLoader.of(counting(9), 2).sampler(SubsetSampler.of(8, 3, 5));
            Expect.that("the samples 8, 3 and 5 of 9, two in a batch")
                    .rule("an epoch is as long as its order, not as the data set")
                    .value(() -> targets(loader.iterator()), List.of(List.of(8.0, 3.0), List.of(5.0)));
        }

        @Test
        @Order(7)
        @DisplayName("a seed for each epoch")
        void seed() {
            Dataset noisy = new TensorDataset(Tensors.zeros(6, 1), Tensors.zeros(6))
                    .transformed((sample, random) -> Tensors.of(random.nextDouble()));
            DataLoader loader = DataLoader.of(noisy, 6).seeded(new Generator(7));
            double first = loader.iterator().next().input().data()[0];
            double second = loader.iterator().next().input().data()[0];
            Expect.that("a random transform gives sample 0 the same number in two epochs")
                    .rule("hand the epoch's own seed on: with a fixed one every epoch crops and mirrors the images in the same way")
                    .value(first == second, false);
            double expected =
                    noisy.batch(new int[] {0}, new Generator(7).nextLong()).input().item();
            Expect.that("the number of sample 0 in the first epoch of a loader seeded with new Generator(7)")
                    .rule("drawSeed() draws the epoch's seed")
                    .number(first, expected);
        }

        @Test
        @Order(8)
        @DisplayName("workers, and as many batches ahead as allowed")
        void workers() throws InterruptedException {
            Semaphore begun = new Semaphore(0);
            List<String> threads = Collections.synchronizedList(new ArrayList<>());
            Dataset data = new Numbers(40, indices -> {
                threads.add(Thread.currentThread().getName());
                begun.release();
            });
            try (Epoch epoch = DataLoader.of(data, 2).workers(1).prefetch(3).iterator()) {
                Expect.that("three batches are begun before any is asked for, with workers(1).prefetch(3)")
                        .rule("ahead says how many batches are begun at once")
                        .value(begun.tryAcquire(3, PATIENCE_SECONDS, TimeUnit.SECONDS), true);
                Expect.that("a fourth batch is begun, too")
                        .value(begun.tryAcquire(50, TimeUnit.MILLISECONDS), false);
            }
            Expect.that("all batches were made by threads of Workers")
                    .rule("Workers.of(workers) makes so many threads, Workers.of(0) none")
                    .value(threads.stream().allMatch(name -> name.startsWith(Workers.THREAD_NAME)), true);
        }

        @Test
        @Order(9)
        @DisplayName("a CNN learns the glyphs through your loader")
        void glyphs() {
            DataLoader train = DataLoader.of(glyphs(600, 1), 32).shuffled(new Generator(4)).workers(1);
            Generator generator = new Generator(1);
            Sequential cnn = new Sequential(
                    Conv2d.builder(1, 8, 3).same().build(generator),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Linear(288, Glyphs.CLASSES, generator));
            Trainer trainer = trainer(cnn);
            trainer.fit(train, 3);
            Expect.that("steps for 3 rounds through 600 glyphs in batches of 32")
                    .rule("19 batches a round")
                    .value(trainer.steps(), 57L);
            double right = trainer.evaluate(DataLoader.of(glyphs(200, 2), 100)).get("accuracy");
            Expect.that("after 57 steps more than 90 % of new glyphs are read right (" + right + ")")
                    .value(right > 0.9, true);
        }

        @Test
        @Order(10)
        @DisplayName("batches beat single images at equal work")
        void equalWork() {
            DataSplit digits = UciDigits.load().split(0.2, new Generator(1));
            double single = loss(digits, 1, 1, 1438);
            double batches = loss(digits, 32, 4, 180);
            Expect.that("test loss of 180 steps of 32 digits (" + batches + ") is below that of 1438 steps of one digit (" + single + ")")
                    .rule("this is the lesson's experiment: both do about the same arithmetic")
                    .value(batches < single, true);
        }

        private double loss(DataSplit digits, int batchSize, int rounds, long steps) {
            Generator generator = new Generator(1);
            Sequential mlp = new Sequential(
                    new Flatten(), new Linear(64, 128, generator), new ReLU(), new Linear(128, 10, generator));
            Trainer trainer = trainer(mlp);
            trainer.fit(DataLoader.of(digits.train(), batchSize).shuffled(new Generator(4)), rounds);
            Expect.that("steps for " + rounds + " rounds through 1438 digits in batches of " + batchSize).value(trainer.steps(), steps);
            return trainer.evaluate(DataLoader.of(digits.test(), 359)).get("loss");
        }

        private Trainer trainer(Sequential model) {
            return Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.01))
                    .metrics(new Accuracy())
                    .build();
        }

        private Dataset glyphs(int samples, long seed) {
            Glyphs glyphs = Glyphs.of(samples, seed);
            Tensor images = Tensors.of(glyphs.pixels()).reshape(samples, 1, Glyphs.SIDE, Glyphs.SIDE);
            return new TensorDataset(images, Tensors.of(numbers(glyphs.labels())));
        }
    }
}
