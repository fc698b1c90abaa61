package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensors;

class ImageTextTest {
    @Test
    void brightPixelsGetDenseSignsTwiceAsWideAsHigh() {
        assertThat(ImageText.rows(Tensors.of(new double[][] {{0, 1}, {0.55, 2}})))
                .containsExactly("  @@", "++@@");
    }

    @Test
    void blocksStandNextToEachOtherUnderTheirCaptions() {
        String text =
                ImageText.sideBySide(List.of("1 as 7", "3 as 8"), List.of(List.of("@@", ".."), List.of("##", "::")));

        assertThat(text.lines()).containsExactly("1 as 7   3 as 8", "@@       ##", "..       ::");
    }
}
