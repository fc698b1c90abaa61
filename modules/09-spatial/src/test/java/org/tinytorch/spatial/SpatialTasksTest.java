package org.tinytorch.spatial;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.autograd.GradCheck;
import org.tinytorch.checks.Expect;
import org.tinytorch.checks.Glyphs;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Trainer;

/** The checks of module 09, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class SpatialTasksTest {

    private static final String IMAGE = "the image [[1, 2, 3], [4, 5, 6], [7, 8, 9]]";
    private static final String KERNEL = "the kernel [[1, 2], [3, 4]]";

    /** One image of one channel. */
    private static Tensor image(double[]... rows) {
        return Tensors.of(rows).reshape(1, 1, rows.length, rows[0].length);
    }

    private static Tensor nine() {
        return image(new double[] {1, 2, 3}, new double[] {4, 5, 6}, new double[] {7, 8, 9});
    }

    private static Tensor kernel() {
        return image(new double[] {1, 2}, new double[] {3, 4});
    }

    /** Ones and a ten, so that every part is visible in a sum. */
    private static Tensor corners() {
        return image(new double[] {1, 0}, new double[] {0, 10});
    }

    private static Convolution plain(int rows, int columns) {
        return new Convolution(Window.of(rows, 1, 0), Window.of(columns, 1, 0), 1);
    }

    /** A convolution with everything in it: strides, gaps, uneven padding, groups, and windows that are not square. */
    private static Convolution crooked() {
        return new Convolution(new Window(3, 2, 1, 1, 0), new Window(2, 1, 2, 0, 1), 2);
    }

    private static Tensor random(long seed, int... shape) {
        return Tensors.randn(new Generator(seed), shape);
    }

    /** A tensor of zeros with a single 1. */
    private static Tensor unit(Shape shape, int position) {
        double[] data = new double[shape.size()];
        data[position] = 1;
        return Tensors.of(data, shape);
    }

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.data()[i] * b.data()[i];
        }
        return sum;
    }

    private static double at(Tensor x, int n, int c, int row, int column) {
        boolean inside = row >= 0 && row < x.dim(2) && column >= 0 && column < x.dim(3);
        return inside ? x.get(n, c, row, column) : 0;
    }

    /** One number of a convolution, by its formula. */
    private static double naive(Convolution conv, Tensor x, Tensor w, int n, int o, int i, int j) {
        Window rows = conv.rows();
        Window columns = conv.columns();
        int first = o / (w.dim(0) / conv.groups()) * w.dim(1);
        double sum = 0;
        for (int c = 0; c < w.dim(1); c++) {
            for (int a = 0; a < rows.size(); a++) {
                for (int b = 0; b < columns.size(); b++) {
                    int row = i * rows.stride() - rows.before() + a * rows.dilation();
                    int column = j * columns.stride() - columns.before() + b * columns.dilation();
                    sum += w.get(o, c, a, b) * at(x, n, first + c, row, column);
                }
            }
        }
        return sum;
    }

    @Nested
    @Order(1)
    @DisplayName("Task 9.1: count the places of a window")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Places {

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            Expect.that("places of a window of 3 taps in 5 pixels")
                    .rule("it begins at pixel 0, 1 or 2: the room left beside the window, 2, and one more")
                    .number(Window.of(3, 1, 0).outputs(5), 3);
        }

        @Test
        @Order(2)
        @DisplayName("with a stride")
        void stride() {
            Expect.that("places of a window of 3 taps with stride 2 and padding 1 in 5 pixels")
                    .rule("7 pixels with the padding on both sides; it begins at 0, 2 and 4")
                    .number(Window.of(3, 2, 1).outputs(5), 3);
            Expect.that("places of a window of 3 taps with stride 2 and padding 1 in 6 pixels")
                    .rule("rounded down: a window that would reach past the end is no place, and the last pixel is met by none")
                    .number(Window.of(3, 2, 1).outputs(6), 3);
        }

        @Test
        @Order(3)
        @DisplayName("with gaps, and with uneven padding")
        void dilation() {
            Expect.that("places of a window of 3 taps with dilation 2 in 7 pixels")
                    .rule("its taps reach over span() = 5 pixels, not over size = 3")
                    .number(new Window(3, 1, 2, 0, 0).outputs(7), 3);
            Expect.that("places of a window of 2 taps in 4 pixels with a zero after them")
                    .rule("zeros before and after count, each on its side")
                    .number(new Window(2, 1, 1, 0, 1).outputs(4), 4);
            Expect.that("places of a window of 2 taps in 4 pixels with two zeros before them").number(new Window(2, 1, 1, 2, 0).outputs(4), 5);
        }

        @Test
        @Order(4)
        @DisplayName("counted one by one")
        void property() {
            Random random = new Random(9);
            for (int i = 0; i < 500; i++) {
                Window window = new Window(
                        1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(3), random.nextInt(3), random.nextInt(3));
                int length = window.span() + random.nextInt(9);
                int padded = window.before() + length + window.after();
                int places = 0;
                for (int start = 0; start + window.span() <= padded; start += window.stride()) {
                    places++;
                }
                Expect.that("outputs(" + length + ") of " + window).number(window.outputs(length), places);
            }
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 9.2: slide a kernel over an image")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Forward {

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            Expect.that(KERNEL + " over " + IMAGE)
                    .rule("top left: 1*1 + 2*2 + 3*4 + 4*5 = 37. The kernel lies as it is written; it is not turned round")
                    .numbers(() -> plain(2, 2).forward(nine(), kernel()).data(), 37, 47, 67, 77);
        }

        @Test
        @Order(2)
        @DisplayName("channels and a bias add up")
        void channels() {
            Tensor x = Tensors.concat(1, nine(), nine().mul(10));
            Tensor w = Tensors.concat(1, kernel(), kernel());
            Expect.that(KERNEL + " over two channels, the image and ten times it, with the bias 1000")
                    .rule("each channel adds to what is there already: the bias and the channels before")
                    .numbers(
                            () -> plain(2, 2).forward(x, w, Tensors.of(1000.0)).data(), 1000 + 37 * 11, 1000 + 47 * 11, 1000 + 67 * 11, 1000 + 77 * 11);
        }

        @Test
        @Order(3)
        @DisplayName("padding is zeros")
        void padding() {
            Convolution padded = new Convolution(Window.of(2, 2, 1), Window.of(2, 2, 1), 1);
            Expect.that(KERNEL + " with stride 2 and padding 1 over " + IMAGE)
                    .rule("top left only the last tap, 4, meets a pixel, the 1; what lies outside adds nothing")
                    .numbers(() -> padded.forward(nine(), kernel()).data(), 4, 4 * 3 + 3 * 2, 4 * 7 + 2 * 4, 5 + 2 * 6 + 3 * 8 + 4 * 9);
        }

        @Test
        @Order(4)
        @DisplayName("a row of an image is not its column")
        void notSquare() {
            Tensor wide = image(new double[] {1, 2, 3, 4}, new double[] {5, 6, 7, 8});
            Expect.that("the kernel [[1, 10, 100]] over [[1, 2, 3, 4], [5, 6, 7, 8]]")
                    .rule("a pixel lies at row * width + column, a weight at row * columns.size() + column")
                    .numbers(() -> plain(1, 3).forward(wide, image(new double[] {1, 10, 100})).data(), 321, 432, 765, 876);
        }

        @Test
        @Order(5)
        @DisplayName("against the formula")
        void property() {
            Tensor x = random(1, 2, 4, 7, 6);
            Tensor w = random(2, 6, 2, 3, 2);
            Tensor y = crooked().forward(x, w);
            double[] expected = new double[y.size()];
            int position = 0;
            for (int n = 0; n < y.dim(0); n++) {
                for (int o = 0; o < y.dim(1); o++) {
                    for (int i = 0; i < y.dim(2); i++) {
                        for (int j = 0; j < y.dim(3); j++) {
                            expected[position++] = naive(crooked(), x, w, n, o, i, j);
                        }
                    }
                }
            }
            Expect.that("2 images, 4 channels, 6 outputs in 2 groups, strides, gaps and padding, against the sums written out")
                    .rule("a tap meets the pixel start(output) + tap * dilation, in rows and in columns")
                    .numbers(y.data(), expected);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 9.3: the gradient of the kernel")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class WeightGradient {

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            Expect.that("the gradient of a kernel of 2 x 2 over " + IMAGE + " for g = [[1, 0], [0, 10]]")
                    .rule("the first weight met the 1 where g is 1, and the 5 where g is 10: 1*1 + 10*5 = 51")
                    .numbers(() -> new ConvolutionWeightGradient(plain(2, 2)).forward(nine(), corners()).data(), 51, 62, 84, 95);
        }

        @Test
        @Order(2)
        @DisplayName("over all images")
        void images() {
            Tensor x = Tensors.concat(0, nine(), nine().mul(100));
            Tensor g = Tensors.concat(0, corners(), corners());
            Expect.that("the same for two images, the second a hundred times the first")
                    .rule("a weight is used at every place of every image, and all its uses add up")
                    .numbers(() -> new ConvolutionWeightGradient(plain(2, 2)).forward(x, g).data(), 51 * 101, 62 * 101, 84 * 101, 95 * 101);
        }

        @Test
        @Order(3)
        @DisplayName("what each weight does to the result")
        void property() {
            Tensor x = random(3, 2, 4, 7, 6);
            Shape weight = Shape.of(6, 2, 3, 2);
            Tensor g = random(4, crooked().sizes(x.shape(), weight).result().dims());
            double[] expected = new double[weight.size()];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = dot(g, crooked().forward(x, unit(weight, i)));
            }
            Expect.that("the gradient of 72 weights with groups, strides, gaps and padding, against the result that each weight alone would make")
                    .rule("taps in the padding met no pixel and collect nothing; the others met start(output) + tap * dilation")
                    .numbers(new ConvolutionWeightGradient(crooked()).forward(x, g).data(), expected);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 9.4: the gradient of the image")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class InputGradient {

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            Expect.that("the gradient of a 3 x 3 image under " + KERNEL + " for g = [[1, 0], [0, 10]]")
                    .rule("the pixel in the middle went into the first output by the weight 4, and into the last by the weight 1: 4*1 + 1*10 = 14")
                    .numbers(
                            () -> new ConvolutionInputGradient(plain(2, 2), 3, 3).forward(corners(), kernel()).data(), 1, 2, 0, 3, 14, 20, 0, 30, 40);
        }

        @Test
        @Order(2)
        @DisplayName("what each pixel does to the result")
        void property() {
            Tensor w = random(5, 6, 2, 3, 2);
            Shape x = Shape.of(2, 4, 7, 6);
            Tensor g = random(6, crooked().sizes(x, w.shape()).result().dims());
            double[] expected = new double[x.size()];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = dot(g, crooked().forward(unit(x, i), w));
            }
            Expect.that("the gradient of 336 pixels with groups, strides, gaps and padding, against the result that each pixel alone would make")
                    .rule("the same loops as forwards, with x and y in each other's place; gradients that meet add up")
                    .numbers(new ConvolutionInputGradient(crooked(), 7, 6).forward(g, w).data(), expected);
        }

        @Test
        @Order(3)
        @DisplayName("the whole layer, against differences")
        void layer() {
            Conv2d conv = Conv2d.builder(2, 4, 3).stride(2).padding(1).build(new Generator(7));
            Expect.that("GradCheck of Conv2d(2, 4, 3), stride 2, padding 1")
                    .value(GradCheck.check(in -> conv.forward(in[0]).square().sum(), random(8, 2, 2, 5, 5)).passed(), true);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 9.5: the winner of a window")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Winner {

        private final MaxPool two = new MaxPool(Window.of(2, 2, 0), Window.of(2, 2, 0));

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            Expect.that("largest of the plane [[1, 7], [5, 2]] that begins at 0, window 2 x 2")
                    .rule("the answer is where the 7 lies, 1, and not the 7")
                    .number(two.largest(new double[] {1, 7, 5, 2}, 0, 2, 2, 0, 0), 1);
        }

        @Test
        @Order(2)
        @DisplayName("in its own plane")
        void plane() {
            double[] x = {9, 9, 9, 9, 1, 2, 3, 4};
            Expect.that("largest of the plane [[1, 2], [3, 4]] that begins at 4")
                    .rule("a pixel of the plane lies at plane + row * width + column")
                    .number(two.largest(x, 4, 2, 2, 0, 0), 7);
        }

        @Test
        @Order(3)
        @DisplayName("of equals the first")
        void equals() {
            Expect.that("largest of [[1, 7], [7, 2]]")
                    .rule("of equal pixels the first wins, row by row, so that exactly one gets the gradient")
                    .number(two.largest(new double[] {1, 7, 7, 2}, 0, 2, 2, 0, 0), 1);
        }

        @Test
        @Order(4)
        @DisplayName("padding never wins")
        void padding() {
            MaxPool padded = new MaxPool(Window.of(2, 2, 1), Window.of(2, 2, 1));
            Expect.that("pixels kept of [[-1, -2], [-3, -4]], window 2 x 2, stride 2, padding 1")
                    .rule("each window sees one pixel; a zero that is only thought is no pixel, and does not win against negative ones")
                    .numbers(() -> padded.forward(image(new double[] {-1, -2}, new double[] {-3, -4})).data(), -1, -2, -3, -4);
        }

        @Test
        @Order(5)
        @DisplayName("NaN is larger than all")
        void nan() {
            Expect.that("pixels kept of [[1, NaN], [9, 2]]")
                    .rule("no comparison with NaN is true, so ask Double.isNaN: a network that has diverged must not look healthy")
                    .numbers(() -> two.forward(image(new double[] {1, Double.NaN}, new double[] {9, 2})).data(), Double.NaN);
        }

        @Test
        @Order(6)
        @DisplayName("strides, gaps, and more columns than rows")
        void options() {
            MaxPool pool = new MaxPool(new Window(2, 1, 1, 0, 0), new Window(2, 2, 2, 0, 0));
            Tensor x = image(new double[] {1, 8, 3, 0, 2}, new double[] {4, 9, 0, 0, 6}, new double[] {5, 7, 1, 0, 0});
            Expect.that("pixels kept of [[1, 8, 3, 0, 2], [4, 9, 0, 0, 6], [5, 7, 1, 0, 0]], windows of 2 rows and of 2 columns with a gap between, stride 2 to the right")
                    .rule("a tap meets start(output) + tap * dilation: columns 0 and 2, then 2 and 4")
                    .numbers(() -> pool.forward(x).data(), 4, 6, 5, 6);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 9.6: the winner takes the gradient")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class PoolGradient {

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            MaxPool pool = new MaxPool(Window.of(1, 1, 0), Window.of(2, 1, 0));
            Expect.that("the gradient of the row [1, 9, 2], windows of two, for g = [3, 4]")
                    .rule("the 9 won both windows, so it gets 3 + 4; who lost did not move the result, and gets nothing")
                    .numbers(() -> new MaxPool.Gradient(pool).forward(image(new double[] {1, 9, 2}), image(new double[] {3, 4})).data(), 0, 7, 0);
        }

        @Test
        @Order(2)
        @DisplayName("several planes")
        void planes() {
            MaxPool two = new MaxPool(Window.of(2, 2, 0), Window.of(2, 2, 0));
            Tensor x = Tensors.of(1, 7, 7, 2, 4, 3, 2, 1).reshape(1, 2, 2, 2);
            Expect.that("the gradient of the planes [[1, 7], [7, 2]] and [[4, 3], [2, 1]] for g = [5] and [6]")
                    .rule("one pixel for each window, in its own plane, and of equals the first")
                    .numbers(() -> new MaxPool.Gradient(two).forward(x, Tensors.of(5, 6).reshape(1, 2, 1, 1)).data(), 0, 5, 0, 0, 6, 0, 0, 0);
        }

        @Test
        @Order(3)
        @DisplayName("a network with convolutions learns figures at any place")
        void network() {
            Generator generator = new Generator(3);
            Layer cnn = new Sequential(
                    new Conv2d(1, 8, 3, generator), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(200, 10, generator));
            Trainer trainer = Trainer.builder(cnn, new CrossEntropyLoss(), new Adam(cnn.parameters(), 0.01))
                    .metrics(new Accuracy())
                    .build();
            Glyphs train = Glyphs.of(200, 1);
            trainer.fit(Batches.of(pixels(train), labels(train), 20).shuffled(new Generator(4)), 5);
            Glyphs test = Glyphs.of(100, 2);
            double right = trainer.evaluate(Batches.of(pixels(test), labels(test), 100)).get("accuracy");
            Expect.that("whether a small network with Conv2d and MaxPool2d reads more than 90 of 100 new figures; it reads " + Math.round(100 * right))
                    .rule("if every check above passes, look again at the gradients: they decide how it learns")
                    .value(right > 0.9, true);
        }

        private Tensor pixels(Glyphs images) {
            return Tensors.of(images.pixels()).reshape(images.labels().length, 1, Glyphs.SIDE, Glyphs.SIDE);
        }

        private Tensor labels(Glyphs images) {
            return Tensors.of(Arrays.stream(images.labels()).asDoubleStream().toArray());
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 9.7: mean and variance of a channel")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Statistics {

        private double[] of(Tensor x) {
            return new ChannelStatistics().forward(x).data();
        }

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            Expect.that("statistics of two images of one channel, [1, 3] and [5, 7]")
                    .rule("all four numbers belong to the channel: mean 16 / 4 = 4, variance (9 + 1 + 1 + 9) / 4 = 5, divided by the count and not by one less")
                    .numbers(() -> of(Tensors.of(1, 3, 5, 7).reshape(2, 1, 2)), 4, 5);
        }

        @Test
        @Order(2)
        @DisplayName("each channel on its own")
        void channels() {
            Expect.that("statistics of two images of two channels, [[1, 3], [10, 10]] and [[5, 7], [20, 20]]")
                    .rule("the means of all channels first, then their variances")
                    .numbers(() -> of(Tensors.of(1, 3, 10, 10, 5, 7, 20, 20).reshape(2, 2, 2)), 4, 15, 5, 25);
        }

        @Test
        @Order(3)
        @DisplayName("far from zero")
        void farAway() {
            Expect.that("the variance of [1, 3, 5, 7] with 100 million added to each")
                    .rule("first the mean, then the squares of the differences: the mean of squares minus the square of the mean loses all digits here")
                    .number(of(Tensors.of(100_000_001.0, 100_000_003, 100_000_005, 100_000_007).reshape(4, 1))[1], 5);
        }

        @Test
        @Order(4)
        @DisplayName("against streams")
        void property() {
            Tensor x = random(11, 3, 4, 2, 5);
            double[] expected = new double[8];
            for (int c = 0; c < 4; c++) {
                double[] values = x.slice(1, c, c + 1).copy().data();
                double mean = Arrays.stream(values).average().orElseThrow();
                expected[c] = mean;
                expected[4 + c] = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            }
            Expect.that("statistics of 3 images of 4 channels of 2 x 5").numbers(of(x), expected);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 9.8: batch statistics and running averages")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Running {

        private final BatchNorm2d layer = new BatchNorm2d(1);

        private Tensor batch(double... values) {
            return Tensors.of(values).reshape(values.length, 1, 1, 1);
        }

        private double running(String name) {
            return layer.stateDict().get(name).item();
        }

        @Test
        @Order(1)
        @DisplayName("training normalises with the batch")
        void training() {
            double scale = 1 / Math.sqrt(5 + 1e-5);
            Expect.that("BatchNorm2d in training of a channel 1, 3, 5, 7")
                    .rule("mean 4, variance 5: each number minus 4, divided by the root of 5 (and a hair more)")
                    .numbers(() -> layer.forward(batch(1, 3, 5, 7)).data(), -3 * scale, -scale, scale, 3 * scale);
        }

        @Test
        @Order(2)
        @DisplayName("and moves the running averages")
        void averages() {
            layer.forward(batch(1, 3, 5, 7));
            Expect.that("running_mean, 0 before, after a batch with mean 4 and momentum 0.1")
                    .rule("nine tenths of the old one and a tenth of the batch's")
                    .number(running("running_mean"), 0.4);
            Expect.that("running_var, 1 before, after a batch of 4 with variance 5 and momentum 0.1")
                    .rule("0.9 * 1 + 0.1 * 20/3: the variance of the batch times 4/3, the unbiased estimate for images that are not in it")
                    .number(running("running_var"), 0.9 + 0.1 * 20 / 3);
        }

        @Test
        @Order(3)
        @DisplayName("evaluation uses them")
        void evaluation() {
            layer.eval();
            Expect.that("BatchNorm2d in evaluation mode, fresh, of a channel 1, 3")
                    .rule("running mean 0 and running variance 1, whatever is in the batch")
                    .numbers(() -> layer.forward(batch(1, 3)).data(), 1 / Math.sqrt(1 + 1e-5), 3 / Math.sqrt(1 + 1e-5));
        }

        @Test
        @Order(4)
        @DisplayName("and leaves them alone")
        void still() {
            layer.eval();
            layer.forward(batch(10, 20));
            Expect.that("running_mean after a forward pass in evaluation mode")
                    .rule("who is being judged must not learn: in evaluation mode nothing moves")
                    .number(running("running_mean"), 0);
        }

        @Test
        @Order(5)
        @DisplayName("an image does not depend on its company")
        void company() {
            layer.forward(batch(1, 3, 5, 7));
            layer.eval();
            double alone = layer.forward(batch(2)).data()[0];
            double together = layer.forward(batch(2, 100)).data()[0];
            Expect.that("the result for one image, alone and beside a bright one, in evaluation mode")
                    .rule("in evaluation mode the statistics are fixed")
                    .number(together, alone);
        }

        @Test
        @Order(6)
        @DisplayName("several channels and batches")
        void several() {
            BatchNorm2d two = new BatchNorm2d(2);
            two.forward(Tensors.of(1, 10, 3, 30).reshape(2, 2, 1, 1));
            two.forward(Tensors.of(5, 50, 7, 70).reshape(2, 2, 1, 1));
            Expect.that("running_mean of two channels after batches with means 2, 20 and 6, 60")
                    .rule("each batch moves each channel once: 0.9 * 0.2 + 0.6 and ten times that")
                    .numbers(two.stateDict().get("running_mean").data(), 0.78, 7.8);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 9.9: the gradient through the normalisation")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class NormaliseGradient {

        private double[] gradient(double weight, double a, double b, double... g) {
            Tensor x = Tensors.of(2, 2, 6, 6).reshape(4, 1);
            Tensor statistics = Tensors.of(4, 4).reshape(2, 1);
            BatchNormalise.InputGradient operation = new BatchNormalise.InputGradient(new BatchNormalise(1e-300));
            return operation.forward(x, statistics, Tensors.of(weight), Tensors.of(a, b).reshape(2, 1), Tensors.of(g).reshape(4, 1)).data();
        }

        @Test
        @Order(1)
        @DisplayName("with fixed statistics")
        void fixed() {
            Expect.that("the gradient of 2, 2, 6, 6 with mean 4, variance 4, weight 3, a = b = 0, for g = 4, 0, 0, 2")
                    .rule("then y = 3 (x - 4) / 2 is a straight line with slope 3/2: weight / deviation, for each number alone")
                    .numbers(() -> gradient(3, 0, 0, 4, 0, 0, 2), 6, 0, 0, 3);
        }

        @Test
        @Order(2)
        @DisplayName("the example")
        void example() {
            Expect.that("the gradient of 2, 2, 6, 6 with mean 4, variance 4, weight 1, a = 1, b = -1, for g = 4, 0, 0, 0")
                    .rule("take off a, since moving x moves the mean, and x-hat times b, since it moves the variance: (4 - 1 - (-1)(-1)) / 2 = 1")
                    .numbers(() -> gradient(1, 1, -1, 4, 0, 0, 0), 1, -1, 0, 0);
        }

        @Test
        @Order(3)
        @DisplayName("what the mean takes away")
        void shift() {
            Expect.that("the gradient for the same g at every number: 5, 5, 5, 5, with a = 5, b = 0")
                    .rule("raise all numbers together and the mean rises with them: the result does not move, so nobody gets a gradient")
                    .numbers(() -> gradient(1, 5, 0, 5, 5, 5, 5), 0, 0, 0, 0);
        }

        @Test
        @Order(4)
        @DisplayName("what the variance takes away")
        void scale() {
            Expect.that("the gradient for g = x-hat = -1, -1, 1, 1, with a = 0, b = 1")
                    .rule("stretch the numbers and the deviation stretches with them: x-hat times b, where x-hat is (x - mean) / deviation")
                    .numbers(() -> gradient(1, 0, 1, -1, -1, 1, 1), 0, 0, 0, 0);
        }

        @Test
        @Order(5)
        @DisplayName("the whole layer, against differences")
        void layer() {
            BatchNorm2d training = new BatchNorm2d(3, 1e-5, 0);
            Tensor weights = random(12, 4, 3, 2, 2);
            Expect.that("GradCheck of BatchNorm2d(3) in training")
                    .value(GradCheck.check(in -> training.forward(in[0]).mul(weights).sum(), random(13, 4, 3, 2, 2)).passed(), true);
            BatchNorm2d evaluating = new BatchNorm2d(3);
            evaluating.weight().copyFrom(Tensors.of(1, 2, 3));
            evaluating.eval();
            Expect.that("GradCheck of BatchNorm2d(3) in evaluation mode")
                    .value(GradCheck.check(in -> evaluating.forward(in[0]).mul(weights).sum(), random(14, 4, 3, 2, 2)).passed(), true);
        }
    }
}
