package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What is kept from batch to batch, and when it is used. */
class BatchNormStatisticsTest {
    /** Per channel: 1, 3 with mean 2, variance 1, unbiased 2; and 10, 30 with mean 20, variance 100, unbiased 200. */
    private static final Tensor BATCH = Tensors.of(new double[][] {{1, 10}, {3, 30}});

    private static double[] running(BatchNorm layer, String which) {
        return layer.stateDict().get("running_" + which).data();
    }

    @Test
    void theAveragesMoveByTheMomentumAndWithTheUnbiasedVariance() {
        BatchNorm1d layer = new BatchNorm1d(2, 1e-5, 0.25);
        assertThat(running(layer, "mean")).containsExactly(0, 0);
        assertThat(running(layer, "var")).containsExactly(1, 1);

        layer.forward(BATCH);

        assertThat(running(layer, "mean")).containsExactly(0.5, 5);
        assertThat(running(layer, "var")).containsExactly(0.75 + 0.25 * 2, 0.75 + 0.25 * 200);

        layer.forward(BATCH);

        assertThat(running(layer, "mean")).containsExactly(0.75 * 0.5 + 0.25 * 2, 0.75 * 5 + 0.25 * 20);
    }

    @Test
    void theDefaultMomentumIsPyTorchs() {
        BatchNorm1d layer = new BatchNorm1d(2);
        layer.forward(BATCH);
        assertThat(running(layer, "mean")[0]).isCloseTo(0.2, within(1e-15));
        assertThat(layer).hasToString("BatchNorm1d(2, eps=1.0E-5, momentum=0.1)");
    }

    @Test
    void inTrainingTheBatchIsNormalisedByItsOwnBiasedVariance() {
        Tensor y = new BatchNorm1d(2, 3, 0.1).forward(BATCH); // divisors √(1 + 3) and √(100 + 3)
        assertThat(y.get(0, 0)).isEqualTo(-0.5);
        assertThat(y.get(1, 0)).isEqualTo(0.5);
        assertThat(y.get(1, 1)).isCloseTo(10 / Math.sqrt(103), within(1e-15));
    }

    @Test
    void inEvaluationTheAveragesAreUsedAndStay() {
        BatchNorm1d layer = new BatchNorm1d(2, 3, 1);
        layer.forward(BATCH);
        layer.eval();
        double[] before = running(layer, "mean").clone();

        Tensor y = layer.forward(Tensors.of(new double[][] {{7, 20}}));

        assertThat(y.get(0, 0)).isCloseTo((7 - 2) / Math.sqrt(2 + 3), within(1e-15));
        assertThat(y.get(0, 1)).isZero();
        assertThat(running(layer, "mean")).containsExactly(before);
    }

    @Test
    void inEvaluationAnImageDoesNotDependOnItsCompany() {
        Generator generator = new Generator(3);
        BatchNorm2d layer = new BatchNorm2d(3);
        layer.forward(Tensors.randn(generator, 4, 3, 2, 2));
        layer.eval();
        Tensor images = Tensors.randn(generator, 5, 3, 2, 2);

        assertThat(layer.forward(images.slice(0, 1, 2)).data())
                .containsExactly(layer.forward(images).slice(0, 1, 2).data());
    }

    @Test
    void theAveragesAreTakenWithoutRecordingTooAndNeverLearn() {
        BatchNorm1d layer = new BatchNorm1d(2);
        try (NoGrad scope = NoGrad.enter()) {
            layer.forward(BATCH);
        }
        assertThat(running(layer, "mean")[0]).as("as in PyTorch").isNotZero();
        assertThat(layer.namedParameters()).containsOnlyKeys("weight", "bias");
    }

    @Test
    void aBackwardAfterAnotherBatchStillUsesTheStatisticsOfItsOwn() {
        Tensor alone = BATCH.copy().requiresGrad(true);
        Tensor between = BATCH.copy().requiresGrad(true);
        Tensor seed = Tensors.of(new double[][] {{1, 2}, {3, 5}});
        for (boolean training : new boolean[] {true, false}) {
            BatchNorm1d layer = new BatchNorm1d(2);
            layer.train(training);
            alone.zeroGrad();
            between.zeroGrad();
            layer.forward(alone).backward(seed);
            Tensor y = new BatchNorm1d(2).train(training).forward(between);
            layer.train();
            layer.forward(BATCH.mul(100));
            y.backward(seed);
            assertThat(between.grad().orElseThrow().data())
                    .containsExactly(alone.grad().orElseThrow().data());
        }
    }

    @Test
    void areSavedAndLoadedByPyTorchsNames() {
        BatchNorm2d layer = new BatchNorm2d(3);
        layer.forward(Tensors.randn(new Generator(1), 4, 3, 2, 2));
        Map<String, Tensor> state = layer.stateDict();
        assertThat(state).containsOnlyKeys("weight", "bias", "running_mean", "running_var");

        BatchNorm2d other = new BatchNorm2d(3);
        other.loadStateDict(state);
        other.eval();
        layer.eval();
        Tensor x = Tensors.randn(new Generator(2), 1, 3, 2, 2);

        assertThat(other.forward(x).data()).containsExactly(layer.forward(x).data());
    }

    @Test
    void oneValuePerChannelHasNoVariance() {
        BatchNorm2d layer = new BatchNorm2d(3);
        Tensor one = Tensors.ones(1, 3, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(one))
                .withMessageContainingAll(
                        "batch norm: input (1, 3, 1, 1) has 1 value(s) per channel", "larger batches", "eval()");
        assertThat(running(layer, "mean")).as("nothing was noted").containsOnly(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(Tensors.zeros(0, 3, 2, 2)))
                .withMessageContaining("0 value(s) per channel");

        layer.eval();

        assertThat(layer.forward(one).shape()).isEqualTo(one.shape());
        assertThat(layer.forward(Tensors.zeros(0, 3, 2, 2)).size()).isZero();
    }

    @Test
    void aChannelWithoutVarianceBecomesTheBias() {
        BatchNorm1d layer = new BatchNorm1d(1);
        layer.bias().fill(0.5);
        assertThat(layer.forward(Tensors.of(new double[][] {{7}, {7}, {7}})).data())
                .containsOnly(0.5);
    }
}
