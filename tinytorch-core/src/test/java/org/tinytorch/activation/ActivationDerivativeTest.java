package org.tinytorch.activation;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Slopes worked out by hand: against differences, and where numbers end. */
class ActivationDerivativeTest {
    private static final List<Activation> ALL = List.of(
            new Relu(),
            new LeakyRelu(0.01),
            new Elu(1),
            new Elu(0.3),
            new Sigmoid(),
            new Tanh(),
            new Gelu(),
            new GeluTanh(),
            new Silu(),
            new Softplus());

    private static double slope(Activation f, double x) {
        return f.derivative(x, f.apply(x));
    }

    @Property(tries = 500)
    void agreesWithDifferences(@ForAll @DoubleRange(min = -8, max = 8) double drawn) {
        double x = Math.abs(drawn) < 1e-3 ? drawn + 0.01 : drawn; // not across the corner of a rectifier
        double h = 1e-5;
        for (Activation f : ALL) {
            double difference = (f.apply(x + h) - f.apply(x - h)) / (2 * h);
            assertThat(slope(f, x)).as("%s at %s", f, x).isCloseTo(difference, within(1e-8));
        }
    }

    @TestFactory
    Stream<DynamicTest> flatOrStraightFarOut() {
        return ALL.stream()
                .map(f -> DynamicTest.dynamicTest(f.toString(), () -> {
                    boolean saturates = f instanceof Sigmoid || f instanceof Tanh;
                    double below = f instanceof LeakyRelu leaky ? leaky.slope() : 0;
                    for (double x : new double[] {1e3, 1e200, POSITIVE_INFINITY}) {
                        assertThat(slope(f, x)).as("slope of %s at %s", f, x).isEqualTo(saturates ? 0 : 1);
                        assertThat(slope(f, -x)).as("slope of %s at %s", f, -x).isEqualTo(below);
                        assertThat(f.apply(x)).as("%s at %s", f, x).isEqualTo(saturates ? 1 : x);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> nanStaysNan() {
        return ALL.stream()
                .map(f -> DynamicTest.dynamicTest(f.toString(), () -> {
                    assertThat(f.apply(NaN)).isNaN();
                    assertThat(Math.signum(f.apply(1e-300)))
                            .as("no NaN from very small numbers")
                            .isNotNaN();
                }));
    }

    @Test
    void valuesByHand() {
        assertThat(new Sigmoid().apply(0)).isEqualTo(0.5);
        assertThat(slope(new Sigmoid(), 0)).isEqualTo(0.25);
        assertThat(slope(new Tanh(), 0)).isEqualTo(1);
        assertThat(new Softplus().apply(0)).isEqualTo(Math.log(2));
        assertThat(slope(new Gelu(), 0)).isEqualTo(0.5);
        assertThat(new Elu(2).apply(-1)).isCloseTo(2 * (Math.exp(-1) - 1), within(1e-15));
        assertThat(new Elu(2).apply(NEGATIVE_INFINITY)).isEqualTo(-2);
        assertThat(new LeakyRelu(0.1).apply(-5)).isEqualTo(-0.5);
        assertThat(slope(new Relu(), 0)).isZero();
    }

    @Property(tries = 300)
    void relations(@ForAll @DoubleRange(min = -30, max = 30) double x) {
        Sigmoid sigmoid = new Sigmoid();
        assertThat(sigmoid.apply(x) + sigmoid.apply(-x)).as("σ(x) + σ(−x) = 1").isCloseTo(1, within(1e-15));
        assertThat(new Tanh().apply(x))
                .as("tanh x = 2σ(2x) − 1")
                .isCloseTo(2 * sigmoid.apply(2 * x) - 1, within(1e-14));
        assertThat(new Softplus().apply(x) - new Softplus().apply(-x))
                .as("softplus x − softplus −x = x")
                .isCloseTo(x, within(1e-13));
        assertThat(new Gelu().apply(x) + new Gelu().apply(-x))
                .as("x(2Φ(x) − 1) is even and positive")
                .isGreaterThanOrEqualTo(0);
        assertThat(new GeluTanh().apply(x))
                .as("the approximation of GELU")
                .isCloseTo(new Gelu().apply(x), within(5e-4));
    }

    @Test
    void theGradientIsSlopeTimesGradient() {
        Tensor x = Tensors.of(-1, 0.5, 2);
        Relu relu = new Relu();
        assertThat(relu.gradient(x, Activations.relu(x), Tensors.of(7, 8, 9)).data())
                .containsExactly(0, 8, 9);
    }

    @Test
    void parametersAreChecked() {
        assertThat(new Elu(1)).isEqualTo(new Elu(1)).isNotEqualTo(new Elu(2));
        assertThat(Activations.elu(Tensors.of(-1, 1), 2).get(1)).isEqualTo(1);
        assertThat(Activations.leakyRelu(Tensors.of(-1, 1), 0.5).data()).containsExactly(-0.5, 1);
    }

    @Test
    void everyEntryPointAppliesItsOwnActivation() {
        Tensor x = Tensors.of(-1.5, 0.7);
        check(Activations.relu(x), new Relu(), x);
        check(Activations.sigmoid(x), new Sigmoid(), x);
        check(Activations.tanh(x), new Tanh(), x);
        check(Activations.gelu(x), new Gelu(), x);
        check(Activations.geluTanh(x), new GeluTanh(), x);
        check(Activations.silu(x), new Silu(), x);
        check(Activations.softplus(x), new Softplus(), x);
    }

    private static void check(Tensor actual, Activation f, Tensor x) {
        assertThat(actual.data()).as(f.toString()).containsExactly(f.apply(x.get(0)), f.apply(x.get(1)));
    }
}
