package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.MostlyProducts.Kind;
import org.tinytorch.experiment.MostlyProducts.Notes;
import org.tinytorch.experiment.MostlyProducts.Step;

/** Holds the closing experiment of module 14 to its claims. */
final class MostlyProductsTest {

    @Test
    @DisplayName("nine tenths of a step's multiply-adds are in matrix products")
    void products() {
        Notes notes = new Step(64).watched();
        assertThat(notes.share(Kind.PRODUCTS)).as("share of the matrix products").isCloseTo(0.9, within(0.01));
        for (Kind kind : Kind.values()) {
            assertThat(notes.of(kind).calls()).as("operations of the kind %s", kind).isPositive();
        }
    }

    @Test
    @DisplayName("they are as many as the formula says")
    void formula() {
        for (int width : new int[] {16, 32}) {
            assertThat(new Step(width).watched().of(Kind.PRODUCTS).multiplyAdds())
                    .as("multiply-adds of the products, %d wide", width)
                    .isEqualTo(MostlyProducts.predicted(width));
        }
    }

    @Test
    @DisplayName("the wider the model, the larger their share")
    void wider() {
        double before = 0;
        for (int width : new int[] {16, 32, 64}) {
            double share = new Step(width).watched().share(Kind.PRODUCTS);
            assertThat(share).as("share of the products, %d wide", width).isGreaterThan(before);
            before = share;
        }
    }

    @Test
    @DisplayName("taking notes changes nothing")
    void sameLoss() {
        Step plain = new Step(16);
        Step watched = new Step(16);
        double first = plain.make();
        watched.watched();
        assertThat(watched.make()).as("loss after a watched step").isEqualTo(plain.make()).isLessThan(first);
    }
}
