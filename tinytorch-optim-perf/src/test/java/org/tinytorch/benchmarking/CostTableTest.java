package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.activation.Activation;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Relu;
import org.tinytorch.activation.Softmax;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.embedding.Lookup;
import org.tinytorch.embedding.RotatePairs;
import org.tinytorch.nn.Identity;
import org.tinytorch.spatial.AdaptiveAvgPool;
import org.tinytorch.spatial.AvgPool;
import org.tinytorch.spatial.BatchNormalise;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Binary;
import org.tinytorch.tensor.Gather;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Permute;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Reshape;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Slice;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.tensor.Unary;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.OperationSpecs;
import org.tinytorch.testing.Sample;
import org.tinytorch.transformer.LayerNormalise;
import org.tinytorch.transformer.RmsNormalise;

class CostTableTest {
    private static final CostTable TABLE = CostTable.standard();

    private record Doubled() implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0].mul(2);
        }
    }

    private static Cost cost(Operation op, Tensor... inputs) {
        return TABLE.of(op, op.forward(inputs), inputs);
    }

    /** Multiply-adds and other operations. */
    private static List<Long> arithmetic(Operation op, Tensor... inputs) {
        Cost cost = cost(op, inputs);
        return List.of(cost.multiplyAdds(), cost.otherFlops());
    }

    private static List<Long> pair(long multiplyAdds, long others) {
        return List.of(multiplyAdds, others);
    }

    @Test
    void aProductSumsUpTheInnerDimension() {
        int m = 3;
        int k = 5;
        int n = 7;
        assertThat(arithmetic(new MatMul(false, false), Tensors.zeros(m, k), Tensors.zeros(k, n)))
                .isEqualTo(pair(1L * m * k * n, 0));
        assertThat(arithmetic(new MatMul(true, true), Tensors.zeros(k, m), Tensors.zeros(n, k)))
                .as("both transposed")
                .isEqualTo(pair(1L * m * k * n, 0));
        assertThat(arithmetic(new MatMul(false, false), Tensors.zeros(2, 1, m, k), Tensors.zeros(4, k, n)))
                .as("a stack of 2 x 4 products")
                .isEqualTo(pair(2L * 4 * m * k * n, 0));
    }

    @Test
    void aLargeProductDoesNotOverflow() {
        int n = 2048;
        MatMul.Sizes sizes = new MatMul(false, false).sizes(Shape.of(n, n), Shape.of(n, n));

        assertThat(MultiplyAdds.of(sizes)).isEqualTo((long) n * n * n).isGreaterThan(Integer.MAX_VALUE);
    }

    @Test
    void aConvolutionSumsUpAWindowForEachPixelOfItsResult() {
        int images = 2;
        int channels = 4;
        int outputs = 6;
        int groups = 2;
        int kernel = 3;
        Convolution conv = new Convolution(Window.of(kernel, 2, 1), Window.of(kernel, 2, 1), groups);
        Tensor x = Tensors.zeros(images, channels, 9, 7);
        Tensor weight = Tensors.zeros(outputs, channels / groups, kernel, kernel);
        int rows = (9 + 2 - kernel) / 2 + 1;
        int columns = (7 + 2 - kernel) / 2 + 1;
        long size = 1L * images * outputs * rows * columns;
        long window = 1L * channels / groups * kernel * kernel;
        Tensor bias = Tensors.zeros(outputs);
        Tensor g = Tensors.zeros(images, outputs, rows, columns);

        assertThat(arithmetic(conv, x, weight)).isEqualTo(pair(size * window, 0));
        assertThat(arithmetic(conv, x, weight, bias)).as("with bias").isEqualTo(pair(size * window, size));
        assertThat(arithmetic(new ConvolutionRelu(conv), x, weight, bias))
                .as("with bias and rectifier")
                .isEqualTo(pair(size * window, 2 * size));
        assertThat(arithmetic(new ConvolutionInputGradient(conv, 9, 7), g, weight))
                .as("gradient of the input")
                .isEqualTo(pair(size * window, 0));
        assertThat(arithmetic(new ConvolutionWeightGradient(conv), x, g))
                .as("gradient of the weight")
                .isEqualTo(pair(size * window, 0));
        assertThat(cost(conv, x, weight).bytes()).isEqualTo(Double.BYTES * (x.size() + weight.size() + size));
    }

    @Test
    void attentionCountsTheLooksOfQueriesAtKeys() {
        int batch = 2;
        int heads = 4;
        int queries = 3;
        int keys = 5;
        int width = 6;
        int valueWidth = 7;
        Tensor q = Tensors.zeros(batch, queries, heads, width);
        Tensor k = Tensors.zeros(batch, keys, 2, width); // two heads share theirs
        Tensor v = Tensors.zeros(batch, keys, 2, valueWidth);
        long all = 1L * batch * heads * queries * keys;
        long past = 1L * batch * heads * (3 + 4 + 5); // the last query sees all five

        assertThat(arithmetic(new DotProductAttention(false, 1), q, k, v))
                .isEqualTo(pair(all * (width + valueWidth), 6 * all));
        assertThat(arithmetic(new DotProductAttention(true, 1), q, k, v))
                .as("causal")
                .isEqualTo(pair(past * (width + valueWidth), 6 * past));
        Tensor g = Tensors.zeros(batch, queries, heads, valueWidth);
        assertThat(arithmetic(new DotProductAttention.Gradient(new DotProductAttention(true, 1)), q, k, v, g))
                .as("gradient")
                .isEqualTo(pair(past * (3 * width + 2 * valueWidth), 10 * past));
    }

    @Test
    void packedAttentionCountsTheSame() {
        int heads = 2;
        int places = 4;
        int width = 3;
        Tensor packed = Tensors.zeros(1, places, 3 * heads, width);
        Tensor apart = Tensors.zeros(1, places, heads, width);
        DotProductAttention attention = new DotProductAttention(true, 1, 0, 0, OptionalInt.empty());

        assertThat(cost(attention.packed(heads), packed)).isEqualTo(cost(attention, apart, apart, apart));
    }

    @Test
    void whatIsDoneForEachNumberCountsForEach() {
        Tensor x = Tensors.rand(new Generator(1), 4, 6);
        long n = x.size();

        assertThat(arithmetic(Unary.EXP, x)).isEqualTo(pair(0, n));
        assertThat(arithmetic(new Relu(), x)).isEqualTo(pair(0, n));
        assertThat(arithmetic(Binary.ADD, x, Tensors.zeros(6))).as("broadcast").isEqualTo(pair(0, n));
        assertThat(arithmetic(new Activation.Gradient(new Relu()), x, x, x)).isEqualTo(pair(0, 2 * n));
        assertThat(arithmetic(new Softmax(1), x)).isEqualTo(pair(0, 5 * n));
        assertThat(arithmetic(new LogSoftmax(1), x)).isEqualTo(pair(0, 5 * n));
        assertThat(arithmetic(Reduce.over(Reduce.Kind.SUM, x.shape(), false, 0), x))
                .as("a sum adds each number once")
                .isEqualTo(pair(0, n));
    }

    @Test
    void poolingLooksAtEveryPixelOfAWindow() {
        Tensor x = Tensors.zeros(2, 3, 8, 6);
        Window two = Window.of(2, 2, 0);
        long windows = 2L * 3 * 4 * 3;
        Tensor g = Tensors.zeros(2, 3, 4, 3);

        assertThat(arithmetic(new MaxPool(two, two), x)).isEqualTo(pair(0, windows * 4));
        assertThat(arithmetic(new MaxPool.Gradient(new MaxPool(two, two)), x, g))
                .isEqualTo(pair(0, windows * 4));
        assertThat(arithmetic(new AvgPool.Gradient(new AvgPool(two, two), x.shape()), g))
                .isEqualTo(pair(0, windows * 4));
    }

    @Test
    void cellsThatOverlapCountAPixelForEach() {
        long planes = 2L * 3;
        Tensor five = Tensors.zeros(2, 3, 5, 5);
        AdaptiveAvgPool three = new AdaptiveAvgPool(3, 3);
        long covered = 2 + 3 + 2; // of five rows, by three cells

        assertThat(arithmetic(three, five)).isEqualTo(pair(planes * covered * covered, 0));
        assertThat(arithmetic(new AdaptiveAvgPool.Gradient(three, five.shape()), Tensors.zeros(2, 3, 3, 3)))
                .as("gradient")
                .isEqualTo(pair(planes * covered * covered, 0));
        assertThat(arithmetic(new AdaptiveAvgPool(2, 3), Tensors.zeros(1, 1, 4, 5)))
                .as("rows that divide evenly, columns that don't")
                .isEqualTo(pair(4 * covered, 0));
        assertThat(arithmetic(new AdaptiveAvgPool(1, 1), five)).as("one cell").isEqualTo(pair(five.size(), 0));
    }

    @Test
    void normsCountForEachNumber() {
        Tensor x = Tensors.rand(new Generator(1), 3, 4);
        Tensor vector = Tensors.ones(4);
        long n = x.size();

        assertThat(arithmetic(new LayerNormalise(1e-5), x, vector, vector)).isEqualTo(pair(2 * n, 4 * n));
        assertThat(arithmetic(new RmsNormalise(1e-5), x, vector)).isEqualTo(pair(n, 2 * n));
        assertThat(arithmetic(new BatchNormalise(1e-5), x, Tensors.ones(2, 4), vector, vector))
                .isEqualTo(pair(n, n));
    }

    @Test
    void onlyThePairsThatAreTurnedCount() {
        Tensor x = Tensors.zeros(1, 5, 6, 4);
        Tensor angles = Tensors.zeros(5, 2);
        RotatePairs four = new RotatePairs(RotatePairs.Layout.HALVES, 4, false);
        long turned = 5 * 4 * 4;

        assertThat(arithmetic(four, x, angles, angles)).isEqualTo(pair(turned, turned));
    }

    @Test
    void whatOnlyMovesNumbersIsNoArithmetic() {
        Tensor x = Tensors.zeros(4, 6);
        Tensor rows = Tensors.of(1, 2);
        long eight = Double.BYTES;

        assertThat(cost(new Reshape(Shape.of(24)), x)).as("shares the numbers").isEqualTo(Cost.NONE);
        assertThat(cost(new Permute(List.of(1, 0)), x)).isEqualTo(new Cost(0, 0, eight * 24, eight * 24));
        assertThat(cost(Slice.of(x.shape(), 0, 1, 2, 1), x))
                .as("reads one row")
                .isEqualTo(new Cost(0, 0, eight * 6, eight * 6));
        assertThat(cost(new Lookup(), x, rows))
                .as("reads two rows and two ids")
                .isEqualTo(new Cost(0, 0, eight * (12 + 2), eight * 12));
        assertThat(cost(new Gather(1), x, Tensors.zeros(4, 1))).isEqualTo(new Cost(0, 0, eight * (4 + 4), eight * 4));
    }

    @Test
    void anUnknownOperationCountsOneForEachNumberOfItsResult() {
        Tensor x = Tensors.zeros(5);

        assertThat(TABLE.known(new Doubled(), x, x)).isEmpty();
        assertThat(TABLE.of(new Doubled(), x, x)).isEqualTo(Cost.of(0, 5, x, x));
    }

    @Test
    void aFormulaCanBeAddedAndReplaced() {
        Tensor x = Tensors.zeros(5);
        CostTable more = TABLE.with(Doubled.class, (op, out, in) -> Cost.of(0, 7, out, in));

        assertThat(more.known(new Doubled(), x, x)).contains(Cost.of(0, 7, x, x));
        assertThat(more.with(Doubled.class, (op, out, in) -> Cost.NONE).of(new Doubled(), x, x))
                .as("the last one given")
                .isEqualTo(Cost.NONE);
        assertThat(TABLE.known(new Doubled(), x, x)).as("the table before").isEmpty();
    }

    static Stream<OperationSpec> specs() {
        return OperationSpecs.all().stream();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyOperationIsKnown(OperationSpec spec) {
        for (Sample sample : spec.samples()) {
            Tensor[] inputs = sample.arguments();
            sample.differentiated().forEach(i -> inputs[i] = inputs[i].copy().requiresGrad(true));

            FlopCount count = FlopCounter.count(TABLE, new Identity(), () -> {
                Tensor out = sample.computation().compute(inputs);
                if (out.requiresGrad()) {
                    out.backward(Tensors.onesLike(out));
                }
            });

            assertThat(count.unknown()).as(sample.label()).isEmpty();
        }
    }
}
