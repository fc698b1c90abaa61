package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.DynamicQuantization;
import org.tinytorch.precision.Quantizer;
import org.tinytorch.tensor.Generator;

class AmountsTest {
    @Test
    void timesAndBytesHaveThreeDigitsAndAUnit() {
        assertThat(Amounts.time(1_250_000)).isEqualTo("1.25 ms");
        assertThat(Amounts.time(25)).isEqualTo("25 ns");
        assertThat(Amounts.time(2.5)).isEqualTo("2.50 ns");
        assertThat(Amounts.time(61_400)).isEqualTo("61.4 µs");
        assertThat(Amounts.bytes(1536)).isEqualTo("1.50 KiB");
        assertThat(Amounts.bytes(1L << 40)).as("no larger unit").isEqualTo("1024 GiB");
        assertThat(Amounts.factor(314.15)).isEqualTo("314");
    }

    @Test
    void weightsTakeEightBytesEachAndIntegersOne() {
        int in = 30;
        int out = 20;
        Sequential model = new Sequential(new Linear(in, out, new Generator(1)));
        assertThat(WeightBytes.of(model)).isEqualTo(8L * (in * out + out));

        DynamicQuantization.apply(model, Quantizer.symmetric(8).perChannel());

        assertThat(WeightBytes.of(model))
                .as("a byte a weight, and no more than 16 for the scale and the bias of an output")
                .isBetween((long) in * out, (long) in * out + 16L * out);
    }
}
