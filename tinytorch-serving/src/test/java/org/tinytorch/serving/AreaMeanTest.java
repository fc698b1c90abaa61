package org.tinytorch.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Scaling of one axis. */
class AreaMeanTest {
    @Test
    void cellsAtTheEndsCountInPart() {
        assertThat(new AreaMean(3, 2).apply(new double[] {3, 6, 9}))
                .containsExactly(new double[] {4, 8}, within(1e-12));
    }

    @Test
    void theSameSizeStaysTheSame() {
        assertThat(new AreaMean(3, 3).apply(new double[] {3, 6, 9}))
                .containsExactly(new double[] {3, 6, 9}, within(1e-12));
    }

    @Property
    void theMeanStays(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 1) Double> values,
            @ForAll @IntRange(min = 1, max = 50) int target) {
        double[] given = values.stream().mapToDouble(Double::doubleValue).toArray();
        double[] scaled = new AreaMean(given.length, target).apply(given);

        assertThat(Arrays.stream(scaled).average().orElseThrow())
                .isCloseTo(Arrays.stream(given).average().orElseThrow(), within(1e-9));
    }
}
