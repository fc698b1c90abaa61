package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.OperationChecks;

/** Convolutions as products of matrices against the plain loops. The registry's samples are run by the tests of the backends. */
class Im2colConvolutionsTest {
    private static Im2colConvolutions on(int threads) {
        return new Im2colConvolutions(new BlockedGemm(), new Workers(threads));
    }

    @ParameterizedTest
    @MethodSource("org.tinytorch.acceleration.ConvolutionsTest#larger")
    void agreesWithThePlainLoops(ConvolutionsTest.Call call) {
        Tensor expected = call.op().forward(call.inputs());

        OperationChecks.assertClose(call.op().toString(), call.by(on(1)), expected, 1e-11);
    }

    @ParameterizedTest
    @MethodSource("org.tinytorch.acceleration.ConvolutionsTest#larger")
    void threadsDoNotChangeABit(ConvolutionsTest.Call call) {
        double[] alone = call.by(on(1)).data();
        for (int threads = 2; threads <= 4; threads++) {
            assertThat(call.by(on(threads)).data())
                    .as("%s with %d threads", call.op(), threads)
                    .isEqualTo(alone);
        }
    }

    @Property(tries = 60)
    void agreesForAllSizes(
            @ForAll @IntRange(min = 1, max = 5) int images,
            @ForAll @IntRange(min = 1, max = 4) int channels,
            @ForAll @IntRange(min = 1, max = 10) int outputs,
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 4) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll long seed) {
        for (ConvolutionsTest.Call call :
                ConvolutionsTest.calls(images, channels, outputs, size, kernel, stride, 1, seed)) {
            Tensor expected = call.op().forward(call.inputs());
            OperationChecks.assertClose(call.op().toString(), call.by(on(2)), expected, 1e-11);
        }
    }

    /** What was in the memory of a result before must not be seen. */
    @ParameterizedTest
    @MethodSource("org.tinytorch.acceleration.ConvolutionsTest#larger")
    void memoryThatWasUsedDoesNotMatter(ConvolutionsTest.Call call) {
        Tensor used = call.by(on(1));
        double[] expected = used.data().clone();
        Arrays.fill(used.data(), Double.NaN);
        used.discard();

        assertThat(call.by(on(1)).data()).isEqualTo(expected);
    }

    /** All windows of the image at once would be 16 · 9 · 64 · 64 numbers. */
    @Test
    void laysOutAFewRowsAtATime() {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger products = new AtomicInteger();
        Gemm watched = new BlockedGemm() {
            @Override
            public void multiply(int m, int k, int n, Matrix a, Matrix b, Matrix c, boolean add) {
                most.accumulateAndGet(b.data().length, Math::max);
                products.incrementAndGet();
                super.multiply(m, k, n, a, b, c, add);
            }
        };
        Window window = Window.of(3, 1, 1);
        Convolution op = new Convolution(window, window, 1);
        Generator generator = new Generator(1);
        Tensor x = Tensors.randn(generator, 1, 16, 64, 64);
        Tensor weight = Tensors.randn(generator, 4, 16, 3, 3);

        Tensor y = new Im2colConvolutions(watched, Workers.NONE)
                .compute(op, x, weight)
                .orElseThrow();

        OperationChecks.assertClose("large image", y, op.forward(x, weight), 1e-11);
        assertThat(most.get()).as("numbers laid out at once").isLessThanOrEqualTo(32_768);
        assertThat(products.get()).as("products").isEqualTo(22);
    }
}
