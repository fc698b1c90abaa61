package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    @ParameterizedTest(name = "length {0}, size {1}, stride {2}, dilation {3}, padding {4} and {5}")
    @CsvSource({
        "5, 3, 1, 1, 0, 0, 3",
        "5, 3, 1, 1, 1, 1, 5",
        "5, 3, 2, 1, 0, 0, 2", // starts at 0 and 2
        "6, 3, 2, 1, 0, 0, 2", // the last pixel is not seen
        "7, 3, 2, 1, 0, 0, 3",
        "7, 3, 1, 2, 0, 0, 3", // spans 5
        "7, 3, 1, 3, 0, 0, 1", // spans 7
        "4, 2, 3, 1, 0, 2, 2",
        "1, 1, 9, 1, 0, 0, 1",
        "3, 3, 1, 1, 0, 0, 1",
        "0, 1, 1, 1, 1, 0, 1"
    })
    void outputsAreThePlacesWhereTheWindowFits(
            int length, int size, int stride, int dilation, int before, int after, int outputs) {
        assertThat(new Window(size, stride, dilation, before, after).outputs(length))
                .isEqualTo(outputs);
    }

    @Test
    void startsAStrideApartAndInThePadding() {
        Window window = Window.of(3, 2, 1);
        assertThat(window.start(0)).isEqualTo(-1);
        assertThat(window.start(3)).isEqualTo(5);
        assertThat(new Window(3, 1, 4, 0, 0).span()).isEqualTo(9);
    }

    @ParameterizedTest(name = "size {0}, dilation {1}: {2} before, {3} after")
    @CsvSource({"1, 1, 0, 0", "3, 1, 1, 1", "2, 1, 0, 1", "4, 1, 1, 2", "3, 2, 2, 2", "4, 3, 4, 5"})
    void samePaddingKeepsTheLengthAndPutsTheOddZeroBehind(int size, int dilation, int before, int after) {
        Window same = Window.same(size, dilation);

        assertThat(same).isEqualTo(new Window(size, 1, dilation, before, after));
        for (int length = 1; length < 9; length++) {
            assertThat(same.outputs(length)).isEqualTo(length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 0, 0, a kernel size of 0 is not possible; use at least 1",
        "1, 0, 1, 0, 0, a stride of 0 is not possible; use at least 1",
        "1, 1, -2, 0, 0, a dilation of -2 is not possible; use at least 1",
        "1, 1, 1, -1, 0, a padding of -1 is not possible; use at least 0",
        "1, 1, 1, 0, -1, a padding of -1 is not possible; use at least 0",
        "3, 1, 1073741824, 0, 0, a kernel of 3 with a dilation of 1073741824 spans more than 2^31 - 1 pixels"
    })
    void numbersOutOfRangeAreRefused(int size, int stride, int dilation, int before, int after, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Window(size, stride, dilation, before, after))
                .withMessageContaining("window: " + message);
    }

    @Test
    void samePaddingThatOverflowsIsNotTakenForANegativeOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.same(4, 1 << 30))
                .withMessageContaining("spans more than 2^31 - 1 pixels");
    }

    @Test
    void aKernelLargerThanThePaddedInputIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Window(3, 1, 2, 1, 0).outputs(3))
                .withMessage("window: a kernel that spans 5 is larger than its input of 3 with padding 1 and 0; "
                        + "use a smaller kernel or more padding");
    }

    @Test
    void soMuchPaddingThatTheLengthOverflowsIsRefusedForWhatItIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.of(3, 1, Integer.MAX_VALUE).outputs(8))
                .withMessageContainingAll("input of 8 with padding 2147483647", "longer than 2^31 - 1");
        assertThat(new Window(3, Integer.MAX_VALUE, 1, Integer.MAX_VALUE - 8, 0).outputs(8))
                .as("the longest that is possible")
                .isEqualTo(1);
    }

    @Test
    void tapsCanStepOverAShortInput() {
        Window window = new Window(2, 1, 3, 1, 1); // taps at -1 and 2
        assertThat(window.meets(0, 2)).isFalse();
        assertThat(window.meets(0, 3)).isTrue();
        assertThat(Window.of(3, 2, 1).meets(0, 1)).isTrue();
    }
}
