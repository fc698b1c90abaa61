package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checker is checked: it must find planted mistakes. */
class GradCheckTest {
    private final Tensor x = Tensors.uniform(new Generator(3), 0.5, 2, 2, 3);

    /** A function of one tensor with any derivative, right or wrong. */
    private static GradCheck.Computation function(
            GradCheck.Computation value, BiFunction<Saved, Tensor, Tensor> derivative) {
        return in -> new Function() {
            @Override
            protected Tensor forward(Tensor... inputs) {
                return value.compute(inputs);
            }

            @Override
            protected Tensor[] backward(Saved saved, Tensor g) {
                return new Tensor[] {derivative.apply(saved, g)};
            }
        }.apply(in);
    }

    @Test
    void passesRightGradients() {
        GradCheck.Result result = GradCheck.check(in -> in[0].mul(in[1]).sin(), x, Tensors.of(1, 2, 3));
        assertThat(result.error()).isLessThan(1e-8);
        assertThat(result.passed()).isTrue();
        assertThatCode(result::orThrow).doesNotThrowAnyException();
    }

    @Test
    void findsAFactorSlightlyWrong() {
        GradCheck.Result result = GradCheck.check(
                function(in -> in[0].square(), (s, g) -> g.mul(s.input(0)).mul(2.001)), x);
        assertThat(result.passed()).isFalse();
        assertThat(result.analytic()).isNotEqualTo(result.numeric());
    }

    @Test
    void findsOneWrongElementAndSaysWhere() {
        GradCheck.Computation wrong = function(in -> in[0].square(), (s, g) -> {
            Tensor gradient = g.mul(s.input(0)).mul(2);
            gradient.set(0, 1, 0);
            return gradient;
        });
        GradCheck.Result result = GradCheck.check(wrong, x);
        assertThat(result.position()).isEqualTo(3);
        assertThatThrownBy(result::orThrow)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "gradient of input 0 at position 3: backward() gave 0.0, but the difference quotient is ");
    }

    @Test
    void findsATransposedGradient() {
        Tensor square = Tensors.uniform(new Generator(3), 0.5, 2, 3, 3);
        assertThat(GradCheck.check(
                                function(in -> in[0].mul(2), (s, g) -> g.mul(2).transpose()), square)
                        .passed())
                .isFalse();
    }

    @Test
    void findsASoftmaxWithoutItsJacobian() {
        GradCheck.Computation wrong = function(
                in -> Activations.softmax(in[0], 1),
                (s, g) -> s.output().mul(Tensors.scalar(1).sub(s.output())).mul(g));
        assertThat(GradCheck.check(wrong, x).passed()).isFalse();
    }

    @Test
    void findsAnInputThatWasForgotten() {
        GradCheck.Result result = GradCheck.check(in -> in[0].add(in[1].detach()), x, x);
        assertThat(result.passed()).isFalse();
        assertThat(result.input()).isEqualTo(1);
    }

    @Test
    void aNanIsTheWorstOfAllWhereverItStands() {
        for (int position = 0; position < 3; position++) {
            int where = position;
            GradCheck.Computation wrong = function(in -> in[0].mul(2), (s, g) -> {
                Tensor gradient = g.mul(2);
                gradient.set(Double.NaN, where);
                return gradient;
            });
            GradCheck.Result result = GradCheck.check(wrong, Tensors.of(1, 2, 3));
            assertThat(result.passed()).as("NaN at position %d", where).isFalse();
            assertThat(result.position()).isEqualTo(where);
        }
    }

    @Test
    void leavesTheInputsAlone() {
        Tensor leaf = x.copy().requiresGrad(true);
        GradCheck.check(in -> in[0].exp(), leaf).orThrow();
        assertThat(leaf.grad()).isEmpty();
        assertThat(leaf.data()).isEqualTo(x.data());
        assertThat(leaf.version()).isZero();
    }

    @Test
    void largeInputsAndConstantFunctions() {
        GradCheck.check(in -> in[0].square(), Tensors.of(1e6, -1e6)).orThrow();
        assertThat(GradCheck.check(in -> Tensors.scalar(4), x).error())
                .as("a function that ignores its input")
                .isZero();
        GradCheck.check(in -> in[0].sum(), Tensors.zeros(0, 3)).orThrow();
    }
}
