package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class MaxPool2dTest {
    private static final double NAN = Double.NaN;

    private static Tensor image(int rows, int columns, double... pixels) {
        return Tensors.of(pixels, 1, 1, rows, columns);
    }

    private static double[] gradient(Layer layer, Tensor x, double... seed) {
        Tensor leaf = x.copy().requiresGrad(true);
        Tensor y = layer.forward(leaf);
        y.backward(Tensors.of(seed, y.shape()));
        return leaf.grad().orElseThrow().data();
    }

    @Test
    void keepsTheLargestOfEachWindow() {
        Tensor x = image(2, 4, 1, 5, 2, 0, 3, 4, -1, 7);
        assertThat(new MaxPool2d(2).forward(x).data()).containsExactly(5, 7);
        assertThat(gradient(new MaxPool2d(2), x, 10, 20)).containsExactly(0, 10, 0, 0, 0, 0, 0, 20);
    }

    @Test
    void rowsAndColumnsThatFillNoWindowAreLeftOut() {
        assertThat(new MaxPool2d(2)
                        .forward(image(3, 3, 1, 2, 9, 3, 4, 9, 9, 9, 9))
                        .data())
                .containsExactly(4);
    }

    @Test
    void ofEqualPixelsTheFirstGetsTheGradient() {
        assertThat(gradient(new MaxPool2d(2), image(2, 2, 3, 3, 3, 3), 5)).containsExactly(5, 0, 0, 0);
    }

    @Test
    void aPixelThatWinsSeveralWindowsCollects() {
        assertThat(gradient(new MaxPool2d(2, 1, 0), image(2, 3, 0, 9, 0, 1, 1, 1), 5, 7))
                .containsExactly(0, 12, 0, 0, 0, 0);
    }

    @Test
    void nanWinsAndGetsTheGradient() {
        Tensor x = image(2, 2, NAN, 1, Double.POSITIVE_INFINITY, 2);
        assertThat(new MaxPool2d(2).forward(x).data()).containsExactly(NAN);
        assertThat(gradient(new MaxPool2d(2), x, 5)).containsExactly(5, 0, 0, 0);
    }

    @Test
    void paddingNeverWins() {
        Tensor x = image(1, 1, Double.NEGATIVE_INFINITY);
        assertThat(new MaxPool2d(2, 1, 1).forward(x).data()).containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(new MaxPool2d(3, 1, 1).forward(image(1, 2, -5, -6)).data()).containsExactly(-5, -5);
        assertThat(gradient(new MaxPool2d(3, 1, 1), image(1, 2, -5, -6), 1, 2)).containsExactly(3, 0);
    }

    @Test
    void aWindowThatSeesOnlyPaddingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaxPool2d(3, 1, 2))
                .withMessageContainingAll("maxPool2d: padding 2", "half of the kernel size 3", "at most 1");
        MaxPool2d stepping = new MaxPool2d(new Window(2, 1, 3, 1, 1), Window.of(1, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stepping.forward(Tensors.zeros(1, 1, 2, 4)))
                .withMessageContainingAll(
                        "maxPool2d: input (1, 1, 2, 4), rows", "dilation of 3", "nothing but padding", "less dilation");
        assertThat(stepping.forward(image(3, 1, 1, 2, 3)).data())
                .as("a longer image is met: the taps of the outputs are -1 and 2, 0 and 3")
                .containsExactly(3, 1);
    }

    @Test
    void isPrintedWithItsWindows() {
        assertThat(new MaxPool2d(2)).hasToString("MaxPool2d(kernel=2x2, stride=2x2, padding=0x0)");
        assertThat(new MaxPool2d(new Window(3, 2, 2, 1, 0), Window.of(2, 1, 1)))
                .hasToString("MaxPool2d(kernel=3x2, stride=2x1, padding=(1,0)x1, dilation=2x1)");
    }

    @Test
    void theGlobalMaximumIsThatOfAWholeMap() {
        Tensor x = Tensors.of(new double[] {1, 5, 2, -3, -1, -2}, 1, 2, 1, 3);
        Tensor y = new GlobalMaxPool2d().forward(x);
        assertThat(y.shape().dims()).containsExactly(1, 2);
        assertThat(y.data()).containsExactly(5, -1);
        assertThat(gradient(new GlobalMaxPool2d(), image(1, 2, 4, 4), 6))
                .as("equal ones share the gradient")
                .containsExactly(3, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GlobalMaxPool2d().forward(Tensors.zeros(2, 3)))
                .withMessageContaining("globalMaxPool2d: input (2, 3) is not (N, C, H, W)");
    }
}
