package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.OperationChecks;

/** Convolutions that several threads share and images that are taken together, in both precisions. The registry's samples are small; {@link EveryKernelTest} runs them. */
class ConvolutionsTest {
    private static final Convolutions ALONE = new Convolutions(DoublePixels::new, Workers.NONE);
    private static final Convolutions SINGLE = new Convolutions(FloatPixels::new, new Workers(2));

    /** An operation, and its inputs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Call(Operation op, Tensor... inputs) {
        Tensor by(Kernels kernels) {
            return kernels.compute(op, inputs).orElseThrow();
        }
    }

    static List<Call> calls(
            int images, int channels, int outputs, int size, int kernel, int stride, int groups, long seed) {
        Generator generator = new Generator(seed);
        Window window = Window.of(kernel, stride, kernel / 2);
        Convolution op = new Convolution(window, window, groups);
        int result = window.outputs(size);
        Tensor x = Tensors.randn(generator, images, channels, size, size);
        Tensor weight = Tensors.randn(generator, outputs, channels / groups, kernel, kernel);
        Tensor bias = Tensors.randn(generator, outputs);
        Tensor g = Tensors.randn(generator, images, outputs, result, result);
        return List.of(
                new Call(op, x, weight, bias),
                new Call(new ConvolutionRelu(op), x, weight, bias),
                new Call(new ConvolutionInputGradient(op, size, size), g, weight),
                new Call(new ConvolutionWeightGradient(op), x, g));
    }

    /** Images by the dozen, so that some are taken together and the last ones are fewer; outputs that fill no block; odd and even sizes. */
    static List<Call> larger() {
        return List.of(
                        calls(37, 3, 10, 16, 3, 1, 1, 1),
                        calls(5, 16, 24, 32, 3, 1, 1, 2),
                        calls(29, 8, 9, 13, 3, 2, 1, 3),
                        calls(3, 32, 16, 8, 1, 1, 1, 4),
                        calls(7, 12, 20, 15, 5, 1, 4, 5),
                        calls(1, 16, 32, 24, 3, 1, 1, 6),
                        calls(37, 4, 6, 15, 3, 1, 2, 7))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("larger")
    void agreesWithThePlainLoops(Call call) {
        Tensor expected = call.op.forward(call.inputs);

        OperationChecks.assertClose(call.op.toString(), call.by(ALONE), expected, 1e-11);
        OperationChecks.assertClose(call.op + " in single precision", call.by(SINGLE), expected, 2e-3);
    }

    @ParameterizedTest
    @MethodSource("larger")
    void threadsDoNotChangeABit(Call call) {
        double[] alone = call.by(ALONE).data();
        for (int threads = 2; threads <= 4; threads++) {
            assertThat(call.by(new Convolutions(DoublePixels::new, new Workers(threads)))
                            .data())
                    .as("%s with %d threads", call.op, threads)
                    .isEqualTo(alone);
        }
    }

    /** What was left in a buffer by a larger convolution must not be seen by a smaller one. */
    @Property(tries = 60)
    void sizesThatFollowEachOtherDoNotDisturbEachOther(
            @ForAll @IntRange(min = 1, max = 5) int images,
            @ForAll @IntRange(min = 1, max = 4) int channels,
            @ForAll @IntRange(min = 1, max = 10) int outputs,
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 4) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll long seed) {
        for (Call call : calls(images, channels, outputs, size, kernel, stride, 1, seed)) {
            Tensor expected = call.op.forward(call.inputs);
            OperationChecks.assertClose(call.op.toString(), call.by(ALONE), expected, 1e-11);
        }
    }

    static List<Supplier<Pixels>> precisions() {
        return List.of(DoublePixels::new, FloatPixels::new);
    }

    /** No layout of all windows (im2col), which would take nine times the input here. */
    @ParameterizedTest
    @MethodSource("precisions")
    void buffersTakeLessThanInputAndOutput(Supplier<Pixels> pixels) {
        for (Call call : calls(32, 16, 16, 32, 3, 1, 1, 7)) {
            Pixels buffers = pixels.get();
            Tensor result = call.by(new Convolutions(() -> buffers, Workers.NONE));

            assertThat(buffers.bytes())
                    .as("bytes of buffers for %s", call.op)
                    .isPositive()
                    .isLessThan(Double.BYTES * ((long) call.inputs[0].size() + result.size()));
        }
    }

    /** Pixels that no window sees, and those that lose: their gradient is 0 whatever was in the memory before. */
    @ParameterizedTest
    @CsvSource({"2, 41, 43", "2, 40, 40", "3, 40, 42"})
    void poolingsGradientClearsMemoryThatWasUsed(int window, int height, int width) {
        Generator generator = new Generator(3);
        Tensor x = Tensors.randn(generator, 2, 3, height, width);
        MaxPool pool = new MaxPool(Window.of(window, window, 0), Window.of(window, window, 0));
        MaxPool.Gradient gradient = new MaxPool.Gradient(pool);
        Tensor g = Tensors.randn(generator, pool.result(x.shape()).dims());
        Pooling kernels = new Pooling(new Workers(2));
        Tensor used = kernels.compute(gradient, x, g).orElseThrow();
        double[] memory = used.data();
        Arrays.fill(memory, Double.NaN);
        used.discard();

        Tensor again = kernels.compute(gradient, x, g).orElseThrow();
        assertThat(again.data()).isSameAs(memory);
        assertThat(memory).isEqualTo(gradient.forward(x, g).data());
    }

    @Test
    void poolingFindsTheFirstOfTheLargestAndTheLastNaN() {
        Generator generator = new Generator(3);
        Tensor x = Tensors.randint(generator, 3, 2, 3, 6, 40);
        x.set(Double.NaN, 0, 1, 2, 7);
        x.set(Double.NaN, 0, 1, 3, 7);
        x.set(Double.NaN, 1, 2, 4, 30);
        MaxPool pool = new MaxPool(Window.of(2, 2, 0), Window.of(2, 2, 0));
        MaxPool.Gradient gradient = new MaxPool.Gradient(pool);
        Tensor g = Tensors.randn(generator, 2, 3, 3, 20);
        Pooling kernels = new Pooling(new Workers(2));

        assertThat(kernels.compute(pool, x).orElseThrow().data())
                .isEqualTo(pool.forward(x).data());
        assertThat(kernels.compute(gradient, x, g).orElseThrow().data())
                .isEqualTo(gradient.forward(x, g).data());
    }
}
