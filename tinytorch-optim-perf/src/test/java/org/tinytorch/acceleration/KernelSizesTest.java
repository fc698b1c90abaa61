package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.Gelu;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Sigmoid;
import org.tinytorch.activation.Silu;
import org.tinytorch.activation.Softmax;
import org.tinytorch.activation.Tanh;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unary;

/** Every kernel against the operation's own loops, for all small sizes and some that threads share, with NaN and infinities, and however many threads there are. */
class KernelSizesTest {
    private static final Kernels MAPS = new VectorMaps(new Workers(3), 1);
    private static final Kernels ARITHMETIC = new BinaryKernels(new Workers(3), 1);
    private static final Kernels ROWS = new RowKernels(new Workers(3), 1);

    static Stream<Operation> maps() {
        return Stream.concat(
                Stream.of(
                        Unary.EXP,
                        Unary.LOG,
                        Unary.TANH,
                        Unary.ERF,
                        Unary.NEG,
                        Unary.ABS,
                        Unary.SQUARE,
                        Unary.SQRT,
                        Unary.RECIPROCAL),
                Stream.of(new Tanh(), new Sigmoid(), new Silu(), new Relu(), new Gelu()));
    }

    static Stream<Activation> slopes() {
        return Stream.of(new Relu(), new Gelu(), new Tanh(), new Sigmoid());
    }

    static Stream<Binary> arithmetic() {
        return Stream.of(Binary.ADD, Binary.SUB, Binary.MUL, Binary.DIV);
    }

