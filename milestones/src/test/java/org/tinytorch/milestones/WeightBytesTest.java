package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.DynamicQuantization;
import org.tinytorch.precision.Quantizer;
import org.tinytorch.tensor.Generator;

class WeightBytesTest {
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
