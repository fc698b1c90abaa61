package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.FlatAccuracy.Nudge;

/** Holds the closing experiment of module 04 to its claims. */
final class FlatAccuracyTest {
    private static final double[] BEFORE = FlatAccuracy.outputs(FlatAccuracy.network());

    @Test
    @DisplayName("the network gets three points of four right")
    void threeOfFour() {
        assertThat(BEFORE).as("the outputs for the four points").containsExactly(-0.5, 0.5, 0.5, 1.1);
        assertThat(FlatAccuracy.accuracy(BEFORE)).as("its accuracy").isEqualTo(0.75);
    }

    @Test
    @DisplayName("no nudge moves the accuracy")
    void accuracyIsFlat() {
        List<Nudge> nudges = FlatAccuracy.nudges();
        assertThat(nudges).as("nudges: nine numbers, each up and down").hasSize(18);
        assertThat(FlatAccuracy.moved(nudges, 0.75)).as("nudges that move the accuracy").isZero();
    }

    @Test
    @DisplayName("every nudge moves the output of the wrong point, half of them the right way")
    void outputMoves() {
        List<Nudge> nudges = FlatAccuracy.nudges();
        assertThat(FlatAccuracy.moved(nudges, BEFORE)).as("nudges that move the output for (1, 1)").isEqualTo(18);
        assertThat(nudges.stream().filter(nudge -> nudge.wrongOutput() < 1.1).count())
                .as("nudges that bring the output for (1, 1) nearer to 0")
                .isEqualTo(9);
    }

    @Test
    @DisplayName("along the weight that is to blame, accuracy is a step between -1.4 and -1.6")
    void staircase() {
        List<Nudge> walk = FlatAccuracy.walk();
        assertThat(walk).extracting(Nudge::accuracy)
                .as("accuracy along 2.weight[1] from -0.4 to -2")
                .containsExactly(0.75, 0.75, 0.75, 0.75, 0.75, 0.75, 1.0, 1.0, 1.0);
        for (int i = 1; i < walk.size(); i++) {
            assertThat(walk.get(i).wrongOutput())
                    .as("the output for (1, 1) falls on the whole way, here at step %d", i)
                    .isLessThan(walk.get(i - 1).wrongOutput());
        }
    }
}
