package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class Dropout2dTest {
    private final Tensor x = Tensors.ones(40, 50, 3, 2);

    @Test
    void dropsWholeMapsAndScalesTheRest() {
        Tensor y = new Dropout2d(0.2, new Generator(1)).forward(x);

        assertThat(y.data()).containsOnly(0, 1.25);
        Tensor maps = y.reshape(2000, 6);
        assertThat(maps.max(1).data())
                .as("all pixels of a map share its fate")
                .containsExactly(maps.min(1).data());
        assertThat(maps.eq(0).mean().item()).as("dropped").isBetween(0.18, 0.22);
    }

    @Test
    void mapsOfOneImageAndImagesOfOneMapAreDrawnApart() {
        Tensor maps =
                new Dropout2d(0.5, new Generator(1)).forward(x).select(3, 0).select(2, 0);

        assertThat(maps.select(0, 0).data()).isNotEqualTo(maps.select(0, 1).data());
        assertThat(maps.select(1, 0).data()).isNotEqualTo(maps.select(1, 1).data());
    }

    @Test
    void restsInEvaluationAndWithProbability0() {
        Generator generator = new Generator(1);
        long before = generator.state();
        Dropout2d resting = new Dropout2d(0.9, generator);
        resting.eval();

        assertThat(resting.forward(x)).isSameAs(x);
        assertThat(new Dropout2d(0, generator).forward(x)).isSameAs(x);
        assertThat(generator.state()).as("nothing drawn").isEqualTo(before);
    }

    @Test
    void withProbability1EverythingIs0() {
        assertThat(new Dropout2d(1, new Generator(1)).forward(x).data()).containsOnly(0);
    }

    @Test
    void theSameSeedDropsTheSameAndTheNextCallOthers() {
        Dropout2d first = new Dropout2d(0.5, new Generator(3));
        double[] mask = first.forward(x).data();

        assertThat(mask)
                .containsExactly(new Dropout2d(0.5, new Generator(3)).forward(x).data());
        assertThat(mask).isNotEqualTo(first.forward(x).data());
    }

    @Test
    void theGradientPassesWhereTheValueDid() {
        Tensor leaf = x.copy().requiresGrad(true);
        Tensor y = new Dropout2d(0.5, new Generator(4)).forward(leaf);

        y.sum().backward();

        assertThat(leaf.grad().orElseThrow().data()).containsExactly(y.data());
    }

    @Test
    void itsGeneratorIsListedForCheckpoints() {
        Generator generator = new Generator(1);
        assertThat(new Dropout2d(0.5, generator).generators()).containsExactly(generator);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void whatIsNoProbabilityIsRefused(double p) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dropout2d(p, new Generator(1)))
                .withMessage("dropout2d: p = " + p + " is not a probability; use 0 to 1");
    }

    @Test
    void whatIsNoImageIsRefusedInBothModes() {
        Dropout2d layer = new Dropout2d(0.5, new Generator(1));
        for (boolean training : new boolean[] {true, false}) {
            layer.train(training);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> layer.forward(Tensors.zeros(2, 3)))
                    .withMessage("dropout2d: input (2, 3) is not (N, C, H, W)");
        }
        assertThat(layer).hasToString("Dropout2d(p=0.5)");
    }
}