    private static IntStream sizes() {
        return IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(511, 512, 513, 1030, 20_001, 200_003));
    }

    /** Normal numbers, some far out, and if there is room what is not a number. */
    private static Tensor numbers(int... dims) {
        Tensor tensor = Tensors.randn(new Generator(7), dims).mul(3);
        double[] special = {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, 800, -800, 1e-310, -30
        };
        double[] data = tensor.mutableData();
        for (int i = 0; i < special.length && 5 * i + 3 < data.length; i++) {
            data[5 * i + 3] = special[i];
        }
        return tensor;
    }

    /** Within 1e-13, relative beyond 1; what is not finite is the same. */
    private static void agree(String what, Optional<Tensor> actual, Tensor expected) {
        assertThat(actual).as("%s is computed", what).isPresent();
        double[] a = actual.orElseThrow().data();
        double[] e = expected.data();
        assertThat(actual.orElseThrow().shape()).as("shape of %s", what).isEqualTo(expected.shape());
        for (int i = 0; i < e.length; i++) {
            boolean same = Double.isFinite(e[i])
                    ? Math.abs(a[i] - e[i]) <= 1e-13 * Math.max(1, Math.abs(e[i]))
                    : Double.compare(a[i], e[i]) == 0;
            assertThat(same)
                    .as("%s, element %d: %s, expected %s", what, i, a[i], e[i])
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void functionsOfEveryElement(Operation op) {
        sizes().forEach(size -> {
            Tensor x = numbers(size);
            agree(op + " of " + size, MAPS.compute(op, x), op.forward(x));
        });
    }

    @ParameterizedTest
    @MethodSource("slopes")
    void gradientsOfActivations(Activation activation) {
        Operation op = new Activation.Gradient(activation);
        sizes().forEach(size -> {
            Tensor x = numbers(size);
            Tensor y = activation.forward(x);
            Tensor g = Tensors.randn(new Generator(9), size);
            agree(op + " of " + size, MAPS.compute(op, x, y, g), op.forward(x, y, g));
        });
    }

    @ParameterizedTest
    @MethodSource("arithmetic")
    void arithmeticOfEqualShapesAndOfRows(Binary op) {
        sizes().forEach(size -> {
            Tensor x = numbers(size);
            Tensor y = Tensors.randn(new Generator(9), size);
            agree(op + " of " + size, ARITHMETIC.compute(op, x, y), op.forward(x, y));
        });
        IntStream.of(2, 3, 8, 17, 130).forEach(size -> {
            Tensor x = numbers(3, 500, size);
            Tensor row = Tensors.randn(new Generator(9), size);
            Tensor plane = Tensors.randn(new Generator(9), 500, size);
            agree(op + " with a row of " + size, ARITHMETIC.compute(op, x, row), op.forward(x, row));
            agree(op + " with a plane of 500 x " + size, ARITHMETIC.compute(op, x, plane), op.forward(x, plane));
        });
    }

    @ParameterizedTest
    @MethodSource("arithmetic")
    void arithmeticWithOneNumberForEachRowOrForAll(Binary op) {
        IntStream.of(1, 2, 7, 130, 1030).forEach(size -> {
            Tensor x = numbers(3, 200, size);
            Tensor column = Tensors.randn(new Generator(9), 3, 200, 1);
            for (Tensor y :
                    List.of(column, Tensors.scalar(0.7), Tensors.of(-0.3), Tensors.full(Shape.of(1, 1, 1), 2))) {
                String what = " of rows of " + size + " and " + y.shape();
                agree(op + what, ARITHMETIC.compute(op, x, y), op.forward(x, y));
                agree(op + what + ", exchanged", ARITHMETIC.compute(op, y, x), op.forward(y, x));
            }
        });
    }

    @Test
    void aSmallerLeftSideRepeatsToo() {
        Tensor x = numbers(5, 70);
        Tensor row = Tensors.randn(new Generator(9), 70);
        agree("a row less a matrix", ARITHMETIC.compute(Binary.SUB, row, x), Binary.SUB.forward(row, x));
    }

    @Test
    void otherBroadcastsAreLeftToTheLoops() {
        Tensor x = numbers(4, 6);
        assertThat(ARITHMETIC.compute(Binary.ADD, numbers(4, 1), numbers(6))).isEmpty();
        assertThat(ARITHMETIC.compute(Binary.ADD, numbers(2, 3, 4), numbers(2, 1, 4)))
                .isEmpty();
        assertThat(ARITHMETIC.compute(Binary.ADD, x, numbers(5)))
                .as("shapes that do not fit")
                .isEmpty();
        assertThat(ARITHMETIC.compute(Binary.ADD, x, numbers(1, 1, 1)))
                .as("a result of higher rank")
                .isEmpty();
        assertThat(ARITHMETIC.compute(Binary.POW, x, x)).isEmpty();
    }

    @Test
    void maximaOverLastAxes() {
        for (int[] dims : new int[][] {{1, 1}, {5, 3}, {33, 70}, {3, 4, 5}, {300, 700}}) {
            Tensor x = numbers(dims);
            for (int[] axes : new int[][] {{-1}, {}, {dims.length - 2, dims.length - 1}}) {
                Operation op = Reduce.over(Reduce.Kind.MAX, x.shape(), true, axes);
                agree(op + " of " + x.shape(), ROWS.compute(op, x), op.forward(x));
            }
        }
    }

    @Test
    void sumsOverFirstAndLastAxes() {
        for (int[] dims : new int[][] {{1, 1}, {5, 3}, {64, 10}, {33, 70}, {3, 4, 5}, {300, 700}}) {
            Tensor x = Tensors.randn(new Generator(3), dims);
            x.mutableData()[0] = Double.POSITIVE_INFINITY;
            for (boolean keep : new boolean[] {true, false}) {
                for (int[] axes : new int[][] {{0}, {-1}, {0, 1}, {}, {dims.length - 2, dims.length - 1}}) {
                    Operation op = Reduce.over(Reduce.Kind.SUM, x.shape(), keep, axes);
                    agree(op + " of " + x.shape(), ROWS.compute(op, x), op.forward(x));
                }
            }
        }
    }

    @Test
    void aSumOverAMiddleAxisIsLeftToTheLoops() {
        Tensor x = numbers(3, 4, 5);
        assertThat(ROWS.compute(Reduce.over(Reduce.Kind.SUM, x.shape(), false, 1), x))
                .isEmpty();
    }

    @Test
    void softmaxAlongTheLastAxis() {
        for (int[] dims : new int[][] {{1, 1}, {7}, {5, 3}, {64, 10}, {4, 3, 70}, {100, 513}}) {
            Tensor x = Tensors.randn(new Generator(3), dims).mul(20);
            for (Operation op : List.of(new Softmax(dims.length - 1), new LogSoftmax(dims.length - 1))) {
                agree(op + " of " + x.shape(), ROWS.compute(op, x), op.forward(x));
            }
        }
    }

    @Test
    void softmaxOfWhatIsNotFinite() {
        Tensor x = Tensors.randn(new Generator(3), 6, 20);
        x.set(Double.NaN, 0, 3);
        x.set(Double.NEGATIVE_INFINITY, 1, 5);
        x.set(Double.POSITIVE_INFINITY, 2, 7);
        for (int i = 0; i < 20; i++) {
            x.set(Double.NEGATIVE_INFINITY, 3, i);
        }
        x.set(1e308, 4, 0);
        for (Operation op : List.of(new Softmax(1), new LogSoftmax(1))) {
            agree(op.toString(), ROWS.compute(op, x), op.forward(x));
        }
    }

    @Test
    void theNumberOfThreadsDoesNotChangeABit() {
        Tensor x = numbers(301, 701);
        Tensor y = Tensors.randn(new Generator(9), 301, 701);
        List<Operation> unary = Stream.of(
                        maps(),
                        Stream.of(new Softmax(1), new LogSoftmax(1)),
                        Stream.of(
                                Reduce.over(Reduce.Kind.SUM, x.shape(), false, 0),
                                Reduce.over(Reduce.Kind.SUM, x.shape(), false, 1),
                                Reduce.over(Reduce.Kind.SUM, x.shape(), false)))
                .flatMap(some -> some.map(Operation.class::cast))
                .toList();
        for (Operation op : unary) {
            assertSameBits(op, x);
        }
        assertSameBits(Binary.ADD, x, y);
    }

    private static void assertSameBits(Operation op, Tensor... inputs) {
        double[] alone = on(1, op, inputs);
        for (int threads = 2; threads <= 5; threads++) {
            assertThat(on(threads, op, inputs))
                    .as("%s on %d threads", op, threads)
                    .isEqualTo(alone);
        }
    }

    private static double[] on(int threads, Operation op, Tensor... inputs) {
        Workers workers = new Workers(threads);
        return new VectorMaps(workers, 1)
                .compute(op, inputs)
                .or(() -> new BinaryKernels(workers, 1).compute(op, inputs))
                .or(() -> new RowKernels(workers, 1).compute(op, inputs))
                .orElseThrow()
                .data();
    }
}
