package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.FewerBits.Row;
import org.tinytorch.precision.Precision;
import org.tinytorch.precision.QuantizedModels;
import org.tinytorch.precision.Quantizer;

/** Holds the closing experiment of module 17 to its claims. */
final class FewerBitsTest {
    private static final FewerBits EXPERIMENT = new FewerBits();
    private static final Quantizer EIGHT = Quantizer.symmetric(8).perChannel();

    @Test
    @DisplayName("bytes: 8 for a double, 4 for a float, 1 for an integer of 8 bits and 4 for each scale and bias")
    void bytes() {
        assertThat(EXPERIMENT.doubles().bytes()).isEqualTo(8 * 9610);
        assertThat(EXPERIMENT.floats(Precision.FLOAT32).bytes()).isEqualTo(4 * 9610);
        assertThat(EXPERIMENT.floats(Precision.BFLOAT16).bytes()).isEqualTo(2 * 9610);
        assertThat(EXPERIMENT.integers(EIGHT).bytes())
                .isEqualTo(9472 + 4 * 138 + 4 * 138)
                .as("as many as a file has")
                .isEqualTo(QuantizedModels.bytes(EXPERIMENT.quantized(EIGHT), Precision.FLOAT32));
        assertThat(EXPERIMENT.integers(Quantizer.symmetric(2).perChannel()).bytes()).isEqualTo(9472 / 4 + 8 * 138);
    }

    @Test
    @DisplayName("eight bits cost next to nothing, two cost many digits")
    void accuracy() {
        double full = EXPERIMENT.doubles().accuracy();
        assertThat(full).as("in doubles").isGreaterThan(0.9);
        assertThat(EXPERIMENT.floats(Precision.BFLOAT16).accuracy()).as("in bfloat16").isGreaterThan(full - 0.02);
        assertThat(EXPERIMENT.integers(EIGHT).accuracy()).as("in 8 bits").isGreaterThan(full - 0.02);
        Row two = EXPERIMENT.integers(Quantizer.symmetric(2));
        assertThat(two.accuracy()).as("in 2 bits, one scale for each layer").isLessThan(full - 0.1);
        assertThat(two.zeros()).as("weights that are 0 then").isGreaterThan(0.75);
    }

    @Test
    @DisplayName("most weights are near 0")
    void nearZero() {
        double[] shares = EXPERIMENT.histogram();
        assertThat(Arrays.stream(shares).sum()).as("all of them").isBetween(0.999, 1.001);
        assertThat(shares[0] + shares[1]).as("share below two tenths of the largest").isGreaterThan(0.5);
        assertThat(shares[8] + shares[9]).as("share above eight tenths").isLessThan(0.05);
    }
}
