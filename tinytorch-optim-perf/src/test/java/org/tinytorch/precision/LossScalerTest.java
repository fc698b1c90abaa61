package org.tinytorch.precision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class LossScalerTest {
    private static final double TINY = 0x1p-30; // half precision ends at 2^-24

    private final Tensor weight = Tensors.of(1, 1).requiresGrad(true);
    private final Sgd sgd = new Sgd(List.of(weight), 1);

    /** A loss whose gradient passes through half precision. */
    private Tensor loss(double slope) {
        return Precision.FLOAT16.cast(weight).mul(slope).sum();
    }

    private boolean step(LossScaler scaler, double gradient) {
        weight.grad(Tensors.of(gradient, gradient));
        return scaler.step(sgd);
    }

    @Test
    void tinyGradientsVanishInHalfPrecision() {
        loss(TINY).backward();
        assertThat(weight.grad().orElseThrow().data()).containsExactly(0, 0);
    }

    @Test
    void scaledTheyDoNot() {
        LossScaler scaler = new LossScaler();
        scaler.scale(loss(TINY)).backward();
        assertThat(weight.grad().orElseThrow().data()).as("scaled").containsOnly(TINY * scaler.scale());
        assertThat(scaler.step(sgd)).isTrue();
        assertThat(weight.data()).as("one step of SGD").containsOnly(1 - TINY);
    }

    @Test
    void anOverflowSkipsTheStepAndHalvesTheScale() {
        LossScaler scaler = new LossScaler(65536, 10);
        scaler.scale(loss(2)).backward(); // 131072 is beyond half precision
        assertThat(weight.grad().orElseThrow().data()).containsOnly(Double.POSITIVE_INFINITY);
        assertThat(scaler.step(sgd)).isFalse();
        assertThat(weight.data()).as("skipped").containsOnly(1);
        assertThat(scaler.scale()).isEqualTo(32768);

        sgd.zeroGrad();
        scaler.scale(loss(0.5)).backward();
        assertThat(scaler.step(sgd)).isTrue();
        assertThat(weight.data()).containsOnly(0.5);
    }

    @Test
    void oneBadNumberIsEnough() {
        LossScaler scaler = new LossScaler(8, 2);
        weight.grad(Tensors.of(1, Double.NaN));
        assertThat(scaler.step(sgd)).isFalse();
        assertThat(weight.data()).containsOnly(1);
        assertThat(scaler.scale()).isEqualTo(4);
    }

    @Test
    void goodStepsInARowDoubleTheScale() {
        LossScaler scaler = new LossScaler(8, 3);
        step(scaler, 1);
        step(scaler, 1);
        assertThat(scaler.scale()).isEqualTo(8);
        step(scaler, 1);
        assertThat(scaler.scale()).isEqualTo(16);

        step(scaler, 1);
        step(scaler, 1);
        step(scaler, Double.POSITIVE_INFINITY);
        assertThat(scaler.scale()).as("halved").isEqualTo(8);
        step(scaler, 1);
        step(scaler, 1);
        assertThat(scaler.scale()).as("counted anew").isEqualTo(8);
        step(scaler, 1);
        assertThat(scaler.scale()).isEqualTo(16);
        for (int i = 0; i < 3; i++) {
            step(scaler, 1);
        }
        assertThat(scaler.scale()).as("and again").isEqualTo(32);
    }

    @Test
    void theScaleStaysAtLeastOne() {
        LossScaler scaler = new LossScaler(1.5, 3);
        step(scaler, Double.NaN);
        assertThat(scaler.scale()).isEqualTo(1);
    }

    @Test
    void aParameterWithoutAGradientIsNoProblem() {
        assertThat(new LossScaler().step(sgd)).isTrue();
        assertThat(weight.data()).containsOnly(1);
    }

    @Test
    void itGoesOnFromASavedState() {
        LossScaler saved = new LossScaler(8, 3);
        step(saved, 1);
        step(saved, 1);
        LossScaler loaded = new LossScaler(2, 3);
        loaded.loadStateDict(saved.stateDict());
        step(loaded, 1);
        assertThat(loaded.scale()).isEqualTo(16);
        assertThatThrownBy(() -> loaded.loadStateDict(Map.of("scale", Tensors.scalar(4))))
                .hasMessageContaining("[scale] does not fit");
        assertThat(loaded.scale()).isEqualTo(16);
    }

    @Test
    void aStateWithMoreGoodStepsThanTheIntervalGrowsAtOnce() {
        LossScaler saved = new LossScaler(8, 10);
        for (int i = 0; i < 7; i++) {
            step(saved, 1);
        }
        LossScaler loaded = new LossScaler(2, 5);
        loaded.loadStateDict(saved.stateDict());
        step(loaded, 1);
        assertThat(loaded.scale()).isEqualTo(16);
        for (double steps : new double[] {-1, 0.5, Double.NaN}) {
            assertThatThrownBy(() -> loaded.loadStateDict(
                            Map.of("scale", Tensors.scalar(4), "good_steps", Tensors.scalar(steps))))
                    .hasMessageContaining(steps + " good steps are not possible");
        }
        assertThat(loaded.scale()).isEqualTo(16);
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        for (double scale : new double[] {0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new LossScaler(scale, 1)).hasMessageContaining("scale of " + scale);
        }
        assertThatThrownBy(() -> new LossScaler(1, 0)).hasMessageContaining("interval of 0");
    }
}
