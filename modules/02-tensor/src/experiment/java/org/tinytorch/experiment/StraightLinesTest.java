package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.StraightLines.Search;
import org.tinytorch.experiment.StraightLines.Step;
import org.tinytorch.tensor.Tensor;

/** Holds the closing experiment of module 02 to its claims. */
final class StraightLinesTest {

    @Test
    @DisplayName("two matrix products are one")
    void twoAreOne() {
        Tensor x = StraightLines.points();
        Tensor both = StraightLines.first().matmul(StraightLines.second());
        assertThat(both.data()).as("the product of the nine weights").containsExactly(4, 9);
        assertThat(x.matmul(StraightLines.first()).matmul(StraightLines.second()).data())
                .as("(x A) B for the four points")
                .containsExactly(0, 9, 4, 13);
        assertThat(x.matmul(both).data()).as("x (A B) for the four points: the same").containsExactly(0, 9, 4, 13);
    }

    @Test
    @DisplayName("ten steps with biases are one step, with a tenth of the numbers")
    void tenStepsAreOne() {
        List<Step> steps = StraightLines.randomSteps();
        assertThat(steps).as("steps in a row").hasSize(10);
        assertThat(steps.stream().mapToInt(Step::numbers).sum()).as("numbers of all ten").isEqualTo(720);
        assertThat(StraightLines.oneStep(steps).numbers())
                .as("numbers of the one")
                .isEqualTo(72);
        assertThat(StraightLines.largestDifference(steps))
                .as("largest difference between ten steps in a row and the one that they come down to")
                .isLessThan(1e-12);
    }

    @Test
    @DisplayName("lines find AND and OR")
    void linesFindAndAndOr() {
        Search and = StraightLines.search("AND", 0, 0, 0, 1);
        Search or = StraightLines.search("OR", 0, 1, 1, 1);
        assertThat(and.best()).as("points of AND that the best line gets right").isEqualTo(4);
        assertThat(or.best()).as("points of OR that the best line gets right").isEqualTo(4);
        assertThat(and.lines().get(4)).as("lines that get all four points of AND right").isEqualTo(364);
        assertThat(or.lines().get(4)).as("lines that get all four points of OR right").isEqualTo(650);
    }

    @Test
    @DisplayName("no line finds XOR: the best gets three points of four")
    void noLineFindsXor() {
        Search xor = StraightLines.search("XOR", 0, 1, 1, 0);
        assertThat(xor.lines().stream().mapToInt(Integer::intValue).sum())
                .as("lines tried")
                .isEqualTo(15_625);
        assertThat(xor.best()).as("points of XOR that the best line gets right").isEqualTo(3);
        assertThat(xor.lines().get(4)).as("lines that get all four points of XOR right").isZero();
        assertThat(xor.lines().get(3)).as("lines that get three points of XOR right").isPositive();
    }

    @Test
    @DisplayName("the search is what it says: a line counts where it is above 0, as checked one by one")
    void searchByHand() {
        int[] wanted = {0, 1, 1, 0};
        int[] lines = new int[5];
        for (int p = -12; p <= 12; p++) {
            for (int q = -12; q <= 12; q++) {
                for (int c = -12; c <= 12; c++) {
                    int[] fourTimes = {c, q + c, p + c, p + q + c}; // in quarters: exact
                    int right = 0;
                    for (int i = 0; i < 4; i++) {
                        right += (fourTimes[i] > 0 ? 1 : 0) == wanted[i] ? 1 : 0;
                    }
                    lines[right]++;
                }
            }
        }
        assertThat(StraightLines.search("XOR", wanted).lines())
                .as("lines with 0, 1, 2, 3 and 4 points right, against three plain loops")
                .containsExactly(lines[0], lines[1], lines[2], lines[3], lines[4]);
    }
}
