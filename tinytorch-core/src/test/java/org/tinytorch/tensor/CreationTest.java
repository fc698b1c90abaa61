package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** The factories, by literals. */
class CreationTest {
    private static void check(Tensor actual, Shape shape, double... numbers) {
        assertThat(actual.shape()).isEqualTo(shape);
        assertThat(actual.data()).containsExactly(numbers);
        assertThat(actual.requiresGrad()).isFalse();
    }

    @Test
    void fromNumbers() {
        check(Tensors.scalar(7), Shape.SCALAR, 7);
        check(Tensors.of(1, 2), Shape.of(2), 1, 2);
        check(Tensors.of(), Shape.of(0));
        check(Tensors.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}), Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
        check(Tensors.of(new double[][][] {{{1, 2}}, {{3, 4}}}), Shape.of(2, 1, 2), 1, 2, 3, 4);
        check(Tensors.of(new double[0][]), Shape.of(0, 0));
        check(Tensors.of(new double[0][][]), Shape.of(0, 0, 0));
        check(Tensors.of(new double[] {1, 2, 3, 4}, 2, 2), Shape.of(2, 2), 1, 2, 3, 4);
    }

    @Test
    void anArrayIsTakenOverNotCopied() {
        double[] numbers = {1, 2};
        assertThat(Tensors.of(numbers, 2, 1).data()).isSameAs(numbers);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensors.of(new double[] {1, 2, 3}, 2, 2))
                .withMessageContaining("3 numbers do not fill shape (2, 2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensors.of(new double[][] {{1, 2}, {3}}))
                .withMessage("tensor: row 1 has 1 numbers, but row 0 has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensors.of(new double[][][] {{{1}}, {{1}, {2}}}))
                .withMessageContaining("shapes (1, 1) and (2, 1) differ");
    }

    @Test
    void filled() {
        check(Tensors.zeros(2), Shape.of(2), 0, 0);
        check(Tensors.ones(1, 2), Shape.of(1, 2), 1, 1);
        check(Tensors.full(Shape.of(3), 2.5), Shape.of(3), 2.5, 2.5, 2.5);
        check(Tensors.zeros(), Shape.SCALAR, 0);
        check(Tensors.zerosLike(Tensors.of(3, 4)), Shape.of(2), 0, 0);
        check(Tensors.onesLike(Tensors.of(3, 4)), Shape.of(2), 1, 1);
        check(Tensors.eye(2), Shape.of(2, 2), 1, 0, 0, 1);
        check(Tensors.eye(0), Shape.of(0, 0));
    }

    @Test
    void ranges() {
        check(Tensors.arange(3), Shape.of(3), 0, 1, 2);
        check(Tensors.arange(0), Shape.of(0));
        check(Tensors.arange(1, 3.5), Shape.of(3), 1, 2, 3);
        check(Tensors.arange(1, 2, 0.5), Shape.of(2), 1, 1.5);
        check(Tensors.arange(5, 0, -2), Shape.of(3), 5, 3, 1);
        check(Tensors.arange(5, 0, 1), Shape.of(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensors.arange(0, 1, 0))
                .withMessageContaining("never ends");
        assertThatIllegalArgumentException().isThrownBy(() -> Tensors.arange(0, Double.POSITIVE_INFINITY, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Tensors.arange(0, 1, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensors.arange(0, 1e12, 1))
                .withMessageContaining("more than 2^31 - 1 values");
    }

    @Test
    void evenlySpaced() {
        check(Tensors.linspace(0, 1, 5), Shape.of(5), 0, 0.25, 0.5, 0.75, 1);
        check(Tensors.linspace(3, 9, 1), Shape.of(1), 3);
        check(Tensors.linspace(3, 9, 0), Shape.of(0));
        assertThat(Tensors.linspace(0, 0.7, 8).get(-1))
                .as("the end is met exactly")
                .isEqualTo(0.7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensors.linspace(0, 1, -1))
                .withMessageContaining("-1 is negative");
    }

    @Test
    void oneHot() {
        check(Tensors.oneHot(Tensors.of(2, 0), 3), Shape.of(2, 3), 0, 0, 1, 1, 0, 0);
        check(Tensors.oneHot(Tensors.scalar(1), 2), Shape.of(2), 0, 1);
        check(Tensors.oneHot(Tensors.zeros(0), 2), Shape.of(0, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Tensors.oneHot(Tensors.of(0, 3), 3))
                .withMessage("oneHot: index 3.0 at position 1 is not an integer in 0 … 2");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> Tensors.oneHot(Tensors.of(0.5), 3));
    }

    @Test
    void random() {
        assertThat(DoubleStream.of(Tensors.rand(new Generator(1), 3, 100).data()))
                .allMatch(value -> value >= 0 && value < 1);
        assertThat(DoubleStream.of(Tensors.uniform(new Generator(1), -2, 3, 300).data()))
                .allMatch(value -> value >= -2 && value < 3);
        assertThat(DoubleStream.of(Tensors.randint(new Generator(1), 4, 100).data()))
                .allMatch(value -> value >= 0 && value < 4);
        assertThat(Tensors.randn(new Generator(1), 2, 2).data())
                .isEqualTo(Tensors.randn(new Generator(1), 4).data());
        assertThat(Tensors.randn(new Generator(1), 4).data())
                .isNotEqualTo(Tensors.randn(new Generator(2), 4).data());
    }

    @Test
    void uniformNeedsFiniteBoundsInOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensors.uniform(new Generator(1), 5, 1, 2))
                .withMessage("uniform: from 5.0 to 1.0 is not possible; use finite bounds, the lower one first");
        assertThatIllegalArgumentException().isThrownBy(() -> Tensors.uniform(new Generator(1), Double.NaN, 1, 2));
    }
}
