package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.AllAlike.Run;
import org.tinytorch.tensor.Tensors;

/** Holds the closing experiment of module 13 to its claims. */
final class AllAlikeTest {

    @Test
    @DisplayName("of the difference of two numbers three tenths are left after each round of averages")
    void averages() {
        for (int rounds = 0; rounds <= AllAlike.LAYERS; rounds++) {
            double[] x = AllAlike.averaged(rounds);
            assertThat(x[1] - x[0]).as("difference after %d rounds", rounds).isCloseTo(10 * Math.pow(0.3, rounds), within(1e-9));
        }
    }

    @Test
    @DisplayName("the likeness is 1 for vectors of one direction, 0 for right angles, and averages over pairs")
    void likeness() {
        assertThat(AllAlike.likeness(Tensors.of(new double[][] {{1, 2}, {3, 6}}).unsqueeze(0))).as("one direction").isCloseTo(1, within(1e-12));
        assertThat(AllAlike.likeness(Tensors.of(new double[][] {{1, 0}, {0, 3}}).unsqueeze(0))).as("a right angle").isCloseTo(0, within(1e-12));
        assertThat(AllAlike.likeness(Tensors.of(new double[][] {{1, 0}, {0, 3}, {2, 0}}).unsqueeze(0))).as("one pair of three alike").isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    @DisplayName("random vectors become more alike behind each layer, and behind the second they are the same to a ten-thousandth")
    void collapse() {
        double[] drawn = AllAlike.likenesses(1);
        assertThat(drawn).as("before the first layer and behind each").hasSize(AllAlike.LAYERS + 1);
        assertThat(drawn[0]).as("of random vectors").isCloseTo(0, within(0.05));
        assertThat(drawn[1]).as("behind one layer").isBetween(0.7, 0.9);
        assertThat(drawn[2]).as("behind two layers").isGreaterThan(0.9999);
        assertThat(drawn[AllAlike.LAYERS]).as("behind four layers").isCloseTo(1, within(1e-9));
    }

    @Test
    @DisplayName("larger weights only put it off")
    void larger() {
        double[] larger = AllAlike.likenesses(Math.sqrt(3));
        assertThat(larger).as("behind each layer").isSorted();
        assertThat(larger[1]).as("behind one layer").isLessThan(0.6);
        assertThat(larger[AllAlike.LAYERS]).as("behind four layers").isGreaterThan(0.999);
    }

    @Test
    @DisplayName("one layer learns which letter stands at a place, four do not")
    void learning() {
        assertThat(AllAlike.learn(0).right()).as("right without attention").isEqualTo(1);
        assertThat(AllAlike.learn(1).right()).as("right with one layer").isGreaterThan(0.99);
        assertThat(AllAlike.learn(2).right()).as("right with two layers").isGreaterThan(0.97);
        Run deep = AllAlike.learn(AllAlike.LAYERS);
        assertThat(deep.right()).as("right with four layers").isLessThan(0.4);
        assertThat(deep.loss()).as("loss with four layers").isGreaterThan(1.5);
    }
}
