package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.caching.IncrementalAttention;
import org.tinytorch.compression.CsrMatrix;
import org.tinytorch.compression.SparseProduct;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.precision.IntegerProduct;
import org.tinytorch.precision.Quantization;
import org.tinytorch.precision.QuantizedConv2d;
import org.tinytorch.precision.QuantizedLinear;
import org.tinytorch.precision.Quantizer;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What modules 16 to 18 save is seen in their costs. */
class InferenceCostsTest {
    private static final Quantization INPUT = new Quantization(0.02, 0, -128, 127);

    private static Cost cost(Operation op, Tensor... inputs) {
        Tensor out = op.forward(inputs);
        return CostTable.standard().known(op, out, inputs).orElseThrow();
    }

    @Test
    void attentionOfTheNewestTokenLooksAtWhatIsKept() {
        int batch = 2;
        int heads = 4;
        int groups = 2;
        int kept = 3;
        int room = 10;
        int width = 5;
        int valueWidth = 6;
        Tensor q = Tensors.ones(batch, 1, heads, width);
        Tensor k = Tensors.ones(batch, room, groups, width);
        Tensor v = Tensors.ones(batch, room, groups, valueWidth);
        long looks = 1L * batch * heads * kept;
        long read = 1L * batch * heads * width + 1L * batch * groups * kept * (width + valueWidth);

        assertThat(cost(new IncrementalAttention(1, kept), q, k, v))
                .as("the room behind what is kept is not read")
                .isEqualTo(new Cost(
                        looks * (width + valueWidth),
                        looks * 6,
                        Double.BYTES * read,
                        (long) Double.BYTES * batch * heads * valueWidth));
    }

    @Test
    void aSparseProductCountsWhatIsStored() {
        CsrMatrix weight =
                CsrMatrix.of(Tensors.of(new double[][] {{5, 0, 0, 0}, {0, 0, 0, 0}, {0, 7, 8, 0}, {0, 0, 1, 2}}));
        int samples = 6;

        assertThat(cost(new SparseProduct(weight), Tensors.ones(samples, weight.columns())))
                .isEqualTo(new Cost(
                        1L * samples * weight.stored(),
                        0,
                        (long) Double.BYTES * samples * weight.columns() + weight.bytes(),
                        (long) Double.BYTES * samples * weight.rows()));
    }

    @Test
    void aProductOfIntegersReadsAByteForEachWeight() {
        int rows = 4;
        int in = 64;
        int out = 32;
        Tensor x = Tensors.ones(rows, in);
        IntegerProduct product = new IntegerProduct(
                Quantizer.symmetric(8).perChannel().quantize(Tensors.ones(out, in)), Optional.of(INPUT));

        Cost cost = cost(product, x);

        assertThat(cost.multiplyAdds()).isEqualTo(1L * rows * in * out);
        assertThat(cost.bytesRead())
                .as("x, the integers, and a scale for each output")
                .isEqualTo((long) Double.BYTES * rows * in + out * in + (long) Double.BYTES * out);
        assertThat(cost.bytesWritten()).isEqualTo((long) Double.BYTES * rows * out);
    }

    @Test
    void aQuantisedLayerHasTheMultiplyAddsOfTheLayerItWasMadeOf() {
        Generator generator = new Generator(1);
        Linear linear = new Linear(12, 7, generator);
        Conv2d convolution = Conv2d.builder(3, 5, 3).padding(1).stride(2).relu().build(generator);
        Quantizer eight = Quantizer.symmetric(8).perChannel();
        Tensor rows = Tensors.randn(generator, 4, 12);
        Tensor images = Tensors.randn(generator, 2, 3, 9, 8);

        assertSameMultiplyAdds(linear, QuantizedLinear.of(linear, eight), rows);
        assertSameMultiplyAdds(convolution, QuantizedConv2d.of(convolution, eight, INPUT), images);
    }

    private static void assertSameMultiplyAdds(Layer real, Layer integers, Tensor x) {
        FlopCount count = FlopCounter.count(integers, x);
        assertThat(count.unknown()).as("operations without a formula").isEmpty();
        assertThat(count.total().multiplyAdds())
                .as("multiply-adds of %s", integers)
                .isPositive()
                .isEqualTo(FlopCounter.count(real, x).total().multiplyAdds());
        assertThat(count.total().bytesRead())
                .as("bytes read by %s", integers)
                .isLessThan(FlopCounter.count(real, x).total().bytesRead());
    }
}
