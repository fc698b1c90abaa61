package org.tinytorch.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tinytorch.experiment.ForgottenLayer.Comparison;
import org.tinytorch.experiment.ForgottenLayer.ThreeLayers;
import org.tinytorch.experiment.ForgottenLayer.TwoLayers;

/** Holds the closing experiment of module 03 to its claims. */
final class ForgottenLayerTest {

    @Test
    @DisplayName("the way back of the two layers is right")
    void twoLayersAreRight() {
        List<Comparison> all = ForgottenLayer.compare(new TwoLayers());
        assertThat(ForgottenLayer.numbers(all)).as("numbers in w1, b1, w2, b2").isEqualTo(9);
        assertThat(ForgottenLayer.wrong(all)).as("wrong gradients of the two layers, which are right").isZero();
    }

    @Test
    @DisplayName("with a layer forgotten, three gradients are wrong and nothing is thrown")
    void forgottenLayer() {
        List<Comparison> all = ForgottenLayer.compare(new ThreeLayers(false));
        assertThat(ForgottenLayer.numbers(all)).as("numbers in w1, b1, w2, b2, w3, b3").isEqualTo(15);
        assertThat(ForgottenLayer.wrong(all)).as("wrong gradients once the middle layer is forgotten").isEqualTo(3);
        Comparison bias = all.get(1);
        assertThat(bias.name()).isEqualTo("b1");
        assertThat(bias.byHand()).as("the gradient of b1 by the forgetful way back").containsExactly(1, 10);
        assertThat(Math.round(bias.byNudge()[1])).as("what a nudge of the second number of b1 does").isEqualTo(12);
    }

    @Test
    @DisplayName("mended, every gradient agrees with a nudge")
    void mended() {
        List<Comparison> all = ForgottenLayer.compare(new ThreeLayers(true));
        assertThat(ForgottenLayer.wrong(all)).as("wrong gradients after the mend").isZero();
        assertThat(all.get(1).byHand()).as("the gradient of b1 through the middle layer").containsExactly(1, 12);
    }

    @Test
    @DisplayName("one more layer is five more arrays, and one for its bend")
    void fiveArrays() {
        assertThat(ForgottenLayer.addedArrays())
                .as("arrays that the third layer adds: weight, bias, a gradient for each, output; and the bend's h2")
                .containsExactlyInAnyOrder("w3", "b3", "gw3", "gb3", "z3", "h2");
    }
}
