package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.attention.Agreement.assertAgrees;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.testing.Values;

class RMSNormTest {
    private static final int WIDTH = 4;
    private static final double DEFAULT_EPS = 1e-5;

    private final Tensor x = Values.spread(1, -1, 3, 2, 3, WIDTH);

    private static Tensor normalised(Tensor x, double eps) {
        return x.div(x.square().mean(true, -1).add(eps).sqrt());
    }

    @Test
    void aNewOneGivesEachRowTheMeanSquare1ButForEps() {
        Tensor y = new RMSNorm(WIDTH).forward(x);
        Tensor squares = x.square().mean(-1);

        assertAgrees("mean squares of the rows", y.square().mean(-1), squares.div(squares.add(DEFAULT_EPS)));
    }

    @Test
    void thenScalesEachColumn() {
        RMSNorm norm = new RMSNorm(WIDTH);
        Tensor weight = Values.spread(2, 0.5, 2, WIDTH);
        norm.weight().copyFrom(weight);

        assertAgrees("result", norm.forward(x), normalised(x, DEFAULT_EPS).mul(weight));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-5, 1})
    void epsCountsWhereRowsAreSmall(double eps) {
        Tensor small = x.mul(1e-3);

        assertAgrees("result", new RMSNorm(WIDTH, eps).forward(small), normalised(small, eps));
    }

    @Test
    void aRowOfZerosStays() {
        assertThat(new RMSNorm(WIDTH).forward(Tensors.zeros(x.shape())).data()).containsOnly(0);
    }

    @Test
    void eachRowIsForItself() {
        Layer norm = new RMSNorm(WIDTH);

        assertAgrees(
                "a row alone",
                norm.forward(x.select(0, 1).select(0, 2)),
                norm.forward(x).select(0, 1).select(0, 2));
    }

    @Test
    void ofRowsWithTheMean0ItIsALayerNorm() {
        Tensor centred = x.sub(x.mean(true, -1));

        assertAgrees("result", new RMSNorm(WIDTH).forward(centred), new LayerNorm(WIDTH).forward(centred));
    }

    @Test
    void itsParameterIsAWeight() {
        Layer norm = new RMSNorm(WIDTH);

        assertThat(norm.namedParameters().keySet()).containsExactly("weight");
        assertThat(norm.parameterCount()).isEqualTo(WIDTH);
    }

    @Test
    void tellsItsEps() {
        assertThat(new RMSNorm(3, 0.25).eps()).isEqualTo(0.25);
    }

    @Test
    void printsItsOptions() {
        assertThat(new RMSNorm(WIDTH)).hasToString("RMSNorm(4, eps=1.0E-5)");
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        assertThatThrownBy(() -> new RMSNorm(WIDTH + 1).forward(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rms norm: weight of shape (5,) cannot go with rows of 4 numbers, which need (4,)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void theWidthMustBePositive(int width) {
        assertThatThrownBy(() -> new RMSNorm(width))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rms norm: a width of " + width + " is not possible; use at least 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void epsMustBePositiveAndFinite(double eps) {
        assertThatThrownBy(() -> new RMSNorm(WIDTH, eps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rms norm: eps = " + eps + " must be positive and finite");
    }
}
