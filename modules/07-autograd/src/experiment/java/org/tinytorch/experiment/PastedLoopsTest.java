package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.PastedLoops.Moons;
import org.tinytorch.experiment.PastedLoops.Run;

/** Holds the closing experiment of module 07 to its claims. */
final class PastedLoopsTest {

    private static Run four;
    private static Run eight;
    private static Run sixteen;
    private static Run mended;

    @BeforeAll
    static void train() { // none of them throws: that is the first claim
        four = PastedLoops.four();
        eight = PastedLoops.eight();
        sixteen = PastedLoops.sixteen();
        mended = PastedLoops.sixteenMended();
    }

    @Test
    @DisplayName("the data are two moons of 200 points in all")
    void data() {
        Moons moons = PastedLoops.training();
        assertThat(moons.x().shape().dims()).as("shape of the points").containsExactly(200, 2);
        assertThat(moons.y().mean().item()).as("the part that lies on the second moon").isBetween(0.4, 0.6);
    }

    @Test
    @DisplayName("without zeroGrad the largest network ends much worse than both others")
    void worse() {
        assertThat(eight.finalLoss()).as("loss with 8 hidden neurons, against 4").isLessThan(four.finalLoss());
        assertThat(sixteen.finalLoss())
                .as("loss with 16 hidden neurons and no zeroGrad, against ten times that with 4")
                .isGreaterThan(10 * four.finalLoss());
        assertThat(sixteen.rightNew())
                .as("part of the new points that is right with no zeroGrad, against 4 hidden neurons")
                .isLessThan(four.rightNew() - 0.03);
    }

    @Test
    @DisplayName("and still looks like a network that learns")
    void looksHarmless() {
        assertThat(sixteen.finalLoss())
                .as("loss at the end, against the start")
                .isLessThan(sixteen.course().get(0));
        assertThat(sixteen.right()).as("points right though zeroGrad is missing").isGreaterThan(0.85);
        assertThat(sixteen.course()).as("losses, none of them infinite or NaN").allMatch(Double::isFinite);
    }

    @Test
    @DisplayName("the line put back, the largest network has the lowest loss")
    void mended() {
        assertThat(mended.course().get(0)).as("the same start").isEqualTo(sixteen.course().get(0));
        assertThat(mended.finalLoss())
                .as("loss with 16 hidden neurons and zeroGrad, against that with 8")
                .isLessThan(eight.finalLoss());
        assertThat(mended.finalLoss())
                .as("loss with zeroGrad, against a twentieth of that without")
                .isLessThan(sixteen.finalLoss() / 20);
    }

    @Test
    @DisplayName("the figures are those that the lesson names")
    void figures() {
        assertThat(four.finalLoss()).as("4 hidden neurons").isCloseTo(0.0422, within(0.0005));
        assertThat(eight.finalLoss()).as("8 hidden neurons").isCloseTo(0.0246, within(0.0005));
        assertThat(sixteen.finalLoss()).as("16, without zeroGrad").isCloseTo(0.5402, within(0.0005));
        assertThat(mended.finalLoss()).as("16, with zeroGrad").isCloseTo(0.0227, within(0.0005));
        assertThat(four.rightNew()).as("4 hidden neurons, new points right").isCloseTo(0.985, within(0.003));
        assertThat(eight.rightNew()).as("8 hidden neurons, new points right").isCloseTo(0.983, within(0.003));
        assertThat(sixteen.rightNew()).as("16, without zeroGrad, new points right").isCloseTo(0.921, within(0.003));
    }
}
