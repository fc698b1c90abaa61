package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.Calibrator;
import org.tinytorch.precision.StaticQuantization;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class CountedTest {
    private static final int PLACES = 4 * 4;

    /** 3 channels of 4 x 4 to 8, whose 128 numbers become 10. */
    private static Sequential network() {
        Generator random = new Generator(1);
        return new Sequential(
                Conv2d.builder(3, 8, 3).same().noBias().build(random),
                new ReLU(),
                new Flatten(),
                new Linear(8 * PLACES, 10, false, random));
    }

    @Test
    void ofRealNumbersEachResultTakesEightBytes() {
        Counted counted = Counted.of(network(), Tensors.zeros(1, 3, 4, 4), 1_000);

        assertThat(counted.multiplyAdds()).isEqualTo(8 * PLACES * 27 + 8 * PLACES * 10);
        int results = 8 * PLACES + 8 * PLACES + 10;
        assertThat(counted.bytes())
                .as("the weights, what the convolution, the rectifier and the linear layer write")
                .isEqualTo(1_000 + 8 * results);
        assertThat(counted.figures())
                .containsEntry(Counted.MULTIPLY_ADDS, counted.multiplyAdds() / 1e6)
                .containsEntry(Counted.MEMORY, counted.bytes() / 1024.0);
    }

    @Test
    void ofIntegersAResultTakesAByteAndTheRectifierNone() {
        Tensor image = Tensors.rand(new Generator(2), 1, 3, 4, 4);
        Layer integers = StaticQuantization.with(Calibrator.percentile(99))
                .convert(network().eval(), List.of(new Batch(image, Tensors.zeros(1))));

        Counted counted = Counted.of(integers, image, 1_000);

        assertThat(counted.multiplyAdds()).isEqualTo(8 * PLACES * 27 + 8 * PLACES * 10);
        assertThat(counted.bytes())
                .as("the weights, the image as bytes, the convolution's bytes and 10 real numbers")
                .isEqualTo(1_000 + 3 * PLACES + 8 * PLACES + 8 * 10);
    }
}
