package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class AvgPool2dTest {
    private static Tensor image(int rows, int columns, double... pixels) {
        return Tensors.of(pixels, 1, 1, rows, columns);
    }

    @Test
    void takesTheMeanOfEachWindow() {
        assertThat(new AvgPool2d(2)
                        .forward(image(2, 4, 1, 5, 2, 0, 3, 7, -1, 7))
                        .data())
                .containsExactly(4, 2);
    }

    @Test
    void paddingCountsAsZeros() {
        assertThat(new AvgPool2d(2, 2, 1).forward(image(2, 2, 4, 8, 12, 16)).data())
                .as("one pixel and three zeros each")
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void theGradientIsSharedEvenly() {
        Tensor x = image(2, 3, 1, 2, 3, 4, 5, 6).requiresGrad(true);
        new AvgPool2d(2, 1, 0).forward(x).backward(Tensors.of(new double[] {4, 8}, 1, 1, 1, 2));
        assertThat(x.grad().orElseThrow().data()).containsExactly(1, 3, 2, 1, 3, 2);
    }

    @Test
    void aNanSpoilsTheWindowsThatSeeItAndNoOthers() {
        assertThat(new AvgPool2d(2)
                        .forward(image(2, 4, Double.NaN, 1, 2, 3, 1, 1, 4, 7))
                        .data())
                .containsExactly(Double.NaN, 4);
    }

    @Test
    void theNumberOfPixelsInAWindowMayExceedAnInt() {
        Window wide = new Window(1 << 16, 1, 1, 1 << 15, (1 << 15) - 1);
        assertThat(new AvgPool(wide, wide).count())
                .as("65536 squared is 0 in 32 bits")
                .isEqualTo(4_294_967_296.0);
    }

    @Test
    void cellsOfAnAdaptivePoolShareRowsThatDoNotDivide() {
        assertThat(new AdaptiveAvgPool2d(1, 2).forward(image(1, 3, 1, 3, 7)).data())
                .as("columns 0 and 1, columns 1 and 2")
                .containsExactly(2, 5);
        assertThat(new AdaptiveAvgPool2d(1, 4).forward(image(1, 2, 1, 3)).data())
                .as("more cells than columns")
                .containsExactly(1, 1, 3, 3);
        assertThat(new AdaptiveAvgPool2d(1, 1).forward(image(2, 2, 1, 2, 3, 6)).data())
                .containsExactly(3);
    }

    @Test
    void theGlobalMeanIsThatOfAWholeMap() {
        Tensor y = new GlobalAvgPool2d().forward(Tensors.of(new double[] {1, 5, 2, -4}, 2, 1, 2, 1));
        assertThat(y.shape().dims()).containsExactly(2, 1);
        assertThat(y.data()).containsExactly(3, -1);
    }

    @Test
    void arePrintedWithTheirOptions() {
        assertThat(new AvgPool2d(Window.of(3, 2, 1), new Window(2, 1, 1, 0, 1)))
                .hasToString("AvgPool2d(kernel=3x2, stride=2x1, padding=1x(0,1))");
        assertThat(new AdaptiveAvgPool2d(2, 3)).hasToString("AdaptiveAvgPool2d(2x3)");
        assertThat(new GlobalAvgPool2d()).hasToString("GlobalAvgPool2d()");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AvgPool2d(2, 1, 2))
                .withMessageContainingAll("avgPool2d: padding 2", "at most 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AvgPool2d(3).forward(Tensors.zeros(1, 1, 3, 2)))
                .withMessageContainingAll("avgPool2d: input (1, 1, 3, 2), columns", "spans 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveAvgPool2d(2, 2).forward(Tensors.zeros(3, 4, 4)))
                .withMessageContainingAll("adaptiveAvgPool2d: input (3, 4, 4)", "unsqueeze(0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveAvgPool2d(0, 1))
                .withMessageContaining("adaptiveAvgPool2d: a result of 0 x 1 is not possible");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GlobalAvgPool2d().forward(Tensors.zeros(1, 2, 0, 3)))
                .withMessageContaining("globalAvgPool2d: input (1, 2, 0, 3) holds images without pixels");
    }
}
