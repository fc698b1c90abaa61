package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Holds the closing experiment of module 08 to its claims. */
final class PixelOrderTest {

    private static final PixelOrder.Figures FIGURES = PixelOrder.figures();

    @Test
    void theNetworkReadsTheFigures() {
        assertThat(FIGURES.asTheyAre()).as("share of unseen figures read rightly").isGreaterThan(0.9);
    }

    @Test
    void theOrderOfThePixelsIsNothingToIt() {
        assertThat(FIGURES.permuted())
                .as("share of figures with permuted pixels read rightly, against %s as they are", FIGURES.asTheyAre())
                .isBetween(FIGURES.asTheyAre() - 0.05, FIGURES.asTheyAre() + 0.05);
    }

    @Test
    void onePixelAsideAndMostIsLost() {
        assertThat(FIGURES.movedRight()).as("share of figures moved right read rightly").isLessThan(0.5);
        assertThat(FIGURES.movedDown()).as("share of figures moved down read rightly").isLessThan(0.5);
        assertThat((FIGURES.movedRight() + FIGURES.movedDown()) / 2)
                .as("the same, on average over both moves")
                .isLessThan(FIGURES.asTheyAre() - 0.3);
    }
}
