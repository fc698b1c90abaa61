package org.tinytorch.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalTest {
    @ParameterizedTest
    @CsvSource({"8, 0", "4, 0.5", "2, 1", "1, 1", "0, 1", "16, 0"})
    void aFactorCountsInHalvings(double value, double way) {
        Goal quarter = Goal.timesLess("time", 4, 40);

        assertThat(quarter.aim(8)).isEqualTo(2);
        assertThat(quarter.way(8, value)).isCloseTo(way, within(1e-12));
        assertThat(quarter.earned(8, value)).isCloseTo(40 * way, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"10, 0", "20, 0.5", "40, 1", "5, 0", "0, 0"})
    void moreIsBetterToo(double value, double way) {
        assertThat(Goal.timesMore("tokens", 4, 1).way(10, value)).isCloseTo(way, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0.90, 0", "0.92, 0.5", "0.94, 1", "0.99, 1", "0.80, 0"})
    void aValueCountsInDifferences(double value, double way) {
        assertThat(Goal.atLeast("accuracy", 0.94, 1).way(0.90, value)).isCloseTo(way, within(1e-9));
        assertThat(Goal.atMost("loss", -0.94, 1).way(-0.90, -value)).isCloseTo(way, within(1e-9));
    }

    @Test
    void whatTheBaselineReachesCanOnlyBeKeptOrLost() {
        Goal goal = Goal.atLeast("accuracy", 0.96, 1);

        assertThat(goal.way(0.97, 0.965)).isEqualTo(1);
        assertThat(goal.way(0.97, 0.95)).isZero();
        assertThat(Goal.timesLess("size", 4, 1).way(0, 5)).isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Goal.timesLess("time", 1, 40)).hasMessageContaining("a factor is above 1");
        assertThatThrownBy(() -> Goal.atLeast("accuracy", Double.NaN, 40)).hasMessageContaining("a finite number");
        assertThatThrownBy(() -> Goal.atLeast("accuracy", 0.9, 0)).hasMessageContaining("give it some");
        assertThatThrownBy(() -> Goal.timesLess("loss", 2, 1).way(-1, 1)).hasMessageContaining("atLeast or atMost");
        assertThatThrownBy(() -> Limit.falls("accuracy", -1)).hasMessageContaining("give 0 or more");
        assertThatThrownBy(() -> Limit.falls("accuracy", Double.NaN)).hasMessageContaining("give 0 or more");
    }

    @Test
    void aLimitForgivesRoundingAndNothingElse() {
        Limit fall = Limit.falls("accuracy", 0.01);

        assertThat(fall.holds(0.97, 0.96)).isTrue();
        assertThat(fall.holds(0.97, 0.9599)).isFalse();
        assertThat(fall.holds(0.97, 0.99)).isTrue();
        assertThat(fall.holds(0.97, Double.NaN)).isFalse();
        assertThat(Limit.rises("loss", 0.05).holds(1.30, 1.35)).isTrue();
        assertThat(Limit.rises("loss", 0.05).holds(1.30, 1.36)).isFalse();
        assertThat(Limit.rises("loss", 0.05).holds(1.30, 1.1)).isTrue();
    }

    @Test
    void allSayWhatTheyAre() {
        assertThat(Goal.timesLess("time", 4, 40)).hasToString("time: 4 times less");
        assertThat(Goal.timesMore("tokens", 2.5, 40)).hasToString("tokens: 2.50 times more");
        assertThat(Goal.atLeast("accuracy", 0.97, 40)).hasToString("accuracy: at least 0.9700");
        assertThat(Goal.atMost("size", 20480, 40)).hasToString("size: at most 20 KiB");
        assertThat(Goal.atMost("time", 0.002, 40)).hasToString("time: at most 2 ms");
        assertThat(Limit.falls("accuracy", 0.01)).hasToString("accuracy: may fall by 0.01");
        assertThat(Limit.rises("loss", 2)).hasToString("loss: may rise by 2");
    }
}
