package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Small numbers, worked out by hand. */
class Conv2dForwardTest {
    private static final Generator ANY = new Generator(1);

    /** {@code 1 2 3 / 4 5 6 / 7 8 9}. */
    private static final Tensor IMAGE = Tensors.arange(1, 10).reshape(1, 1, 3, 3);

    private static final double[] KERNEL = {1, 2, 3, 4};

    private static Conv2d layer(Conv2d.Builder options, double bias, double... weight) {
        Conv2d layer = options.build(ANY);
        layer.weight().copyFrom(Tensors.of(weight, layer.weight().shape()));
        layer.bias().ifPresent(values -> values.fill(bias));
        return layer;
    }

    private static void assertImage(Tensor actual, int rows, int columns, double... values) {
        assertThat(actual.shape().dims()).containsExactly(1, 1, rows, columns);
        assertThat(actual.data()).containsExactly(values);
    }

    @Test
    void theKernelIsNotFlipped() {
        // 1·1 + 2·2 + 4·3 + 5·4 = 37, and so on
        assertImage(layer(Conv2d.builder(1, 1, 2), 0.5, KERNEL).forward(IMAGE), 2, 2, 37.5, 47.5, 67.5, 77.5);
    }

    @Test
    void paddingIsZeros() {
        assertImage(
                layer(Conv2d.builder(1, 1, 2).padding(1).noBias(), 0, KERNEL).forward(IMAGE), 4, 4, new double[] {
                    4, 11, 18, 9, 18, 37, 47, 21, 36, 67, 77, 33, 14, 23, 26, 9
                });
    }

    @Test
    void aStrideLeavesPlacesOut() {
        assertImage(
                layer(Conv2d.builder(1, 1, 2).stride(2, 1).noBias(), 0, KERNEL).forward(IMAGE), 1, 2, 37, 47);
    }

    @Test
    void aDilationSpreadsTheTaps() {
        // the corners: 1·1 + 3·2 + 7·3 + 9·4
        assertImage(
                layer(Conv2d.builder(1, 1, 2).dilation(2).noBias(), 0, KERNEL).forward(IMAGE), 1, 1, 64);
    }

    @Test
    void anEvenKernelWithSamePaddingSeesTheZerosBelowAndAtTheRight() {
        assertImage(layer(Conv2d.builder(1, 1, 2).same().noBias(), 0, KERNEL).forward(IMAGE), 3, 3, new double[] {
            37, 47, 21, 67, 77, 33, 23, 26, 9
        });
    }

    @Test
    void channelsAreSummedAndEveryOutputHasItsOwnKernels() {
        Tensor x = Tensors.of(new double[] {1, 2, 10, 20}, 1, 2, 1, 2);
        Conv2d layer = layer(Conv2d.builder(2, 3, 1).noBias(), 0, 1, 1, 0, 1, 2, -1);
        assertThat(layer.forward(x).data()).containsExactly(11, 22, 10, 20, -8, -16);
    }

    @Test
    void aGroupSeesItsOwnChannelsOnly() {
        Tensor x = Tensors.of(new double[] {1, 10, 100, 1000}, 1, 4, 1, 1);
        Conv2d layer = layer(Conv2d.builder(4, 2, 1).groups(2).noBias(), 0, 1, 2, 3, 4);
        assertThat(layer.weight().shape().dims()).containsExactly(2, 2, 1, 1);
        assertThat(layer.forward(x).data()).containsExactly(21, 4300);
    }

    @Test
    void aNanSpoilsTheWindowsThatSeeItAndNoOthers() {
        Tensor x = IMAGE.copy();
        x.set(Double.NaN, 0, 0, 0, 0);
        Tensor y = layer(Conv2d.builder(1, 1, 2).noBias(), 0, KERNEL).forward(x);
        assertThat(y.data()).containsExactly(Double.NaN, 47, 67, 77);
    }

    @Test
    void anEmptyBatchGivesAnEmptyBatch() {
        Conv2d layer = new Conv2d(3, 4, 3, ANY);
        Tensor y = layer.forward(Tensors.zeros(0, 3, 5, 6));
        assertThat(y.shape().dims()).containsExactly(0, 4, 3, 4);
        y.sum().backward();
        assertThat(layer.weight().grad().orElseThrow().data()).containsOnly(0);
    }

    @Test
    void inputsThatDoNotFitAreNamed() {
        Conv2d layer = new Conv2d(3, 4, 3, ANY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(2, 4, 5, 5)))
                .withMessageContainingAll("conv2d: input (2, 4, 5, 5) has 4 channels", "expects 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(3, 5, 5)))
                .withMessageContainingAll("conv2d: input (3, 5, 5)", "unsqueeze(0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(2, 3, 2, 5)))
                .withMessageContainingAll("conv2d: input (2, 3, 2, 5), rows", "spans 3", "more padding");
    }
}
