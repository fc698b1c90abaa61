package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Reductions by hand. */
class ReductionLiteralsTest {
    private final Tensor x = Tensors.of(new double[][] {{1, 2, 3}, {6, 5, 4}});

    private static void check(Tensor actual, Shape shape, double... numbers) {
        assertThat(actual.shape()).isEqualTo(shape);
        assertThat(actual.data()).containsExactly(numbers);
    }

    @Test
    void overAllOverOneOverSeveral() {
        check(x.sum(), Shape.SCALAR, 21);
        check(x.sum(0), Shape.of(3), 7, 7, 7);
        check(x.sum(-1), Shape.of(2), 6, 15);
        check(x.sum(true, 1), Shape.of(2, 1), 6, 15);
        check(x.sum(true), Shape.of(1, 1), 21);
        check(x.sum(1, 0), Shape.SCALAR, 21);
        check(x.prod(0), Shape.of(3), 6, 10, 12);
        check(x.max(1), Shape.of(2), 3, 6);
        check(x.min(true, 0), Shape.of(1, 3), 1, 2, 3);
        check(x.mean(0), Shape.of(3), 3.5, 3.5, 3.5);
        check(x.mean(), Shape.SCALAR, 3.5);
    }

    @Test
    void variance() {
        check(x.var(1), Shape.of(2), 1, 1);
        check(x.var(0, true, 1), Shape.of(2, 1), 2.0 / 3, 2.0 / 3);
        check(x.var(), Shape.SCALAR, 3.5);
        check(Tensors.of(5).var(0, false), Shape.SCALAR, 0);
        check(Tensors.of(5).var(), Shape.SCALAR, Double.NaN);
    }

    @Test
    void positions() {
        check(x.argmax(), Shape.SCALAR, 3);
        check(x.argmin(), Shape.SCALAR, 0);
        check(x.argmax(0), Shape.of(3), 1, 1, 1);
        check(x.argmin(-1), Shape.of(2), 0, 2);
        check(Tensors.of(1, 3).std(), Shape.SCALAR, Math.sqrt(2));
        check(x.argmax(0, true), Shape.of(1, 3), 1, 1, 1);
        check(x.argmin(-1, true), Shape.of(2, 1), 0, 2);
        check(x.argmin(-1, false), Shape.of(2), 0, 2);
    }

    @Test
    void runningSums() {
        check(x.cumsum(1), Shape.of(2, 3), 1, 3, 6, 6, 11, 15);
        check(x.cumsum(0), Shape.of(2, 3), 1, 2, 3, 7, 7, 7);
    }

    @Test
    void ofNothing() {
        Tensor nothing = Tensors.zeros(0, 3);
        check(nothing.sum(0), Shape.of(3), 0, 0, 0);
        check(nothing.prod(0), Shape.of(3), 1, 1, 1);
        check(nothing.mean(0), Shape.of(3), Double.NaN, Double.NaN, Double.NaN);
        check(nothing.sum(1), Shape.of(0));
        check(nothing.max(1), Shape.of(0));
    }

    @Test
    void ofAScalar() {
        check(Tensors.scalar(4).sum(), Shape.SCALAR, 4);
        check(Tensors.scalar(4).max(true), Shape.SCALAR, 4);
    }
}
