package org.tinytorch.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class BatchNormShapesTest {
    private static void assertNormalised(Layer layer, int... dims) {
        Tensor x = Tensors.randn(new Generator(5), dims).mul(3).add(7);
        Tensor y = layer.forward(x);
        assertThat(y.shape()).isEqualTo(x.shape());
        for (int c = 0; c < dims[1]; c++) {
            Tensor channel = y.select(1, c);
            assertThat(channel.mean().item()).as("mean of channel %d", c).isCloseTo(0, within(1e-12));
            assertThat(channel.square().mean().item())
                    .as("variance of channel %d", c)
                    .isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void eachChannelOverBatchAndPlaces() {
        assertNormalised(new BatchNorm1d(3), 6, 3);
        assertNormalised(new BatchNorm1d(3), 2, 3, 5);
        assertNormalised(new BatchNorm1d(3), 1, 3, 5);
        assertNormalised(new BatchNorm2d(3), 2, 3, 4, 5);
        assertNormalised(new BatchNorm2d(1), 1, 1, 1, 2);
    }

    private static void assertRefused(Layer layer, Tensor x, String... parts) {
        assertThatIllegalArgumentException().isThrownBy(() -> layer.forward(x)).withMessageContainingAll(parts);
    }

    @Test
    void otherRanksAreRefusedWithTheFix() {
        assertRefused(new BatchNorm1d(3), Tensors.zeros(3), "batchNorm1d: input (3,) is not (N, C) or (N, C, L)");
        assertRefused(new BatchNorm1d(3), Tensors.zeros(2, 3, 4, 4), "batchNorm1d: input", "use BatchNorm2d");
        assertRefused(new BatchNorm2d(3), Tensors.zeros(3, 4, 4), "batchNorm2d: input (3, 4, 4)", "unsqueeze(0)");
        assertRefused(new BatchNorm2d(3), Tensors.zeros(2, 3), "batchNorm2d: input (2, 3) is not (N, C, H, W)");
    }

    @Test
    void otherNumbersOfChannelsAreRefusedInBothModes() {
        BatchNorm2d layer = new BatchNorm2d(3);
        String message = "batch norm: input (2, 4, 1, 1) has 4 channels, but the layer expects 3";
        assertRefused(layer, Tensors.zeros(2, 4, 1, 1), message);
        layer.eval();
        assertRefused(layer, Tensors.zeros(2, 4, 1, 1), message);
        assertRefused(layer, Tensors.zeros(2, 0, 1, 1), "has 0 channels");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aMomentumThatIsNoShareIsRefused(double momentum) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm2d(3, 1e-5, momentum))
                .withMessage("batch norm: a momentum of " + momentum + " is not in 0 … 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-5, Double.NaN, Double.POSITIVE_INFINITY})
    void anEpsThatIsNotPositiveIsRefused(double eps) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm1d(3, eps, 0.1))
                .withMessage("batch norm: eps = " + eps + " must be positive and finite");
    }

    @Test
    void theOptionsAreThoseThatWereGiven() {
        BatchNorm layer = new BatchNorm2d(3, 1e-3, 0.25);

        assertThat(layer.eps()).isEqualTo(1e-3);
        assertThat(layer.momentum()).isEqualTo(0.25);
        assertThat(new BatchNorm1d(3).momentum()).as("as in PyTorch").isEqualTo(0.1);
    }

    @Test
    void aLayerWithoutChannelsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm2d(0))
                .withMessage("batch norm: 0 channels are not possible; use at least 1");
    }
}
