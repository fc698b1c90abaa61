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

class LayerNormTest {
    private static final int WIDTH = 4;
    private static final double DEFAULT_EPS = 1e-5;

    private final Tensor x = Values.spread(1, -1, 3, 2, 3, WIDTH);

    private static Tensor normalised(Tensor x, double eps) {
        return x.sub(x.mean(true, -1)).div(x.var(0, true, -1).add(eps).sqrt());
    }

    @Test
    void aNewOneGivesEachRowTheMean0AndTheVariance1ButForEps() {
        Tensor y = new LayerNorm(WIDTH).forward(x);
        Tensor variance = x.var(0, false, -1);

        assertAgrees("means of the rows", y.mean(-1), Tensors.zeros(2, 3));
        assertAgrees("variances of the rows", y.var(0, false, -1), variance.div(variance.add(DEFAULT_EPS)));
    }

    @Test
    void thenScalesAndShiftsEachColumn() {
        LayerNorm norm = new LayerNorm(WIDTH);
        Tensor weight = Values.spread(2, 0.5, 2, WIDTH);
        Tensor bias = Values.spread(3, -1, 1, WIDTH);
        norm.weight().copyFrom(weight);
        norm.bias().orElseThrow().copyFrom(bias);

        assertAgrees(
                "result",
                norm.forward(x),
                normalised(x, DEFAULT_EPS).mul(weight).add(bias));
    }

    @Test
    void withoutABiasItOnlyScales() {
        LayerNorm norm = new LayerNorm(WIDTH, false, DEFAULT_EPS);
        norm.weight().fill(2);

        assertThat(norm.bias()).isEmpty();
        assertAgrees("result", norm.forward(x), normalised(x, DEFAULT_EPS).mul(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-5, 1})
    void epsCountsWhereRowsHardlyVary(double eps) {
        Tensor flat = x.mul(1e-3);

        assertAgrees("result", new LayerNorm(WIDTH, true, eps).forward(flat), normalised(flat, eps));
    }

    @Test
    void aRowOfEqualNumbersBecomesZeros() {
        assertThat(new LayerNorm(WIDTH).forward(Tensors.full(x.shape(), 7)).data())
                .containsOnly(0);
    }

    @Test
    void eachRowIsForItself() {
        Layer norm = new LayerNorm(WIDTH);

        assertAgrees(
                "a row alone",
                norm.forward(x.select(0, 1).select(0, 2)),
                norm.forward(x).select(0, 1).select(0, 2));
    }

    @Test
    void trainingAndEvaluationDoNotDiffer() {
        Layer norm = new LayerNorm(WIDTH);
        double[] training = norm.forward(x).data();

        assertThat(norm.eval().forward(x).data()).containsExactly(training);
    }

    @Test
    void itsParametersAreWeightAndBias() {
        Layer norm = new LayerNorm(WIDTH);
        Layer without = new LayerNorm(WIDTH, false, DEFAULT_EPS);

        assertThat(norm.namedParameters().keySet()).containsExactly("weight", "bias");
        assertThat(norm.parameterCount()).isEqualTo(2 * WIDTH);
        assertThat(without.namedParameters().keySet()).containsExactly("weight");
        assertThat(without.parameterCount()).isEqualTo(WIDTH);
    }

    @Test
    void tellsItsEps() {
        assertThat(new LayerNorm(3, false, 0.25).eps()).isEqualTo(0.25);
    }

    @Test
    void printsItsOptions() {
        assertThat(new LayerNorm(WIDTH)).hasToString("LayerNorm(4, eps=1.0E-5)");
        assertThat(new LayerNorm(WIDTH, false, 0.5)).hasToString("LayerNorm(4, eps=0.5, bias=false)");
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        assertThatThrownBy(() -> new LayerNorm(WIDTH + 1).forward(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer norm: weight of shape (5,) cannot go with rows of 4 numbers, which need (4,)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void theWidthMustBePositive(int width) {
        assertThatThrownBy(() -> new LayerNorm(width))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer norm: a width of " + width + " is not possible; use at least 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void epsMustBePositiveAndFinite(double eps) {
        assertThatThrownBy(() -> new LayerNorm(WIDTH, true, eps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer norm: eps = " + eps + " must be positive and finite");
    }
}
