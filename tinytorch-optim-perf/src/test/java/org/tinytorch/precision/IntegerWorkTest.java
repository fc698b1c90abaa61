package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;

class IntegerWorkTest {
    private static IntegerProduct product(Quantizer quantizer, Optional<Quantization> input, int out, int in) {
        return new IntegerProduct(quantizer.quantize(Tensors.ones(out, in)), input);
    }

    @Test
    void aProductMultipliesEachInputWithEachOutput() {
        int rows = 3;
        int in = 12;
        int out = 5;
        Shape x = Shape.of(rows, in);
        long bytes = 1L * Double.BYTES * rows * in + out * in;
        IntegerProduct fixed = product(Quantizer.symmetric(8).perChannel(), Optional.of(SmallNetworks.INPUT), out, in);

        assertThat(fixed.work(x))
                .isEqualTo(new IntegerWork(
                        rows * in * out,
                        IntegerWork.QUANTIZE * rows * in + 3 * rows * out,
                        bytes + Double.BYTES * out,
                        Double.BYTES * rows * out));
        assertThat(product(Quantizer.symmetric(8).perChannel(), Optional.empty(), out, in)
                                .work(x)
                                .others()
                        - fixed.work(x).others())
                .as("the smallest and the largest number of each row")
                .isEqualTo(2 * rows * in);
        assertThat(product(Quantizer.symmetric(8).perGroup(4), Optional.empty(), out, in)
                        .work(x)
                        .bytesRead())
                .as("a scale for each four weights")
                .isEqualTo(bytes + Double.BYTES * out * in / 4);
    }

    @Test
    void aNetworkIsAllItsStages() {
        int images = 2;
        int middle = 20;
        IntegerNetwork network = SmallNetworks.network(new Generator(1), 3, middle, 1);
        Shape x = Shape.of(images, 3, 8, 6);
        int first = middle * 8 * 6;
        int pooled = middle * 4 * 3;
        int last = 5 * 3 * 3; // windows of 2 x 3, padded by a column on each side
        long input = 3 * 8 * 6;
        int weights = middle * 3 * 9 + 5 * middle * 6;

        assertThat(network.work(x))
                .isEqualTo(new IntegerWork(
                        images * (first * 27L + last * middle * 6L),
                        images * (IntegerWork.QUANTIZE * input + 5 * first + 4 * pooled + 2 * last),
                        images * (Double.BYTES * input + input + first + pooled)
                                + weights
                                + 2L * Float.BYTES * (middle + 5),
                        images * (input + first + pooled + (long) Double.BYTES * last)));
    }

    @Test
    void aNetworkThatEndsInIntegersTurnsThemBack() {
        Generator generator = new Generator(1);
        Window one = Window.of(1, 1, 0);
        Quantization how = SmallNetworks.INPUT;
        IntegerStage sums = SmallNetworks.convolution(generator, 2, 4, one, one, how, Optional.of(how), true);
        IntegerNetwork network = new IntegerNetwork(how, List.of(sums, new IntegerMean()), false);
        Shape x = Shape.of(1, 2, 3, 5);
        int places = 3 * 5;
        int input = 2 * places;

        assertThat(network.work(x))
                .isEqualTo(new IntegerWork(
                        2 * 4 * places,
                        IntegerWork.QUANTIZE * input + 5 * 4 * places + (4 * places + 2 * 4) + 2 * 4,
                        Double.BYTES * input + input + 4 * places + 4 + 2 * 4 + 2 * 4 * Float.BYTES,
                        input + 4 * places + 4 + Double.BYTES * 4));
    }

    @Test
    void whatDoesNotFitIsNoWork() {
        IntegerProduct product = product(Quantizer.symmetric(8), Optional.empty(), 5, 12);
        assertThatThrownBy(() -> product.work(Shape.of(3, 11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("integer product: x (3, 11) does not fit a weight (5, 12); it needs (rows, 12)");
    }
}
