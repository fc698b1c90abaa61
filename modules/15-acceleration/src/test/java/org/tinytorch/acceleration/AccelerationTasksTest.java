package org.tinytorch.acceleration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.checks.Expect;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Sgd;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 15, task by task; a task's checks need its own code and that of the tasks before it. Nothing is timed: work is counted. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class AccelerationTasksTest {

    private Backend before = Backend.reference();

    /** All operations by their own loops, for as long as the way to the faster ones is not written. */
    @BeforeEach
    void plainLoops() {
        before = Backend.use(Backend.reference());
    }

    @AfterEach
    void asItWas() {
        Backend.use(before);
    }

    /** Whole numbers from 1 to 9, so that every sum is exact. */
    private static double[] digits(int seed, int count) {
        Generator generator = new Generator(seed);
        return IntStream.range(0, count).mapToDouble(i -> 1 + generator.nextInt(9)).toArray();
    }

    /** The definition, element by element. */
    private static double[] product(int m, int k, int n, Matrix a, Matrix b) {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; p < k; p++) {
                    c[i * n + j] += a.data()[a.at(i, p)] * b.data()[b.at(p, j)];
                }
            }
        }
        return c;
    }

    @Nested
    @Order(1)
    @DisplayName("Task 15.1: a row at a time")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class RowAtATime {

        private double[] step(double factor, Matrix right, int p, double[] c, int cRow, int n) {
            BlockedGemm.addStep(factor, right, p, c, cRow, n);
            return c;
        }

        @Test
        @Order(1)
        @DisplayName("2 times the row 3, 4")
        void example() {
            Expect.that("c = [10, 20], after a step with the factor 2 and row 1 of [[1, 2], [3, 4]]")
                    .rule("row 1, [3, 4], times 2 is added to what is there: [10 + 6, 20 + 8]")
                    .numbers(() -> step(2, Matrix.of(new double[] {1, 2, 3, 4}, 0, 2, 2, false), 1, new double[] {10, 20}, 0, 2), 16, 28);
        }

        @Test
        @Order(2)
        @DisplayName("rows lie somewhere in their arrays")
        void offsets() {
            Matrix part = new Matrix(new double[] {70, 70, 70, 1, 2, 70, 3, 4, 70}, 3, 3, 1);
            Expect.that("c = [9, 9, 10, 20, 9] with cRow = 2, after the same step; the right side begins at place 3, its rows lie 3 apart")
                    .rule("bRow says where the row of the right side begins and cRow where that of c does; n numbers from there, and no other, change")
                    .numbers(() -> step(2, part, 1, new double[] {9, 9, 10, 20, 9}, 2, 2), 9, 9, 16, 28, 9);
        }

        @Test
        @Order(3)
        @DisplayName("three steps are a product")
        void inUse() {
            double[] left = {1, 2, 3, 4, 5, 6};
            Matrix right = Matrix.of(new double[] {1, 0, 2, 1, 0, 3}, 0, 3, 2, false);
            double[] c = new double[4];
            for (int i = 0; i < 2; i++) {
                for (int p = 0; p < 3; p++) {
                    BlockedGemm.addStep(left[3 * i + p], right, p, c, 2 * i, 2);
                }
            }
            Expect.that("[[1, 2, 3], [4, 5, 6]] times [[1, 0], [2, 1], [0, 3]] in 2 * 3 steps")
                    .rule("a row of the product is the sum of all rows of the right side, each times its number of the left")
                    .numbers(c, 5, 11, 14, 23);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 15.2: four steps at once")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class FourSteps {

        private final double[] rows = {1, 0, 10, 1, 100, 0, 1000, 1};

        private double[] four(double[] a, int aStart, Matrix right, int p, double[] c, int cRow, int n) {
            BlockedGemm.addFourSteps(a, aStart, right, p, c, cRow, n);
            return c;
        }

        @Test
        @Order(1)
        @DisplayName("1, 2, 3, 4 times four rows")
        void example() {
            Expect.that("c = [5, 50] after four steps with the factors 1, 2, 3, 4 and the rows [1, 0], [10, 1], [100, 0], [1000, 1]")
                    .rule("each factor goes with its own row: 5 + 1 * 1 + 2 * 10 + 3 * 100 + 4 * 1000, and 50 + 2 + 4")
                    .numbers(() -> four(new double[] {1, 2, 3, 4}, 0, Matrix.of(rows, 0, 4, 2, false), 0, new double[] {5, 50}, 0, 2), 4326, 56);
        }

        @Test
        @Order(2)
        @DisplayName("somewhere in their arrays")
        void offsets() {
            double[] right = {70, 70, 70, 1, 0, 70, 10, 1, 70, 100, 0, 70, 1000, 1, 70};
            Expect.that("c = [7, 5, 50, 7] with cRow = 1, the factors [8, 8, 1, 2, 3, 4, 8] from aStart = 2 on, the same rows, which are rows 1 to 4 of a larger matrix")
                    .rule("the factors lie side by side from aStart on; b0 … b3 say where the four rows begin; n numbers from cRow on change")
                    .numbers(() -> four(new double[] {8, 8, 1, 2, 3, 4, 8}, 2, new Matrix(right, 0, 3, 1), 1, new double[] {7, 5, 50, 7}, 1, 2), 7, 4326, 56, 7);
        }

        @Test
        @Order(3)
        @DisplayName("c is loaded and stored once")
        void once() {
            double[] c = {1e16};
            double[] ones = {1, 1, 1, 1};
            BlockedGemm.addFourSteps(ones, 0, Matrix.of(ones, 0, 4, 1, false), 0, c, 0, 1);
            Expect.that("c = [1e16] after four steps with the factors 1 and rows of a 1: how much is there more than 1e16")
                    .rule("add the four products up first, then once to c; beside 1e16 a single 1 is lost in rounding, and four additions to c, one after the other, lose it four times")
                    .number(c[0] - 1e16, 4);
        }

        @Test
        @Order(4)
        @DisplayName("the same as four single steps")
        void property() {
            double[] a = digits(1, 4);
            Matrix right = Matrix.of(digits(2, 28), 0, 4, 7, false);
            double[] expected = product(1, 4, 7, Matrix.of(a, 0, 1, 4, false), right);
            Expect.that("a row " + Arrays.toString(a) + " times 4 rows of 7 digits")
                    .rule("all 7 columns, in each the sum of four products")
                    .numbers(() -> four(a, 0, right, 0, new double[7], 0, 7), expected);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 15.3: pack what lies the wrong way")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Pack {

        private final double[] byColumns = {1, 4, 2, 5, 3, 6};

        @Test
        @Order(1)
        @DisplayName("[[1, 2, 3], [4, 5, 6]], stored column by column")
        void example() {
            Expect.that("rowByRow of a 2 x 3 matrix whose array holds 1 4 2 5 3 6: the new array")
                    .rule("number (row, column) goes to row * columns + column: row after row")
                    .numbers(() -> BlockedGemm.rowByRow(Matrix.of(byColumns, 0, 2, 3, true), 2, 3).data(), 1, 2, 3, 4, 5, 6);
        }

        @Test
        @Order(2)
        @DisplayName("says how it is stored now")
        void strides() {
            Matrix packed = BlockedGemm.rowByRow(Matrix.of(byColumns, 0, 2, 3, true), 2, 3);
            Expect.that("start, rowStride and columnStride of the packed 2 x 3 matrix")
                    .rule("the result begins at 0 of its own array; its rows are 3 apart, neighbours of a row 1: not transposed any more")
                    .ints(new int[] {packed.start(), packed.rowStride(), packed.columnStride()}, 0, 3, 1);
            Expect.that("the array that it was packed from").rule("it is somebody's weight: read it, don't write to it").numbers(byColumns, 1, 4, 2, 5, 3, 6);
        }

        @Test
        @Order(3)
        @DisplayName("a part of a larger matrix")
        void part() {
            Matrix whole = Matrix.of(new double[] {0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 2, 5, 0, 0, 3, 6}, 0, 4, 4, true);
            Expect.that("rowByRow of the last 2 rows and 3 columns of a 4 x 4 matrix that is stored column by column")
                    .rule("matrix.at(row, column) knows where a number lies, whatever start and strides are")
                    .numbers(() -> BlockedGemm.rowByRow(whole.from(2, 1), 2, 3).data(), 1, 2, 3, 4, 5, 6);
        }

        @Test
        @Order(4)
        @DisplayName("in use: a step with a transposed weight")
        void inUse() {
            Matrix right = BlockedGemm.rowByRow(Matrix.of(new double[] {1, 3, 2, 4}, 0, 2, 2, true), 2, 2);
            double[] c = new double[2];
            BlockedGemm.addStep(10, right, 0, c, 0, 2);
            BlockedGemm.addStep(1, right, 1, c, 0, 2);
            Expect.that("[10, 1] times [[1, 2], [3, 4]], whose array holds 1 3 2 4, by two of your steps")
                    .rule("packed, its rows are [1, 2] and [3, 4]")
                    .numbers(c, 13, 24);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 15.4: blocks that stay in the cache")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Blocks {

        /** Takes notes of which steps are done when, and which rows of the right side have to be fetched for them into a cache that holds 100. */
        private static final class Watched extends BlockedGemm {
            private final List<String> visits = new ArrayList<>();
            private final Set<Integer> cache = new LinkedHashSet<>();
            private int fetched;

            @Override
            void addSteps(Matrix left, int i, Matrix right, int from, int to, Matrix c, int n) {
                visits.add(from + "-" + to + " of row " + i);
                for (int p = from; p < to; p++) {
                    fetched += cache.remove(p) ? 0 : 1; // the one that was used longest ago is the first to go
                    cache.add(p);
                    if (cache.size() > 100) {
                        cache.remove(cache.iterator().next());
                    }
                }
                super.addSteps(left, i, right, from, to, c, n);
            }
        }

        private Watched watch(int m, int k) {
            Watched gemm = new Watched();
            gemm.multiply(m, k, 1, Matrix.of(digits(1, m * k), 0, m, k, false), Matrix.of(digits(2, k), 0, k, 1, false), Matrix.of(new double[m], 0, m, 1, false), false);
            return gemm;
        }

        private double[] multiply(int m, int k, int n, Matrix a, Matrix b, double[] c, boolean add) {
            new BlockedGemm().multiply(m, k, n, a, b, Matrix.of(c, 0, m, n, false), add);
            return c;
        }

        @Test
        @Order(1)
        @DisplayName("all steps of all rows")
        void all() {
            Matrix a = Matrix.of(digits(1, 2 * 150), 0, 2, 150, false);
            Matrix b = Matrix.of(digits(2, 150 * 3), 0, 150, 3, false);
            Expect.that("(2, 150) times (150, 3), digits from 1 to 9")
                    .rule("blocks of " + 64 + " steps: 0 to 64, 64 to 128, and the last one ends at k = 150; in each block every row of c gets its steps")
                    .numbers(() -> multiply(2, 150, 3, a, b, new double[6], false), product(2, 150, 3, a, b));
        }

        @Test
        @Order(2)
        @DisplayName("blocks outside, rows inside")
        void order() {
            Expect.that("the steps that are done for 3 rows and k = 150, in their order")
                    .rule("a block's rows of b stay in the cache while every row of c passes by: blocks outside, rows inside")
                    .value(
                            () -> String.join(", ", watch(3, 150).visits),
                            "0-64 of row 0, 0-64 of row 1, 0-64 of row 2, 64-128 of row 0, 64-128 of row 1, 64-128 of row 2, 128-150 of row 0, 128-150 of row 1, 128-150 of row 2");
        }

        @Test
        @Order(3)
        @DisplayName("every row of b is fetched once")
        void fetches() {
            Expect.that("rows of b that a cache of 100 rows fetches for 40 rows of c and k = 200")
                    .rule("200, each once; with the rows outside it would be 40 * 200 = 8000, as in the end of each row the beginning of b is gone again")
                    .value(() -> watch(40, 200).fetched, 200);
        }

        @Test
        @Order(4)
        @DisplayName("exactly one block, and a short one")
        void edges() {
            Expect.that("the steps for 1 row and k = 64").rule("one block; an empty second one would be a waste").value(() -> watch(1, 64).visits, List.of("0-64 of row 0"));
            Expect.that("the steps for 1 row and k = 3").rule("a block ends at k").value(() -> watch(1, 3).visits, List.of("0-3 of row 0"));
        }

        @Test
        @Order(5)
        @DisplayName("both sides stored column by column")
        void transposed() {
            Matrix a = Matrix.of(digits(1, 3 * 70), 0, 3, 70, true);
            Matrix b = Matrix.of(digits(2, 70 * 2), 0, 70, 2, true);
            Expect.that("(3, 70) times (70, 2), both stored column by column")
                    .rule("the steps read left and right, which are packed, and not a and b")
                    .numbers(() -> multiply(3, 70, 2, a, b, new double[6], false), product(3, 70, 2, a, b));
        }

        @Test
        @Order(6)
        @DisplayName("added to what is there, or in its place")
        void add() {
            Matrix a = Matrix.of(new double[] {2}, 0, 1, 1, false);
            Expect.that("[[2]] times [[2]], added to [[100]]").rule("steps only add; multiply has cleared c before, unless it is to be added to").numbers(() -> multiply(1, 1, 1, a, a, new double[] {100}, true), 104);
            Expect.that("[[2]] times [[2]] in place of [[100]]").numbers(() -> multiply(1, 1, 1, a, a, new double[] {100}, false), 4);
        }

        @Test
        @Order(7)
        @DisplayName("in use: the linear layer of module 04")
        void inUse() {
            Generator generator = new Generator(1);
            Linear layer = new Linear(90, 7, generator);
            Tensor x = Tensors.randn(generator, 5, 90);
            double[] bias = layer.bias().orElseThrow().data();
            double[] y = new double[35];
            IntStream.range(0, 5).forEach(i -> System.arraycopy(bias, 0, y, 7 * i, 7));
            Matrix weight = Matrix.of(layer.weight().data(), 0, 90, 7, true);
            Expect.that("5 rows of 90 random numbers times the weight (7, 90) of a Linear, read as transposed, added to its bias")
                    .numbers(() -> multiply(5, 90, 7, Matrix.of(x.data(), 0, 5, 90, false), weight, y, true), layer.forward(x).data());
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 15.5: fair shares")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Shares {

        private String portions(int count, int parts) {
            return String.join(
                    " ",
                    IntStream.range(0, parts)
                            .mapToObj(part -> Portion.of(count, part, parts))
                            .map(portion -> portion.from() + "-" + portion.to())
                            .toList());
        }

        private int[] sizes(int count, int parts) {
            return IntStream.range(0, parts).map(part -> Portion.of(count, part, parts).size()).sorted().toArray();
        }

        @Test
        @Order(1)
        @DisplayName("8 items among 4")
        void even() {
            Expect.that("8 items among 4, each portion as from-to")
                    .rule("2 each; to is after the last, and the next one begins there")
                    .value(() -> portions(8, 4), "0-2 2-4 4-6 6-8");
        }

        @Test
        @Order(2)
        @DisplayName("every item once")
        void everyItemOnce() {
            for (int[] pair : new int[][] {{7, 3}, {15, 8}, {100, 7}, {3, 5}, {0, 2}, {9, 1}}) {
                int next = 0;
                for (int part = 0; part < pair[1]; part++) {
                    Portion portion = Portion.of(pair[0], part, pair[1]);
                    Expect.that("where portion " + part + " of " + pair[0] + " items among " + pair[1] + " begins")
                            .rule("where the one before it ends: no item twice, none left out")
                            .value(portion.from(), next);
                    next = portion.to();
                }
                Expect.that("where the last portion of " + pair[0] + " items among " + pair[1] + " ends: " + portions(pair[0], pair[1]))
                        .rule("the last portion ends at count; count / parts alone loses the rest of the division")
                        .value(next, pair[0]);
            }
        }

        @Test
        @Order(3)
        @DisplayName("none much larger than another")
        void fair() {
            Expect.that("the sizes of 15 items among 8, sorted; the portions are " + portions(15, 8))
                    .rule("7 portions of 2 and one of 1: all wait for the largest, so the rest of the division is spread, not given to the last")
                    .ints(sizes(15, 8), 1, 2, 2, 2, 2, 2, 2, 2);
            Expect.that("the sizes of 2 items among 4, sorted").rule("some get nothing").ints(sizes(2, 4), 0, 0, 1, 1);
        }

        @Test
        @Order(4)
        @DisplayName("very many items")
        void many() {
            Expect.that("the sizes of 2,000,000,000 items among 4")
                    .rule("count * part is more than an int holds, 2^31 - 1: multiply as long")
                    .ints(sizes(2_000_000_000, 4), 500_000_000, 500_000_000, 500_000_000, 500_000_000);
        }

        @Test
        @Order(5)
        @DisplayName("in use: a product on three threads")
        void inUse() {
            int m = 96;
            int k = 33;
            int n = 20;
            Generator generator = new Generator(1);
            Matrix a = Matrix.of(Tensors.randn(generator, m, k).data(), 0, m, k, false);
            Matrix b = Matrix.of(Tensors.randn(generator, k, n).data(), 0, k, n, false);
            double[] alone = new double[m * n];
            new BlockedGemm().multiply(m, k, n, a, b, Matrix.of(alone, 0, m, n, false), false);
            ConcurrentLinkedQueue<Integer> work = new ConcurrentLinkedQueue<>();
            Gemm counted = (rows, steps, columns, left, right, result, add) -> {
                work.add(rows * steps * columns);
                new BlockedGemm().multiply(rows, steps, columns, left, right, result, add);
            };
            double[] together = new double[m * n];
            new SplitGemm(counted, new Workers(3), 1).multiply(m, k, n, a, b, Matrix.of(together, 0, m, n, false), false);
            Expect.that("multiply-adds of each of three threads for (96, 33) times (33, 20)")
                    .rule("32 rows each: 32 * 33 * 20")
                    .ints(work.stream().mapToInt(Integer::intValue).toArray(), 21_120, 21_120, 21_120);
            Expect.that("whether the product is the same to the last bit as on one thread")
                    .rule("rows are shared out, and each number is summed up by one thread in the same order")
                    .value(Arrays.equals(alone, together), true);
        }
    }

    /** Mentions the Vector API within methods only, so that a Java without it can run all other checks. */
    @Nested
    @Order(6)
    @DisplayName("Task 15.6: lanes and tail")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Lanes {

        @BeforeEach
        void thereAreVectors() {
            BooleanSupplier readable = () -> ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            Assumptions.assumeTrue(readable, "this Java has no Vector API: the task is left out");
        }

        private int lanes() {
            return DoubleVector.SPECIES_PREFERRED.length();
        }

        private double sum(double[] a, double[] b, int from, int length) {
            double sum = 0;
            for (int p = from; p < from + length; p++) {
                sum += a[p] * b[p];
            }
            return sum;
        }

        @Test
        @Order(1)
        @DisplayName("every length up to three vectors")
        void lengths() {
            double[] a = digits(1, 3 * lanes());
            double[] b = digits(2, 3 * lanes());
            for (int length = 0; length <= a.length; length++) {
                int numbers = length;
                double[] x = Arrays.copyOf(a, length);
                double[] y = Arrays.copyOf(b, length);
                Expect.that("the dot product of " + length + " numbers, " + Arrays.toString(x) + " and " + Arrays.toString(y) + ", in vectors of " + lanes())
                        .rule(length % lanes() == 0 ? "the products of all vectors are added up lane by lane, then the lanes" : "what fills no vector is added in a loop at the end")
                        .numbers(() -> new double[] {DotProduct.of(x, 0, y, 0, numbers)}, sum(a, b, 0, length));
            }
        }

        @Test
        @Order(2)
        @DisplayName("somewhere in their arrays")
        void offsets() {
            double[] a = digits(1, 4 * lanes() + 3);
            double[] b = digits(2, 4 * lanes() + 3);
            for (int length : new int[] {lanes(), lanes() + 1, 2 * lanes() + 1}) {
                double[] moved = new double[b.length + 2];
                System.arraycopy(b, 0, moved, 2, b.length);
                Expect.that("the dot product of " + length + " numbers from aAt = 1 and bAt = 3 on")
                        .rule("aAt and bAt say where the numbers begin, for the vectors and for the rest")
                        .number(DotProduct.of(a, 1, moved, 3, length), sum(a, b, 1, length));
            }
        }

        @Test
        @Order(3)
        @DisplayName("no number beyond the length")
        void notBeyond() {
            double[] a = new double[4 * lanes()];
            Arrays.fill(a, Double.NaN);
            Arrays.fill(a, 0, lanes() + 1, 2);
            Expect.that("the dot product of the first " + (lanes() + 1) + " numbers of [2, 2, …, NaN, …] with themselves")
                    .rule("only whole vectors within the length: SPECIES.loopBound(length) says up to where they go")
                    .number(DotProduct.of(a, 0, a, 0, lanes() + 1), 4.0 * (lanes() + 1));
        }

        @Test
        @Order(4)
        @DisplayName("as many sums as lanes")
        void sideBySide() {
            int lanes = lanes();
            double[] a = new double[2 * lanes];
            double[] ones = new double[2 * lanes];
            Arrays.fill(ones, 1);
            a[0] = 1e16;
            a[1] = 1;
            a[lanes] = -1e16;
            a[lanes + 1] = 1;
            Expect.that("the sum of [1e16, 1, …] and of [-1e16, 1, …], " + lanes + " numbers each")
                    .rule("side by side, lane 0 has 1e16 - 1e16 and lane 1 has 1 + 1; one sum after the other loses the first 1 beside 1e16, and so does adding the lanes before the end")
                    .number(DotProduct.of(a, 0, ones, 0, 2 * lanes), 2);
        }

        @Test
        @Order(5)
        @DisplayName("in use: one token through a layer of three neurons")
        void inUse() {
            double[] x = digits(1, 21);
            double[] weight = digits(2, 63);
            double[] y = new double[3];
            Matrix left = Matrix.of(x, 0, 1, 21, false);
            Matrix right = Matrix.of(weight, 0, 21, 3, true);
            new FewRows().multiply(1, 21, 3, left, right, Matrix.of(y, 0, 1, 3, false), false);
            Expect.that("FewRows, which uses it: a row of 21 digits times 3 columns that lie side by side").numbers(y, product(1, 21, 3, left, right));
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 15.7: windows become columns")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Unfold {

        private final double[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};

        private WindowColumns windows(Window window, int channels, int side) {
            return new WindowColumns(window, window, channels, side, side);
        }

        private double[] tap(WindowColumns windows, double[] x, int plane, int down, int right, int from, int to) {
            double[] row = new double[(to - from) * windows.outWidth()];
            windows.unfoldTap(x, plane, down, right, from, to, row, 0);
            return row;
        }

        @Test
        @Order(1)
        @DisplayName("what the upper right tap of a 2 x 2 kernel meets")
        void example() {
            Expect.that("the image [[1, 2, 3], [4, 5, 6], [7, 8, 9]], the tap 0 down and 1 right, all places")
                    .rule("the kernel stands at (0, 0), (0, 1), (1, 0), (1, 1), and its tap meets the pixel one to the right: row after row of places")
                    .numbers(() -> tap(windows(Window.of(2, 1, 0), 1, 3), image, 0, 0, 1, 0, 2), 2, 3, 5, 6);
        }

        @Test
        @Order(2)
        @DisplayName("all four taps")
        void matrix() {
            double[] matrix = new double[16];
            Expect.that("the same image and kernel: the whole matrix, a row for each tap")
                    .rule("the first column is what the kernel sees at its first place: 1 2 / 4 5, from top to bottom; a row begins at `at`")
                    .numbers(
                            () -> {
                                windows(Window.of(2, 1, 0), 1, 3).unfold(image, 0, 0, 2, matrix);
                                return matrix;
                            },
                            1, 2, 4, 5, 2, 3, 5, 6, 4, 5, 7, 8, 5, 6, 8, 9);
        }

        @Test
        @Order(3)
        @DisplayName("zeros around the image")
        void padding() {
            WindowColumns padded = windows(Window.of(3, 1, 1), 1, 2);
            Expect.that("the image [[1, 2], [3, 4]] with a padding of 1: what the first tap of a 3 x 3 kernel meets")
                    .rule("rows.start(i) is -1 at first: outside there is no pixel but a 0; ask inside(row, column) before you read")
                    .numbers(() -> tap(padded, new double[] {1, 2, 3, 4}, 0, 0, 0, 0, 2), 0, 0, 0, 1);
            Expect.that("the same: what the last tap, 2 down and 2 right, meets")
                    .rule("beyond the last row and column there is padding, too, and not the beginning of the next row")
                    .numbers(() -> tap(padded, new double[] {1, 2, 3, 4}, 0, 2, 2, 0, 2), 4, 0, 0, 0);
        }

        @Test
        @Order(4)
        @DisplayName("a stride of 2, a second channel, some rows only")
        void strides() {
            double[] x = new double[50];
            Arrays.setAll(x, i -> i);
            WindowColumns windows = windows(Window.of(1, 2, 0), 2, 5);
            Expect.that("a 5 x 5 image that holds 25, 26, 27, … from place 25 on, a kernel of one tap, stride 2, rows of places 1 to 2")
                    .rule("place (i, j) begins at pixel (rows.start(i), columns.start(j)) of the channel that begins at plane; i runs from `from` to before `to`")
                    .numbers(() -> tap(windows, x, 25, 0, 0, 1, 3), 35, 37, 39, 45, 47, 49);
        }

        @Test
        @Order(5)
        @DisplayName("rows and columns that differ")
        void oblong() {
            WindowColumns windows = new WindowColumns(Window.of(2, 1, 0), Window.of(1, 2, 1), 1, 3, 4);
            double[] x = new double[12];
            Arrays.setAll(x, i -> i);
            Expect.that("an image of 3 rows and 4 columns, 0 to 11; down: kernel 2, stride 1; to the right: kernel 1, stride 2, padding 1; the lower tap")
                    .rule("rows says how the kernel moves down, columns how it moves to the right; a row of the image is width long")
                    .numbers(() -> tap(windows, x, 0, 1, 0, 0, 2), 0, 5, 7, 0, 9, 11);
        }

        @Test
        @Order(6)
        @DisplayName("in use: a convolution is a product")
        void inUse() {
            Window window = Window.of(2, 1, 0);
            Tensor x = Tensors.of(image, 1, 1, 3, 3);
            Tensor kernels = Tensors.of(new double[] {1, 2, 3, 4, 1, 0, 0, 0}, 2, 1, 2, 2);
            List<String> products = new ArrayList<>();
            Gemm watched = (m, k, n, a, b, c, add) -> {
                products.add("(" + m + ", " + k + ") times (" + k + ", " + n + ")");
                new BlockedGemm().multiply(m, k, n, a, b, c, add);
            };
            Kernels convolutions = new Im2colConvolutions(watched, Workers.NONE);
            Tensor y = convolutions.compute(new Convolution(window, window, 1), x, kernels).orElseThrow();
            Expect.that("the kernels [[1, 2], [3, 4]] and [[1, 0], [0, 0]] on the image, by way of your columns and your product")
                    .rule("1 * 1 + 2 * 2 + 3 * 4 + 4 * 5 = 37; the second kernel copies the upper left pixel")
                    .numbers(y.data(), 37, 47, 67, 77, 1, 2, 4, 5);
            Expect.that("the products that were done for it").rule("2 outputs, 4 taps, 4 places").value(products, List.of("(2, 4) times (4, 4)"));
        }

        @Test
        @Order(7)
        @DisplayName("counted: as many multiply-adds as the definition says, and never much memory at once")
        void counted() {
            Window window = Window.of(3, 1, 1);
            Generator generator = new Generator(1);
            long[] counts = new long[2];
            Gemm counting = (m, k, n, a, b, c, add) -> {
                counts[0] += (long) m * k * n;
                counts[1] = Math.max(counts[1], b.data().length);
                new BlockedGemm().multiply(m, k, n, a, b, c, add);
            };
            Tensor x = Tensors.randint(generator, 9, 2, 16, 40, 40);
            Tensor kernels = Tensors.randint(generator, 9, 8, 16, 3, 3);
            Convolution op = new Convolution(window, window, 1);
            Tensor y = new Im2colConvolutions(counting, Workers.NONE).compute(op, x, kernels).orElseThrow();
            Expect.that("multiply-adds for 2 images, 16 channels, 8 outputs, 3 x 3 taps, 40 x 40 places")
                    .rule("2 * 8 * 16 * 9 * 1600, the zeros of the padding counted")
                    .value(counts[0], 2L * 8 * 16 * 9 * 1600);
            Expect.that("whether at most 32768 numbers were laid out at a time")
                    .rule("all columns of an image are 144 * 1600 numbers, nine times the image; rows of places in strips need little")
                    .value(counts[1] <= 32_768, true);
            Expect.that("the sum of all results, against the loops of module 09").number(y.sum().item(), op.forward(x, kernels).sum().item());
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 15.8: columns become windows again")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Fold {

        private WindowColumns windows(Window window, int side) {
            return new WindowColumns(window, window, 1, side, side);
        }

        private double[] fold(WindowColumns windows, int down, int right, int from, int to, double... row) {
            double[] gx = new double[windows.height() * windows.width()];
            windows.foldTap(row, 0, down, right, from, to, gx, 0);
            return gx;
        }

        @Test
        @Order(1)
        @DisplayName("each number goes where its pixel came from")
        void example() {
            Expect.that("the row 1, 2, 3, 4 of the tap 0 down and 1 right of a 2 x 2 kernel, back to a 3 x 3 image of zeros")
                    .rule("unfoldTap took pixels (0, 1), (0, 2), (1, 1), (1, 2): there the four numbers go")
                    .numbers(() -> fold(windows(Window.of(2, 1, 0), 3), 0, 1, 0, 2, 1, 2, 3, 4), 0, 1, 2, 0, 3, 4, 0, 0, 0);
        }

        @Test
        @Order(2)
        @DisplayName("a pixel collects from all windows that saw it")
        void adds() {
            double[] matrix = new double[16];
            Arrays.fill(matrix, 1);
            double[] gx = new double[9];
            windows(Window.of(2, 1, 0), 3).fold(matrix, 0, 2, gx, 0);
            Expect.that("a matrix of ones for a 2 x 2 kernel on a 3 x 3 image, folded")
                    .rule("add, don't replace: a corner was seen by 1 window, an edge by 2, the middle by 4")
                    .numbers(gx, 1, 2, 1, 2, 4, 2, 1, 2, 1);
        }

        @Test
        @Order(3)
        @DisplayName("what stands for padding goes nowhere")
        void padding() {
            WindowColumns padded = windows(Window.of(3, 1, 1), 2);
            Expect.that("the row 5, 6, 7, 8 of the first tap of a 3 x 3 kernel, back to a 2 x 2 image with a padding of 1")
                    .rule("5, 6 and 7 belong to zeros around the image and are dropped; but each is a place of the row: 8 is the fourth number")
                    .numbers(() -> fold(padded, 0, 0, 0, 2, 5, 6, 7, 8), 8, 0, 0, 0);
            Expect.that("the same of the last tap, 2 down and 2 right")
                    .rule("here 6, 7 and 8 belong to zeros around the image, beyond the last row and column")
                    .numbers(() -> fold(padded, 2, 2, 0, 2, 5, 6, 7, 8), 0, 0, 0, 5);
        }

        @Test
        @Order(4)
        @DisplayName("a stride, a strip, a part of larger arrays")
        void strides() {
            WindowColumns windows = windows(Window.of(1, 2, 0), 5);
            double[] row = {9, 9, 1, 2, 3, 4, 5, 6, 9};
            double[] gx = new double[26];
            windows.foldTap(row, 2, 0, 0, 1, 3, gx, 1);
            double[] expected = new double[26];
            double[] numbers = {1, 2, 3, 4, 5, 6};
            int[] pixels = {11, 13, 15, 21, 23, 25};
            IntStream.range(0, 6).forEach(i -> expected[pixels[i]] = numbers[i]);
            Expect.that("6 numbers from place 2 of a row on, rows of places 1 to 2 with a stride of 2, to a 5 x 5 image that begins at place 1 of its array")
                    .rule("the row of the matrix begins at `at`, the channel at `plane`; place (i, j) belongs to pixel (rows.start(i), columns.start(j))")
                    .numbers(gx, expected);
        }

        @Test
        @Order(5)
        @DisplayName("the exact way back")
        void adjoint() {
            Window down = new Window(3, 2, 2, 1, 2);
            Window across = Window.of(2, 3, 1);
            WindowColumns windows = new WindowColumns(down, across, 2, 9, 7);
            int places = down.outputs(9) * windows.outWidth();
            double[] x = digits(1, 2 * 9 * 7);
            double[] matrix = digits(2, windows.taps() * places);
            double[] unfolded = new double[matrix.length];
            double[] folded = new double[x.length];
            windows.unfold(x, 0, 0, down.outputs(9), unfolded);
            windows.fold(matrix, 0, down.outputs(9), folded, 0);
            double forwards = IntStream.range(0, matrix.length).mapToDouble(i -> unfolded[i] * matrix[i]).sum();
            double backwards = IntStream.range(0, x.length).mapToDouble(i -> x[i] * folded[i]).sum();
            Expect.that("the sum of x * fold(m), against that of unfold(x) * m: 2 channels, strides 2 and 3, dilation 2, padding")
                    .rule("every pair of a pixel and a number of the matrix that unfold connects, fold connects as well, and no other")
                    .number(backwards, forwards);
        }

        @Test
        @Order(6)
        @DisplayName("in use: the gradients of a convolution")
        void inUse() {
            Window window = Window.of(2, 1, 0);
            Convolution op = new Convolution(window, window, 1);
            Kernels convolutions = new Im2colConvolutions(new BlockedGemm(), Workers.NONE);
            Tensor g = Tensors.of(new double[] {1, 0, 0, 10}, 1, 1, 2, 2);
            Tensor kernel = Tensors.of(new double[] {1, 2, 3, 4}, 1, 1, 2, 2);
            Tensor x = Tensors.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
            Expect.that("the gradient of the image for g [[1, 0], [0, 10]] and the kernel [[1, 2], [3, 4]]")
                    .rule("as in module 09: each gradient gives the kernel, times itself, to the pixels that it came from")
                    .numbers(convolutions.compute(new ConvolutionInputGradient(op, 3, 3), g, kernel).orElseThrow().data(), 1, 2, 0, 3, 14, 20, 0, 30, 40);
            Expect.that("the gradient of the kernel for the image 1 to 9 and the same g")
                    .numbers(convolutions.compute(new ConvolutionWeightGradient(op), x, g).orElseThrow().data(), 51, 62, 84, 95);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 15.9: recognise an operation")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Recognise {

        private final List<String> asked = new ArrayList<>();

        /** Knows the operations of one class, and answers with a number of its own. */
        private Kernels knows(String name, Class<?> known, double answer) {
            return (op, inputs) -> {
                asked.add(name);
                return known.isInstance(op) ? Optional.of(Tensors.scalar(answer)) : Optional.empty();
            };
        }

        private Backend backend(Kernels... kernels) {
            return new KernelBackend("some kernels") {
                @Override
                List<Kernels> kernels() {
                    return List.of(kernels);
                }
            };
        }

        /** Says so when its own loops run. */
        private Operation slow() {
            return inputs -> {
                asked.add("loops");
                return Tensors.scalar(7);
            };
        }

        private double compute(Backend backend, Operation op) {
            return backend.compute(op, Tensors.scalar(1), Tensors.scalar(2)).item();
        }

        @Test
        @Order(1)
        @DisplayName("one of the kernels knows it")
        void known() {
            Backend backend = backend(knows("first", MatMul.class, 10), knows("second", Operation.class, 20));
            Expect.that("an operation of which the first kernels know nothing, and the second that it is 20")
                    .rule("the first say nothing, so ask the next; the loops come only when nobody is left")
                    .numbers(() -> new double[] {compute(backend, slow())}, 20);
        }

        @Test
        @Order(2)
        @DisplayName("the first that knows it is enough")
        void first() {
            Backend backend = backend(knows("first", Operation.class, 10), knows("second", Operation.class, 20));
            Expect.that("an operation that both kernels know").rule("the first that answers").number(compute(backend, slow()), 10);
            Expect.that("who was asked")
                    .rule("after an answer nobody else is asked, and the operation's own loops don't run: they would take the time that was to be saved")
                    .value(asked, List.of("first"));
        }

        @Test
        @Order(3)
        @DisplayName("nobody knows it")
        void unknown() {
            Backend backend = backend(knows("first", MatMul.class, 10), knows("second", Binary.class, 20));
            Expect.that("an operation that nobody knows").rule("op.forward(inputs) has loops of its own for everything").number(compute(backend, slow()), 7);
            Expect.that("who was asked").rule("all kernels in their order, then the loops, once").value(asked, List.of("first", "second", "loops"));
        }

        @Test
        @Order(4)
        @DisplayName("by size: small products are left to the loops")
        void bySize() {
            List<String> products = new ArrayList<>();
            Gemm watched = (m, k, n, a, b, c, add) -> {
                products.add(m + " x " + k + " x " + n);
                new BlockedGemm().multiply(m, k, n, a, b, c, add);
            };
            Backend.use(backend(new Products(watched, Workers.NONE)));
            Generator generator = new Generator(1);
            for (int side : new int[] {2, 7, 8, 20}) {
                Tensor x = Tensors.randn(generator, side, side);
                x.matmul(x).add(x);
            }
            Expect.that("which of the products of 2, 7, 8 and 20 rows and columns the kernels did")
                    .rule("Products says nothing to sizes below 64 * 64: laying out costs more than it gains; and nothing to additions")
                    .value(products, List.of("8 x 8 x 8", "20 x 20 x 20"));
        }

        /** A network as in module 09 that makes a step, from the same weights each time; the loss before and the weights after. */
        private double[] step(Backend backend) {
            Backend.use(backend);
            Generator generator = new Generator(3);
            Sequential model = new Sequential(new Conv2d(1, 4, 3, generator), new ReLU(), new Flatten(), new Linear(144, 10, generator));
            Sgd sgd = new Sgd(model.parameters(), 0.1);
            Tensor loss = new CrossEntropyLoss().forward(model.forward(Tensors.randn(generator, 6, 1, 8, 8)), Tensors.of(0, 1, 2, 3, 4, 5));
            loss.backward();
            sgd.step();
            List<Double> numbers = new ArrayList<>(List.of(loss.item()));
            model.stateDict().values().forEach(weights -> Arrays.stream(weights.data()).forEach(numbers::add));
            return numbers.stream().mapToDouble(Double::doubleValue).toArray();
        }

        @Test
        @Order(5)
        @DisplayName("in use: your network of module 09 learns the same")
        void sameNetwork() {
            double[] expected = step(Backend.reference());
            Expect.that("loss and all weights after a step on BlockedBackend, against those on the plain loops")
                    .rule("who computes does not change what is computed, but for rounding")
                    .numbers(() -> step(new BlockedBackend()), expected);
            Expect.that("the same on ParallelBackend").numbers(() -> step(new ParallelBackend()), expected);
        }
    }
}
