package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.OperationChecks;

/** Winograd's filtering gives what the plain loops give, for every size that it takes. */
class WinogradConvolutionsTest {
    private static final WinogradConvolutions ALONE = new WinogradConvolutions(Workers.NONE, 1, 1);

    /** An operation, and its inputs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Call(Operation op, Tensor... inputs) {
        Optional<Tensor> by(Kernels kernels) {
            return kernels.compute(op, inputs);
        }
    }

    private static List<Call> calls(
            Window rows, Window columns, int groups, int images, int channels, int outputs, int height, int width) {
        Generator generator = new Generator(5);
        Convolution op = new Convolution(rows, columns, groups);
        Tensor x = Tensors.randn(generator, images, channels, height, width);
        Tensor weight = Tensors.randn(generator, outputs, channels / groups, rows.size(), columns.size());
        Tensor bias = Tensors.randn(generator, outputs);
        Tensor g = Tensors.randn(generator, images, outputs, rows.outputs(height), columns.outputs(width));
        return List.of(
                new Call(op, x, weight),
                new Call(new ConvolutionRelu(op), x, weight, bias),
                new Call(new ConvolutionInputGradient(op, height, width), g, weight),
                new Call(new ConvolutionWeightGradient(op), x, g));
    }

    private static final Window THREE = Window.of(3, 1, 1);

    /** Images that are laid out in several goes, the last with fewer; rows that fill no strip; columns that fill no vector; uneven padding and wide steps to the side. */
    static List<Call> larger() {
        return List.of(
                        calls(THREE, THREE, 1, 64, 16, 24, 16, 16),
                        calls(THREE, THREE, 1, 37, 8, 10, 9, 14),
                        calls(THREE, THREE, 1, 33, 12, 20, 4, 4),
                        calls(THREE, THREE, 4, 40, 32, 48, 8, 8),
                        calls(Window.of(3, 1, 2), Window.of(3, 1, 2), 2, 37, 4, 6, 15, 15),
                        calls(Window.of(3, 1, 0), Window.of(5, 1, 2), 1, 9, 8, 8, 13, 21),
                        calls(new Window(3, 1, 1, 0, 2), new Window(2, 1, 3, 2, 1), 1, 5, 3, 9, 7, 17),
                        calls(THREE, Window.of(1, 1, 0), 1, 3, 2, 2, 40, 150))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("larger")
    void agreesWithThePlainLoops(Call call) {
        OperationChecks.assertClose(
                call.op.toString(), call.by(ALONE).orElseThrow(), call.op.forward(call.inputs), 1e-11);
    }

    @ParameterizedTest
    @MethodSource("larger")
    void threadsDoNotChangeABit(Call call) {
        double[] alone = call.by(ALONE).orElseThrow().data();
        for (int threads : new int[] {2, 3, 4, 7, 13}) {
            WinogradConvolutions shared = new WinogradConvolutions(new Workers(threads), 1, 1);
            assertThat(call.by(shared).orElseThrow().data())
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
            @ForAll @IntRange(min = 5, max = 20) int height,
            @ForAll @IntRange(min = 3, max = 20) int width,
            @ForAll @IntRange(min = 0, max = 2) int padding) {
        Window window = Window.of(3, 1, padding);
        for (Call call : calls(window, window, 1, images, channels, outputs, height, width)) {
            Tensor expected = call.op.forward(call.inputs);
            call.by(ALONE)
                    .ifPresent(result -> OperationChecks.assertClose(call.op.toString(), result, expected, 1e-11));
        }
    }

    /** Strides, kernels of other heights, rows apart, few rows: for these nobody would save anything, or it is not done. */
    @Test
    void leavesTheRestToOthers() {
        List<List<Call>> others = List.of(
                calls(Window.of(3, 2, 1), THREE, 1, 2, 2, 2, 9, 9),
                calls(THREE, Window.of(3, 2, 1), 1, 2, 2, 2, 9, 9),
                calls(Window.of(5, 1, 2), THREE, 1, 2, 2, 2, 9, 9),
                calls(new Window(3, 1, 2, 2, 2), THREE, 1, 2, 2, 2, 9, 9),
                calls(THREE, THREE, 1, 2, 2, 2, 2, 9));
        for (Call call : others.stream().flatMap(List::stream).toList()) {
            assertThat(call.by(ALONE)).as(call.op.toString()).isEmpty();
        }
        WinogradConvolutions choosy = new WinogradConvolutions(Workers.NONE, 3, 3);
        assertThat(calls(THREE, THREE, 1, 3, 3, 3, 9, 9).get(0).by(choosy)).isPresent();
        assertThat(calls(THREE, THREE, 1, 2, 3, 3, 9, 9).get(0).by(choosy)).isEmpty();
        assertThat(calls(THREE, THREE, 1, 3, 2, 3, 9, 9).get(0).by(choosy)).isEmpty();
    }

    /** It spreads within its strip of four rows and the columns that see it, and no further. */
    @Test
    void aNumberThatIsNoneStaysNearItsPlace() {
        Call call = calls(THREE, THREE, 1, 1, 1, 1, 16, 16).get(0);
        call.inputs[0].set(Double.NaN, 0, 0, 6, 5);
        Tensor result = call.by(ALONE).orElseThrow();
        for (int row = 0; row < 16; row++) {
            for (int column = 0; column < 16; column++) {
                boolean sees = Math.abs(row - 6) <= 1 && Math.abs(column - 5) <= 1;
                boolean mayBe = row >= 4 && row < 8 && Math.abs(column - 5) <= 1;
                if (sees) {
                    assertThat(result.get(0, 0, row, column))
                            .as("row %d, column %d", row, column)
                            .isNaN();
                } else if (!mayBe) {
                    assertThat(result.get(0, 0, row, column))
                            .as("row %d, column %d", row, column)
                            .isNotNaN();
                }
            }
        }
    }

    /** Half of the images at most are laid out at once. */
    @Test
    void buffersTakeLessThanInputAndOutput() {
        for (Call call : calls(THREE, THREE, 1, 32, 16, 16, 32, 32)) {
            DoublePixels buffers = new DoublePixels();
            Tensor result = call.by(new WinogradConvolutions(() -> buffers, Workers.NONE, 1, 1))
                    .orElseThrow();

            assertThat(buffers.bytes())
                    .as("bytes of buffers for %s", call.op)
                    .isPositive()
                    .isLessThan(Double.BYTES * ((long) call.inputs[0].size() + result.size()));
        }
    }
}
