package org.tinytorch.precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
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
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Parameter;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Trainer;

/** The checks of module 17, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class PrecisionTasksTest {

    /** The network of module 10, trained with what you wrote in modules 02 to 10; once for all checks. */
    private static final class Digits {
        static final DataSplit IMAGES = UciDigits.load().split(0.2, new Generator(1));
        static final Iterable<Batch> TEST = DataLoader.of(IMAGES.test(), 359);
        static final Sequential MODEL = trained();

        private static Sequential trained() {
            Sequential model = fresh();
            train(model, 0.01, 3);
            return model;
        }

        static Sequential fresh() {
            Generator generator = new Generator(1);
            return new Sequential(
                    new Flatten(), new Linear(64, 128, generator), new ReLU(), new Linear(128, 10, generator));
        }

        static void train(Layer model, double rate, int rounds) {
            Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), rate))
                    .build()
                    .fit(DataLoader.of(IMAGES.train(), 32).shuffled(new Generator(4)), rounds);
        }

        static Linear first() {
            return (Linear) MODEL.child("1");
        }

        /** A copy whose weights went through something. */
        static Layer with(UnaryOperator<Tensor> weights) {
            return new Sequential(
                    new Flatten(), with(weights, first()), new ReLU(), with(weights, (Linear) MODEL.child("3")));
        }

        private static Linear with(UnaryOperator<Tensor> weights, Linear linear) {
            return Linear.of(weights.apply(linear.weight().detach()), linear.bias().orElseThrow());
        }

        static double accuracy(Layer model) {
            return new AccuracyValidator(model, model).accuracy(TEST).before();
        }

        /** At most two points of accuracy are lost. */
        static void hold(String what, Layer twin) {
            double full = accuracy(MODEL);
            double small = accuracy(twin);
            Expect.that(String.format(Locale.ROOT, "your network of module 10, %s: whether it reads new digits as well as before, to within 2 points (%.1f %%, before %.1f %%)", what, 100 * small, 100 * full))
                    .rule("errors that small hardly change which score is the largest")
                    .value(small >= full - 0.02, true);
        }
    }

    private static Tensor map(Tensor x, DoubleUnaryOperator each) {
        return Tensors.of(Arrays.stream(x.data()).map(each).toArray(), x.shape());
    }

    private static double[] random(int seed, int count) {
        return Tensors.randn(new Generator(seed), count).data();
    }

    private static double largest(Tensor x) {
        return x.detach().abs().max().item();
    }

    private static double[] numbers(byte[] integers) {
        return IntStream.range(0, integers.length).mapToDouble(i -> integers[i]).toArray();
    }

    private static double squaredError(Tensor a, Tensor b) {
        return a.detach().sub(b).square().mean().item();
    }

    @Nested
    @Order(1)
    @DisplayName("Task 17.1: round to sixteen bits")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class SixteenBits {

        private void bits(String input, double x, String rule, String expected) {
            Expect.that("the bits of " + input + ", in hexadecimal")
                    .rule(rule)
                    .value(() -> String.format("%04x", Bfloat16.toBits(x) & 0xffff), expected);
        }

        @Test
        @Order(1)
        @DisplayName("numbers that 16 bits hold stay what they are")
        void exact() {
            String rule = "the upper 16 of the float's 32 bits";
            bits("1", 1, rule, "3f80");
            bits("-2.5", -2.5, rule, "c020");
            bits("0", 0, rule, "0000");
        }

        @Test
        @Order(2)
        @DisplayName("1.004 becomes 1.0078125")
        void nearest() {
            bits("1.004", 1.004, "between 1 and 2 the step is 2^-7 = 0.0078125; 1.004 is 128.512 steps, rounded 129, not cut off to 128", "3f81");
            bits("-1.004", -1.004, "rounded, not cut off, below 0 as well: only the sign differs", "bf81");
            bits("100.3", 100.3, "between 64 and 128 the step is 2^(6 - 7) = 0.5; 100.3 is 200.6 steps, rounded 201: 100.5", "42c9");
        }

        @Test
        @Order(3)
        @DisplayName("a half goes to the even neighbour")
        void halves() {
            String rule = "a half goes to the even number of steps, as Math.rint does; always upwards would make sums grow";
            bits("1 + 2^-8, which is 128.5 steps", 1 + 0x1p-8, rule, "3f80");
            bits("1 + 3 * 2^-8, which is 129.5 steps", 1 + 3 * 0x1p-8, rule, "3f82");
        }

        @Test
        @Order(4)
        @DisplayName("rounded once")
        void once() {
            bits("1 + 2^-8 + 2^-40, a little more than a half", 1 + 0x1p-8 + 0x1p-40, "round once: who makes a float of it first has an exact half and then rounds the wrong way", "3f81");
        }

        @Test
        @Order(5)
        @DisplayName("the smallest, the largest, and what is no number")
        void ends() {
            bits("1.7e-40", 1.7e-40, "below 2^-126 the exponent stays -126: the step is 2^-133, and this is 1.85 of them, rounded 2", "0002");
            bits("1e300", 1e300, "beyond the largest lies infinity", "7f80");
            bits("the largest float", Float.MAX_VALUE, "it is 255.99998 steps of 2^120, rounded 256, which is 2^128: infinite", "7f80");
            bits("minus infinity", Double.NEGATIVE_INFINITY, "infinity stays infinite", "ff80");
            Expect.that("whether NaN is still NaN").value(() -> Double.isNaN(Bfloat16.round(Double.NaN)), true);
        }

        @Test
        @Order(6)
        @DisplayName("129 numbers from 1 to 2, and a bound for the error")
        void bound() {
            Set<Double> different = new HashSet<>();
            IntStream.rangeClosed(0, 10_000).forEach(i -> different.add(Bfloat16.round(1 + i / 10_000.0)));
            Expect.that("how many different numbers 10,001 numbers from 1 to 2 become")
                    .rule("7 bits of fraction are 128 steps, and both ends count")
                    .value(different.size(), 129);
            double worst = Arrays.stream(random(1, 2000)).map(x -> Math.abs(Bfloat16.round(x) - x) / Math.abs(x)).max().orElseThrow();
            Expect.that("whether 2,000 random numbers are off by at most half a step, one part in 256 (the worst: " + worst + ")")
                    .rule("who rounds to the nearest is off by at most half a step")
                    .value(worst <= 1.0 / 256, true);
        }

        @Test
        @Order(7)
        @DisplayName("in use: a quarter of the bytes, and it still reads")
        void inUse() {
            Digits.hold("its weights in 16 bits", Digits.with(w -> map(w, Bfloat16::round)));
            int bytes = Precision.BFLOAT16.store(Digits.MODEL.stateDict()).values().stream().mapToInt(raw -> raw.bytes().length).sum();
            Expect.that("the bytes of its 9,610 numbers in a file; as doubles they are 76,880").rule("two for each").value(bytes, 2 * 9610);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 17.2: a number becomes an integer")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class ToInteger {

        private final Quantization halves = new Quantization(0.5, 3, -128, 127);

        private void integer(double x, String rule, int expected) {
            Expect.that("the integer of " + x + ", with a scale of 0.5, the zero point 3 and integers from -128 to 127")
                    .rule(rule)
                    .value(() -> halves.quantize(x), expected);
        }

        @Test
        @Order(1)
        @DisplayName("1.6 becomes 6")
        void byHand() {
            integer(0, "0 becomes the zero point", 3);
            integer(1.6, "1.6 is 3.2 steps of 0.5, rounded 3, and 3 more for the zero point", 6);
            integer(-1, "-2 steps, and 3 more", 1);
        }

        @Test
        @Order(2)
        @DisplayName("to the nearest")
        void nearest() {
            integer(1.9, "3.8 steps, rounded 4 and not cut off to 3", 7);
            integer(-1.9, "-3.8 steps, rounded -4 and not cut off to -3", -1);
            integer(1.25, "2.5 steps: a half goes to the even 2, as Math.rint does", 5);
            integer(1.75, "3.5 steps: a half goes to the even 4", 7);
        }

        @Test
        @Order(3)
        @DisplayName("the even one of the steps, not of the integers")
        void evenSteps() {
            Quantization odd = new Quantization(1, 1, -8, 7);
            Expect.that("the integer of 2.5, with a scale of 1 and the zero point 1")
                    .rule("rounded first, 2, and the zero point added to that")
                    .value(() -> odd.quantize(2.5), 3);
        }

        @Test
        @Order(4)
        @DisplayName("what is too large becomes the largest")
        void saturates() {
            integer(1000, "2003 is beyond 127: the nearer end is the answer, and to cut off is the last step. A cast to byte would wrap it around to -45", 127);
            integer(-1000, "-1997 is below -128: the nearer end is the answer", -128);
            integer(62.5, "125 + 3 is beyond 127: add the zero point first, then cut off", 127);
            Quantization four = new Quantization(1, 0, -7, 7);
            Expect.that("the integer of 9, with a scale of 1 and integers from -7 to 7")
                    .rule("greatest is the end, whatever a byte could hold")
                    .value(() -> four.quantize(9), 7);
            Expect.that("the integer of -9, with a scale of 1 and integers from -7 to 7")
                    .rule("least is the end, whatever a byte could hold")
                    .value(() -> four.quantize(-9), -7);
        }

        @Test
        @Order(5)
        @DisplayName("far beyond an int")
        void far() {
            integer(1e300, "as an int 2e300 is 2147483647, and 3 more is negative: cut off while it is a double", 127);
            integer(-1e300, "cut off while it is a double", -128);
            integer(Double.POSITIVE_INFINITY, "infinity becomes the greatest", 127);
        }

        @Test
        @Order(6)
        @DisplayName("there and back: at most half a step")
        void halfAStep() {
            Quantization fine = new Quantization(0.03, -7, -128, 127);
            double worst = Arrays.stream(random(1, 2000))
                    .filter(x -> x >= fine.min() && x <= fine.max())
                    .map(x -> Math.abs(fine.dequantize(fine.quantize(x)) - x))
                    .max()
                    .orElseThrow();
            Expect.that("whether 2,000 random numbers come back with an error of at most half the scale 0.03 (the worst: " + worst + ")")
                    .rule("who rounds to the nearest is off by at most half a step")
                    .value(worst <= 0.015 + 1e-12, true);
        }

        @Test
        @Order(7)
        @DisplayName("in use: a network of 255 different weights")
        void inUse() {
            Set<Integer> used = new HashSet<>();
            Layer twin = Digits.with(w -> {
                Quantization how = new Quantization(largest(w) / 127, 0, -127, 127);
                Arrays.stream(w.data()).forEach(x -> used.add(how.quantize(x)));
                return map(w, how::round);
            });
            Expect.that("whether its weights are 255 integers at most (" + used.size() + ")").value(used.size() <= 255, true);
            Digits.hold("every weight one of 255 numbers", twin);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 17.3: a scale")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Scale {

        private void scale(int bits, double min, double max, String rule, double expected) {
            Expect.that("the scale for " + min + " … " + max + " in " + bits + " bits, symmetric")
                    .rule(rule)
                    .numbers(() -> new double[] {Quantizer.symmetric(bits).choose(min, max).scale()}, expected);
        }

        @Test
        @Order(1)
        @DisplayName("-10 … 31.75 in 127 steps of a quarter")
        void byHand() {
            scale(8, -10, 31.75, "the farthest from 0 is 31.75, and 127 steps lead there; 255 would lead from end to end", 0.25);
            scale(4, -3, 7, "7 steps lead to 7", 1);
        }

        @Test
        @Order(2)
        @DisplayName("the farthest may lie below")
        void below() {
            scale(8, -31.75, 10, "the farthest from 0 is -31.75: how far, not how large", 0.25);
            scale(8, -31.75, -10, "the farthest from 0 is -31.75: how far, not how large", 0.25);
            scale(8, 10, 31.75, "the farthest from 0 is 31.75, the nearer end does not matter", 0.25);
        }

        @Test
        @Order(3)
        @DisplayName("the zero point is 0, and the integers are as many below as above")
        void integers() {
            Quantization how = Quantizer.symmetric(8).choose(-10, 31.75);
            Expect.that("zero point, least and greatest of 8 bits, symmetric")
                    .rule("symmetric: 0 becomes 0, and -127 … 127 lie on its sides")
                    .ints(new int[] {how.zeroPoint(), how.least(), how.greatest()}, 0, -127, 127);
            Quantization two = Quantizer.symmetric(2).choose(-10, 31.75);
            Expect.that("zero point, least and greatest of 2 bits, symmetric")
                    .rule("least() and greatest() know how many there are")
                    .ints(new int[] {two.zeroPoint(), two.least(), two.greatest()}, 0, -1, 1);
        }

        @Test
        @Order(4)
        @DisplayName("a file keeps it in 4 bytes")
        void inAFile() {
            double scale = Quantizer.symmetric(8).choose(-1, 4.1).scale();
            Expect.that("whether the scale for -1 … 4.1, about 4.1 / 127, is a float (" + scale + ")")
                    .rule("upwards(…) gives the float that is not below; a rounded-down scale would cut off the largest number")
                    .value((float) scale == scale && scale >= 4.1 / 127 && scale < 4.1 / 127 + 1e-8, true);
            scale(8, 0, 0, "nothing but zeros: upwards(0) is 1, and 0 / 0 does not happen", 1);
        }

        @Test
        @Order(5)
        @DisplayName("the ends come back, and all steps are used")
        void ends() {
            double[] ends = random(3, 40);
            for (int i = 0; i < ends.length; i += 2) {
                double min = Math.min(ends[i], ends[i + 1]);
                double max = Math.max(ends[i], ends[i + 1]);
                Quantization how = Quantizer.symmetric(8).choose(min, max);
                Expect.that("the greatest integer, with its sign off, of " + min + " and " + max)
                        .rule("the farthest from 0 gets the last integer: a coarser scale wastes some, a finer one cuts off")
                        .value(Math.max(Math.abs(how.quantize(min)), Math.abs(how.quantize(max))), 127);
                Expect.that("whether " + min + " comes back with an error of at most half a step").value(Math.abs(how.round(min) - min) <= how.scale() / 2 * (1 + 1e-6), true);
                Expect.that("whether " + max + " comes back with an error of at most half a step").value(Math.abs(how.round(max) - max) <= how.scale() / 2 * (1 + 1e-6), true);
            }
        }

        @Test
        @Order(6)
        @DisplayName("in use: the error is the one that theory foretells")
        void inUse() {
            Tensor weight = Digits.first().weight().detach();
            Quantization how = Quantizer.symmetric(8).choose(weight.min().item(), weight.max().item());
            double ratio = squaredError(weight, map(weight, how::round)) / (how.scale() * how.scale() / 12);
            Expect.that("whether the mean squared error of its first weights is scale^2 / 12, to within a tenth (times that: " + ratio + ")")
                    .rule("an error that may be anything from -s/2 to s/2 has the variance s^2 / 12")
                    .value(Math.abs(ratio - 1) < 0.1, true);
            Digits.hold("one scale for each weight matrix", Digits.with(w -> map(w, Quantizer.symmetric(8).choose(w.min().item(), w.max().item())::round)));
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 17.4: a zero point")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class ZeroPoint {

        private void range(double min, double max, String rule, double scale, int zeroPoint) {
            Expect.that("scale and zero point for " + min + " … " + max + " in 8 bits, asymmetric")
                    .rule(rule)
                    .numbers(
                            () -> {
                                Quantization how = Quantizer.asymmetric(8).choose(min, max);
                                return new double[] {how.scale(), how.zeroPoint()};
                            },
                            scale,
                            zeroPoint);
        }

        @Test
        @Order(1)
        @DisplayName("-16 … 47.75 in 255 steps of a quarter")
        void byHand() {
            range(-16, 47.75, "255 steps lead from end to end; 0 lies 64 steps above the least integer: -128 + 64", 0.25, -64);
            range(-63.75, 0, "255 steps of a quarter, and 0 is the greatest", 0.25, 127);
        }

        @Test
        @Order(2)
        @DisplayName("after a ReLU no integer is wasted")
        void afterRelu() {
            range(0, 63.75, "the least integer means 0, and all 255 steps lie above it", 0.25, -128);
        }

        @Test
        @Order(3)
        @DisplayName("0 belongs to every range")
        void zeroBelongs() {
            range(10, 63.75, "0 must be among the numbers, as padding and ReLU make zeros: the range begins at 0", 0.25, -128);
            range(-63.75, -10, "0 must be among the numbers: the range ends at 0", 0.25, 127);
        }

        @Test
        @Order(4)
        @DisplayName("the zero point is rounded")
        void rounded() {
            range(-16.1875, 47.5625, "0 lies 64.75 steps above the least integer, rounded 65 and not cut off: -128 + 65", 0.25, -63);
            for (double min : random(5, 20)) {
                Quantization how = Quantizer.asymmetric(8).choose(Math.min(min, 0), 2);
                Expect.that("what 0 becomes there and back, in the range " + Math.min(min, 0) + " … 2")
                        .rule("0 becomes the zero point, a whole number, and exactly 0 again")
                        .value(how.round(0), 0.0);
            }
        }

        @Test
        @Order(5)
        @DisplayName("four bits, and the scale in a file")
        void other() {
            Expect.that("scale, zero point, least and greatest for -4 … 11 in 4 bits")
                    .rule("15 steps of 1 from -8 to 7, and 0 lies 4 above -8")
                    .numbers(
                            () -> {
                                Quantization four = Quantizer.asymmetric(4).choose(-4, 11);
                                return new double[] {four.scale(), four.zeroPoint(), four.least(), four.greatest()};
                            },
                            1,
                            -4,
                            -8,
                            7);
            double scale = Quantizer.asymmetric(8).choose(-1, 4.1).scale();
            Expect.that("whether the scale for -1 … 4.1, about 5.1 / 255, is a float (" + scale + ")")
                    .rule("upwards(…), as for the symmetric scale")
                    .value((float) scale == scale && scale >= 5.1 / 255 - 1e-15, true);
            Expect.that("the scale for 0 … 0").rule("upwards(0) is 1").number(Quantizer.asymmetric(8).choose(0, 0).scale(), 1);
        }

        @Test
        @Order(6)
        @DisplayName("in use: half the step for what comes out of a ReLU")
        void inUse() {
            Tensor x = Digits.IMAGES.test().all().input();
            Tensor hidden = Digits.MODEL.child("2").forward(Digits.first().forward(x.reshape(359, 64))).detach();
            Quantization around = Quantizer.symmetric(8).choose(0, hidden.max().item());
            Quantization shifted = Quantizer.asymmetric(8).choose(0, hidden.max().item());
            Expect.that("the asymmetric scale times 255, over the symmetric one times 127, for the hidden numbers of your network")
                    .rule("the same range in twice as many steps")
                    .value(Math.rint(1e5 * 255 * shifted.scale() / (127 * around.scale())), 1e5);
            double ratio = squaredError(hidden, map(hidden, around::round)) / squaredError(hidden, map(hidden, shifted::round));
            Expect.that("whether the squared error is some four times smaller (" + ratio + ")").rule("half the step, a quarter of its square").value(ratio > 3 && ratio < 5, true);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 17.5: a scale for each row")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Rows {

        private final Tensor uneven = Tensors.of(new double[] {31.75, 0.25, 127, -64}, 2, 2);

        private void integers(Quantizer quantizer, String rule, double... expected) {
            Expect.that("the integers of [[31.75, 0.25], [127, -64]], " + quantizer)
                    .rule(rule)
                    .numbers(() -> numbers(quantizer.quantize(uneven).values()), expected);
        }

        @Test
        @Order(1)
        @DisplayName("two rows, two scales")
        void byHand() {
            integers(Quantizer.symmetric(8).perChannel(), "the first row goes up to 31.75, in steps of 0.25; the second up to 127, in steps of 1: each row chooses from its own numbers", 127, 1, 127, -64);
            QuantizedTensor small = Quantizer.symmetric(8).perChannel().quantize(uneven);
            Expect.that("its scales").rule("a part for each row").numbers(small.parts().stream().mapToDouble(Quantization::scale).toArray(), 0.25, 1);
            Expect.that("shape and bits").value(small.shape() + " " + small.bits(), "(2, 2) 8");
        }

        @Test
        @Order(2)
        @DisplayName("one scale for all")
        void perTensor() {
            integers(Quantizer.symmetric(8), "all numbers are one run, with a scale of 1: of 0.25 nothing is left", 32, 0, 127, -64);
            Expect.that("how many parts").rule("one run, one part").value(Quantizer.symmetric(8).quantize(uneven).parts().size(), 1);
        }

        @Test
        @Order(3)
        @DisplayName("runs of any length")
        void runs() {
            Tensor groups = Tensors.of(new double[] {7, -7, 70, 35, 0.7, 0.1, 14, 2}, 2, 4);
            Expect.that("the integers of [[7, -7, 70, 35], [0.7, 0.1, 14, 2]] in 4 bits, groups of 2")
                    .rule("each run of 2 has its own scale, here 1, 10, 0.1 and 2")
                    .numbers(numbers(Quantizer.symmetric(4).perGroup(2).quantize(groups).values()), 7, -7, 7, 4, 7, 1, 7, 1);
            Tensor kernels = Tensors.randn(new Generator(1), 3, 2, 5, 5);
            Expect.that("how many parts a weight (3, 2, 5, 5) has, per channel")
                    .rule("a channel is 2 * 5 * 5 numbers")
                    .value(Quantizer.symmetric(8).perChannel().quantize(kernels).parts().size(), 3);
        }

        @Test
        @Order(4)
        @DisplayName("half a step of its own row")
        void bound() {
            Tensor weight = Tensors.randn(new Generator(2), 8, 30).mul(Tensors.of(new double[] {1, 2, 4, 8, 16, 32, 64, 128}, 8, 1));
            double[] back = Quantizer.asymmetric(8).perChannel().quantize(weight).dequantize().data();
            for (int row = 0; row < 8; row++) {
                double[] numbers = Arrays.copyOfRange(weight.data(), 30 * row, 30 * row + 30);
                double step = (Arrays.stream(numbers).max().orElseThrow() - Arrays.stream(numbers).min().orElseThrow()) / 255;
                int at = 30 * row;
                double worst = IntStream.range(0, 30).mapToDouble(i -> Math.abs(back[at + i] - numbers[i])).max().orElseThrow();
                Expect.that("whether row " + row + " comes back to within a step of " + step + " (the worst: " + worst + ")")
                        .rule("the row's own step: half for the number, and the zero point may move an end by another half")
                        .value(worst <= 1.001 * step, true);
            }
        }

        @Test
        @Order(5)
        @DisplayName("in use: bytes, and a smaller error in four bits")
        void inUse() {
            Tensor weight = Digits.first().weight().detach();
            Expect.that("the bytes of its first weight (128, 64) in 8 bits per channel; as doubles they are 65,536")
                    .rule("one for each integer, four for each scale: 8,192 + 4 * 128")
                    .value(Quantizer.symmetric(8).perChannel().quantize(weight).bytes(), 8704L);
            double rows = squaredError(weight, Quantizer.symmetric(4).perChannel().quantize(weight).dequantize());
            double whole = squaredError(weight, Quantizer.symmetric(4).quantize(weight).dequantize());
            Expect.that("whether in 4 bits the squared error with a scale for each row (" + rows + ") is less than with one for all (" + whole + ")")
                    .rule("a row whose largest weight is small has small steps")
                    .value(rows < whole, true);
            Digits.hold("8 bits per channel", Digits.with(w -> Quantizer.symmetric(8).perChannel().quantize(w).dequantize()));
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 17.6: sums of integers")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class IntegerSum {

        private static QuantizedTensor weight(double[] scales, int rows, int... integers) {
            byte[] values = new byte[integers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) integers[i];
            }
            List<Quantization> parts = Arrays.stream(scales).mapToObj(scale -> new Quantization(scale, 0, -128, 127)).toList();
            return new QuantizedTensor(values, Shape.of(rows, integers.length / rows), 8, parts);
        }

        private static IntegerProduct product(QuantizedTensor weight, double scale, int zeroPoint) {
            return new IntegerProduct(weight, Optional.of(new Quantization(scale, zeroPoint, -128, 127)));
        }

        @Test
        @Order(1)
        @DisplayName("[1.5, 2] times [[1, -0.5], [0.25, 0.75]]")
        void byHand() {
            IntegerProduct product = product(weight(new double[] {0.25}, 2, 4, -2, 1, 3), 0.5, 3);
            Expect.that("[1.5, 2], which are [3, 4] steps of 0.5, times the rows [4, -2] and [1, 3] in steps of 0.25")
                    .rule("3 * 4 - 4 * 2 = 4 and 3 * 1 + 4 * 3 = 15, both times 0.5 * 0.25: each integer of the input times its partner in row j, added up, times both scales")
                    .numbers(() -> product.forward(Tensors.of(new double[] {1.5, 2}, 1, 2)).data(), 0.5, 1.875);
        }

        @Test
        @Order(2)
        @DisplayName("each output has its scale")
        void perChannel() {
            IntegerProduct product = product(weight(new double[] {0.25, 2}, 2, 4, -2, 1, 3), 0.5, 0);
            Expect.that("[1.5, 2] times [4, -2] in steps of 0.25 and [1, 3] in steps of 2")
                    .rule("the scale of the weights from (j, from) on is scaleOf(j, from), another for each output")
                    .numbers(product.forward(Tensors.of(new double[] {1.5, 2}, 1, 2)).data(), 0.5, 15);
        }

        @Test
        @Order(3)
        @DisplayName("several scales in a row")
        void groups() {
            IntegerProduct product = product(weight(new double[] {0.25, 10}, 1, 4, -2, 1, 3), 1, 0);
            Expect.that("[1, 1, 1, 1] times [4, -2 | 1, 3], the first two in steps of 0.25, the others in steps of 10")
                    .rule("each run is added up for itself, from 0, and multiplied by its own scale: 2 * 0.25 + 4 * 10")
                    .numbers(product.forward(Tensors.ones(1, 4)).data(), 40.5);
            IntegerProduct three = product(weight(new double[] {1, 10, 100}, 1, 1, 2, 3), 1, 0);
            Expect.that("[1, 1, 1] times [1 | 2 | 3] in steps of 1, 10 and 100").rule("1 + 20 + 300").numbers(three.forward(Tensors.ones(1, 3)).data(), 321);
        }

        @Test
        @Order(4)
        @DisplayName("a sum needs an int")
        void large() {
            int[] integers = new int[200];
            Arrays.fill(integers, 127);
            IntegerProduct product = product(weight(new double[] {1}, 1, integers), 1, 0);
            Expect.that("200 products of 127 and 127, added up")
                    .rule("3,225,800 fits into an int; a byte ends at 127, a short at 32,767")
                    .numbers(product.forward(Tensors.full(Shape.of(1, 200), 127)).data(), 3_225_800);
        }

        @Test
        @Order(5)
        @DisplayName("real numbers are multiplied once, at the end")
        void exact() {
            int[] integers = new int[1000];
            Arrays.setAll(integers, i -> i * 37 % 255 - 127);
            double[] x = new double[1000];
            long sum = 0;
            for (int i = 0; i < 1000; i++) {
                int q = i * 91 % 253 - 126;
                x[i] = q * 0.1;
                sum += (long) q * integers[i];
            }
            double got = product(weight(new double[] {0.3}, 1, integers), 0.1, 0).forward(Tensors.of(x, 1, 1000)).item();
            boolean once = DoubleStream.of(sum * (0.1 * 0.3), sum * 0.1 * 0.3, sum * 0.3 * 0.1).anyMatch(y -> y == got);
            Expect.that("whether 1,000 integers in steps of 0.1 times 1,000 in steps of 0.3 give " + sum + " * 0.1 * 0.3 to the last bit (" + got + ")")
                    .rule("what is added up is whole numbers, which is exact; the scales are multiplied once, at the end, not a thousand times")
                    .value(once, true);
        }

        @Test
        @Order(6)
        @DisplayName("any sizes, any zero point")
        void anySizes() {
            Generator generator = new Generator(1);
            Tensor weight = Tensors.randn(generator, 5, 12);
            Tensor x = Tensors.randn(generator, 7, 12);
            for (Quantizer quantizer : List.of(Quantizer.symmetric(8), Quantizer.symmetric(8).perChannel(), Quantizer.symmetric(4).perGroup(3))) {
                QuantizedTensor small = quantizer.quantize(weight);
                Quantization input = Quantizer.asymmetric(8).choose(x.min().item(), x.max().item());
                Tensor rounded = map(x, input::round);
                double[] expected = rounded.matmul(small.dequantize().permute(1, 0)).data();
                IntegerProduct product = new IntegerProduct(small, Optional.of(input));
                Expect.that("(7, 12) times (5, 12), weights " + quantizer)
                        .rule("the same as with real numbers, if both are rounded first")
                        .numbers(product.forward(x).data(), expected);
                Expect.that("the same product from the backend in use, by vectors if this Java has them")
                        .rule("sums of integers are exact in any order")
                        .numbers(Operation.run(product, x).data(), product.forward(x).data());
            }
        }

        @Test
        @Order(7)
        @DisplayName("in use: your network in an eighth of the memory, there and back through a file")
        void inUse(@TempDir Path directory) throws IOException {
            Sequential small = Digits.fresh();
            small.loadStateDict(Digits.MODEL.stateDict());
            DynamicQuantization.apply(small, Quantizer.symmetric(8).perChannel());
            Backend before = Backend.use(Backend.reference());
            try {
                Digits.hold("its products by sums of integers", small);
            } finally {
                Backend.use(before);
            }
            Expect.that("its bytes; as doubles they are 76,880")
                    .rule("9,472 integers, and in single precision 138 scales and 138 biases: 9,472 + 4 * 276")
                    .value(QuantizedModels.bytes(small, Precision.FLOAT32), 10_576L);
            Path file = directory.resolve("small.safetensors");
            QuantizedModels.save(small, file, Precision.FLOAT32);
            Sequential again = Digits.fresh();
            QuantizedModels.load(again, file);
            Digits.hold("written to a file in integers and read again", again);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 17.7: below which number")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Quantile {

        /** Bins of width 1, from -2048 to 2048. */
        private static Histogram counts(double... numbers) {
            Histogram histogram = new Histogram();
            histogram.reach(1024);
            Arrays.stream(numbers).forEach(histogram::add);
            return histogram;
        }

        private static void below(String numbers, Histogram histogram, double share, String rule, double expected) {
            Expect.that("below which number a share of " + share + " lies, of " + numbers + ", in bins of width 1")
                    .rule(rule)
                    .numbers(() -> new double[] {histogram.quantile(share)}, expected);
        }

        private final String some = "2 numbers from 0 to 1, 6 from 1 to 2, 2 from 2 to 3";
        private final Histogram ten = counts(0.1, 0.2, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 2.7, 2.8);

        @Test
        @Order(1)
        @DisplayName("half of ten numbers")
        void byHand() {
            below(some, ten, 0.5, "half of 10 is 5: 2 lie below 1, and 3 of the 6 between 1 and 2: half of the way", 1.5);
            below(some, ten, 0.9, "9 of 10: 8 lie below 2, and 1 of the 2 between 2 and 3", 2.5);
            below(some, ten, 0.2, "2 of 10: the whole bin from 0 to 1", 1);
        }

        @Test
        @Order(2)
        @DisplayName("none of them, and all")
        void ends() {
            below(some, ten, 0, "nothing lies below the first bin that is not empty; 0 / 0 of an empty one is NaN", 0);
            below(some, ten, 1, "all lie below the end of the last bin", 3);
        }

        @Test
        @Order(3)
        @DisplayName("below 0, and with a gap")
        void gap() {
            Histogram gap = counts(-2.5, -2.6, 5.5, 5.6);
            below("2 numbers from -3 to -2, 2 from 5 to 6", gap, 0.25, "bin HALF begins at 0, the bins before it lie below", -2.5);
            below("2 numbers from -3 to -2, 2 from 5 to 6", gap, 0.5, "as soon as there are enough, stop: at the end of the bin, not behind the gap", -2);
            below("2 numbers from -3 to -2, 2 from 5 to 6", gap, 0.75, "the empty bins between hold nothing", 5.5);
        }

        @Test
        @Order(4)
        @DisplayName("wider bins, finer bins")
        void width() {
            Histogram wide = counts(0.1, 0.2, 1.1, 1.2);
            wide.reach(2048);
            Expect.that("below which number half of 4 lies, of 4 numbers from 0 to 2, in bins of width " + wide.width())
                    .rule("a bin is width() wide")
                    .number(wide.quantile(0.5), 1);
            double[] numbers = random(9, 5000);
            double[] sorted = Arrays.stream(numbers).sorted().toArray();
            Observer seen = new Observer();
            seen.accept(Tensors.of(numbers));
            for (double share : new double[] {0.001, 0.1, 0.5, 0.975, 0.999}) {
                double error = Math.abs(seen.quantile(share) - sorted[(int) (share * 5000) - 1]);
                Expect.that("whether of 5,000 random numbers the share " + share + " lies below the right one, to within the width of a bin (off by " + error + ")")
                        .rule("4,096 counts know it as well as 5,000 sorted numbers")
                        .value(error <= seen.histogram().width(), true);
            }
        }

        @Test
        @Order(5)
        @DisplayName("99 percent of 1 … 1000")
        void percentile() {
            Observer seen = new Observer();
            seen.accept(Tensors.of(IntStream.rangeClosed(1, 1000).asDoubleStream().toArray()));
            Range range = Calibrator.percentile(99).range(seen, Quantizer.asymmetric(8));
            Expect.that("whether 99 percent of 1 … 1000 lie from 5 to 995, to within a number (" + range + ")")
                    .rule("half a percent is cut off at each end, 5 numbers")
                    .value(Math.abs(range.min() - 5) < 1.1 && Math.abs(range.max() - 995) < 1.1, true);
        }

        @Test
        @Order(6)
        @DisplayName("in use: one bad pixel")
        void inUse() {
            Tensor x = Digits.IMAGES.train().all().input().slice(0, 0, 256).copy();
            x.mutableData()[5] = 1000; // one of 16,384; all others are 0 to 1
            List<Batch> seen = List.of(new Batch(x, Tensors.zeros(256)));
            Layer cut = StaticQuantization.with(Calibrator.percentile(99.9)).convert(Digits.MODEL, seen);
            Layer whole = StaticQuantization.with(Calibrator.minMax()).convert(Digits.MODEL, seen);
            Digits.hold("all in integers, ranges from 256 images with one pixel of 1000, 99.9 percent kept", cut);
            double blind = Digits.accuracy(whole);
            Expect.that("whether with the range up to 1000 it reads fewer than half (" + blind + ")")
                    .rule("the step becomes 1000 / 255, and every pixel from 0 to 1 becomes 0")
                    .value(blind < 0.5, true);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 17.8: straight through")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Straight {

        private final Quantization ones = new Quantization(1, 0, -7, 7);

        private double[] gradient(List<Quantization> parts, double[] x, double... g) {
            Parameter numbers = new Parameter(Tensors.of(x));
            Tensor rounded = new StraightThrough(parts).apply(numbers);
            rounded.mul(Tensors.of(g)).sum().backward();
            return numbers.grad().orElseThrow().data();
        }

        @Test
        @Order(1)
        @DisplayName("[0.4, 1.6, 9] in steps of 1 up to 7")
        void byHand() {
            Expect.that("the gradient of [0.4, 1.6, 9], which became [0, 2, 7], if [1, 1, 1] comes back")
                    .rule("where a number was rounded the gradient passes; where it was moved to an end it is 0, as a small change changes nothing there")
                    .numbers(() -> gradient(List.of(ones), new double[] {0.4, 1.6, 9}, 1, 1, 1), 1, 1, 0);
        }

        @Test
        @Order(2)
        @DisplayName("what comes back goes on")
        void passes() {
            Expect.that("the gradient of [0.4, 1.6, -9, 5], if [2, -3, 4, 0.5] comes back")
                    .rule("g itself, number by number")
                    .numbers(() -> gradient(List.of(ones), new double[] {0.4, 1.6, -9, 5}, 2, -3, 4, 0.5), 2, -3, 0, 0.5);
            Quantization tenths = new Quantization(0.1, 3, -8, 7);
            Expect.that("the gradient of [-1, -1.2, 0.4, 0.5], in steps of 0.1 from -1.1 to 0.4, if [1, 2, 3, 4] comes back")
                    .rule("neither the scale nor the zero point changes it: y is about x")
                    .numbers(() -> gradient(List.of(tenths), new double[] {-1, -1.2, 0.4, 0.5}, 1, 2, 3, 4), 1, 0, 3, 0);
        }

        @Test
        @Order(3)
        @DisplayName("each run has its own ends")
        void parts() {
            Quantization tens = new Quantization(10, 0, -7, 7);
            Expect.that("the gradient of [3, 30, 3, 30, 3, 300], three in steps of 1 and three in steps of 10, up to 7 of them, if ones come back")
                    .rule("number i belongs to part i / run")
                    .numbers(() -> gradient(List.of(ones, tens), new double[] {3, 30, 3, 30, 3, 300}, 1, 1, 1, 1, 1, 1), 1, 0, 1, 1, 1, 0);
        }

        @Test
        @Order(4)
        @DisplayName("the shape of what came in")
        void shape() {
            Parameter x = new Parameter(Tensors.ones(2, 3));
            new StraightThrough(List.of(ones)).apply(x).sum().backward();
            Expect.that("the shape of the gradient of a (2, 3)").value(x.grad().orElseThrow().shape(), Shape.of(2, 3));
        }

        @Test
        @Order(5)
        @DisplayName("a number learns to be rounded well")
        void learns() {
            Parameter w = new Parameter(Tensors.of(0.2));
            Sgd sgd = new Sgd(List.of(w), 0.1);
            for (int step = 0; step < 50; step++) {
                sgd.zeroGrad();
                new StraightThrough(List.of(ones)).apply(w).sub(3).square().sum().backward();
                sgd.step();
            }
            Expect.that("what 0.2 is rounded to after 50 steps, if 3 is wanted")
                    .rule("the true slope of rounding is 0 and would leave it where it is")
                    .value(Math.rint(w.data()[0]), 3.0);
        }

        @Test
        @Order(6)
        @DisplayName("in use: your network learns to live with two bits")
        void inUse() {
            Sequential model = Digits.fresh();
            model.loadStateDict(Digits.MODEL.stateDict());
            QuantizationAwareTraining.prepare(model, Quantizer.symmetric(2).perChannel(), Quantizer.asymmetric(8));
            model.train().forward(Digits.IMAGES.train().all().input()); // shows it the ranges
            double afterwards = Digits.accuracy(model);
            Digits.train(model, 0.003, 1);
            double aware = Digits.accuracy(model);
            Expect.that(String.format(Locale.ROOT, "whether with weights -1, 0 and 1 it reads at least 5 points more of the new digits after a round of training (%.1f %%) than before (%.1f %%)", 100 * aware, 100 * afterwards))
                    .rule("the weights behind the rounding move, until other integers come out")
                    .value(aware >= afterwards + 0.05, true);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 17.9: gradients too small for sixteen bits")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class SmallGradients {

        private final Parameter weight = new Parameter(Tensors.of(1, 1));
        private final Sgd sgd = new Sgd(List.of(weight), 1);

        /** A step with a gradient as it comes back from a scaled loss. */
        private boolean step(LossScaler scaler, double... gradient) {
            weight.grad(Tensors.of(gradient));
            return scaler.step(sgd);
        }

        private void steps(LossScaler scaler, int count) {
            for (int i = 0; i < count; i++) {
                step(scaler, 0, 0);
            }
        }

        @Test
        @Order(1)
        @DisplayName("divided before the step")
        void divided() {
            LossScaler scaler = new LossScaler(8, 100);
            boolean made = step(scaler, 4, -2);
            Expect.that("the weights [1, 1] after a step of SGD, rate 1, with the gradients [4, -2] of a loss that was multiplied by 8")
                    .rule("divide by the scale first: 1 - 4/8 and 1 + 2/8")
                    .numbers(weight.data(), 0.5, 1.25);
            Expect.that("what step answers").rule("true: the step was made").value(made, true);
        }

        @Test
        @Order(2)
        @DisplayName("an overflow: no step, and half the scale")
        void overflow() {
            LossScaler scaler = new LossScaler(8, 100);
            boolean made = step(scaler, 1, Double.POSITIVE_INFINITY);
            Expect.that("the weights [1, 1] after a step with the gradients [1, infinity]")
                    .rule("one number that is not finite is enough: skip the step, or the weight is lost for good")
                    .numbers(weight.data(), 1, 1);
            Expect.that("the scale, which was 8").rule("it was too large: half of it").number(scaler.scale(), 4);
            Expect.that("what step answers").rule("false: no step was made").value(made, false);
            step(scaler, Double.NaN, 1);
            Expect.that("the scale after a second overflow").rule("half again").number(scaler.scale(), 2);
        }

        @Test
        @Order(3)
        @DisplayName("never below 1")
        void atLeastOne() {
            LossScaler scaler = new LossScaler(1.5, 100);
            step(scaler, Double.NaN, 1);
            Expect.that("the scale, which was 1.5, after an overflow").rule("at least 1: below it would make small gradients smaller").number(scaler.scale(), 1);
        }

        @Test
        @Order(4)
        @DisplayName("good steps in a row double it")
        void grows() {
            LossScaler scaler = new LossScaler(8, 3);
            steps(scaler, 2);
            Expect.that("the scale 8 after 2 good steps, with an interval of 3").rule("it grows after growthInterval good steps, not before").number(scaler.scale(), 8);
            steps(scaler, 1);
            Expect.that("the scale 8 after 3 good steps, with an interval of 3").rule("twice").number(scaler.scale(), 16);
            steps(scaler, 2);
            Expect.that("the scale 16 after 2 more").rule("once it has grown, count from 0 again").number(scaler.scale(), 16);
            steps(scaler, 1);
            Expect.that("the scale 16 after 3 more").rule("twice").number(scaler.scale(), 32);
        }

        @Test
        @Order(5)
        @DisplayName("in a row")
        void inARow() {
            LossScaler scaler = new LossScaler(8, 3);
            steps(scaler, 2);
            step(scaler, Double.NaN, 0);
            steps(scaler, 1);
            Expect.that("the scale 8 after good, good, overflow, good, with an interval of 3").rule("in a row: an overflow counts from 0 again, and 8 was halved").number(scaler.scale(), 4);
            steps(scaler, 2);
            Expect.that("the scale after two more").rule("now there are three in a row").number(scaler.scale(), 8);
        }

        @Test
        @Order(6)
        @DisplayName("the scale may be as large as a double")
        void huge() {
            LossScaler scaler = new LossScaler(1e308, 1);
            steps(scaler, 1);
            Expect.that("whether the scale 1e308 is still finite after it was to be doubled").rule("no more than Double.MAX_VALUE: an infinite scale makes every gradient infinite or NaN").value(Double.isFinite(scaler.scale()), true);
        }

        @Test
        @Order(7)
        @DisplayName("in use: what half precision loses")
        void inUse() {
            Expect.that("where a number stands that is to go from 0 to 3, 200 steps without a scale")
                    .rule("its gradient 2e-9 * (w - 3) is 0 in half precision: nothing moves")
                    .number(learnt(new LossScaler(1, 1000)), 0);
            double with = learnt(new LossScaler());
            Expect.that("whether it comes there with a scale of 65536 (" + with + ")")
                    .rule("4e-4 is no trouble for half precision; divided again it is the right gradient")
                    .value(Math.abs(with - 3) < 0.01, true);
            double found = learnt(new LossScaler(0x1p60, 1000));
            Expect.that("whether a scale of 2^60 finds its size by itself (" + found + ")")
                    .rule("each overflow halves it, until the gradients fit")
                    .value(Math.abs(found - 3) < 0.01, true);
        }

        private double learnt(LossScaler scaler) {
            Parameter w = new Parameter(Tensors.of(0.0));
            Sgd optimizer = new Sgd(List.of(w), 1e8);
            for (int step = 0; step < 200; step++) {
                optimizer.zeroGrad();
                Tensor loss = Precision.FLOAT16.cast(w).sub(3).square().sum().mul(1e-9);
                scaler.scale(loss).backward();
                scaler.step(optimizer);
            }
            return w.data()[0];
        }
    }
}
