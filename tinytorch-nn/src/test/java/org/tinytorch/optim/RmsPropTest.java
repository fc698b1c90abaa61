package org.tinytorch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Parameter;

class RmsPropTest {
    private static final Offset<Double> CLOSE = within(1e-13);

    private final Parameter w = Fixtures.parameter(1);

    private RmsProp optimizer() {
        return new RmsProp(List.of(w), 0.1).alpha(0.75).epsilon(0);
    }

    @Test
    void dividesByTheRootOfTheMeanSquare() {
        // s = ¼ · 4 = 1; then ¾ + ¼ · 1 = 1
        assertThat(Fixtures.path(optimizer(), w, 2, 1))
                .containsExactly(new double[] {1 - 0.1 * 2, 1 - 0.1 * 2 - 0.1}, CLOSE);
    }

    @Test
    void epsilonIsAddedToTheRoot() {
        assertThat(Fixtures.path(optimizer().epsilon(1), w, 2)).containsExactly(new double[] {1 - 0.1 * 2 / 2}, CLOSE);
    }

    @Test
    void momentumKeepsTheUpdates() {
        // updates 2 and 1; velocity 2, then 1 + 1
        assertThat(Fixtures.path(optimizer().momentum(0.5), w, 2, 1)).containsExactly(new double[] {0.8, 0.6}, CLOSE);
    }

    @Test
    void weightDecayAddsTheWeightToItsGradient() {
        // d = 1 + 1, s = 1
        assertThat(Fixtures.path(optimizer().weightDecay(1), w, 1)).containsExactly(new double[] {0.8}, CLOSE);
    }

    @Test
    void centredDividesByTheDeviation() {
        // s = 1, a = ½, variance ¾
        assertThat(Fixtures.path(optimizer().centered(), w, 2))
                .containsExactly(new double[] {1 - 0.2 / Math.sqrt(0.75)}, CLOSE);
    }

    @Test
    void centredStaysANumberWhenTheGradientNeverChanges() {
        double[] same = new double[2000];
        Arrays.fill(same, 0.1);

        double[] path = Fixtures.path(new RmsProp(List.of(w), 1e-9).alpha(0.9).centered(), w, same);

        assertThat(path).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }
}
