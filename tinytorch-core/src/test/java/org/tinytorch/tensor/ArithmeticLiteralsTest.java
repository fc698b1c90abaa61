package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One literal for each method that takes a number or has a shorter form. */
class ArithmeticLiteralsTest {
    private final Tensor x = Tensors.of(1, 2, 4);

    private static void check(Tensor actual, double... numbers) {
        assertThat(actual.data()).containsExactly(numbers);
    }

    @Test
    void withANumber() {
        check(x.add(1), 2, 3, 5);
        check(x.sub(1), 0, 1, 3);
        check(x.mul(3), 3, 6, 12);
        check(x.div(2), 0.5, 1, 2);
        check(x.pow(2), 1, 4, 16);
        check(x.maximum(2), 2, 2, 4);
        check(x.minimum(2), 1, 2, 2);
        check(x.eq(2), 0, 1, 0);
        check(x.ne(2), 1, 0, 1);
        check(x.lt(2), 1, 0, 0);
        check(x.le(2), 1, 1, 0);
        check(x.gt(2), 0, 0, 1);
        check(x.ge(2), 0, 1, 1);
    }

    @Test
    void withATensor() {
        Tensor y = Tensors.of(2, 2, 2);
        check(x.sub(y), -1, 0, 2);
        check(x.div(y), 0.5, 1, 2);
        check(x.pow(y), 1, 4, 16);
        check(y.pow(x), 2, 4, 16);
        check(x.eq(y), 0, 1, 0);
        check(x.ne(y), 1, 0, 1);
        check(x.lt(y), 1, 0, 0);
        check(x.le(y), 1, 1, 0);
        check(x.gt(y), 0, 0, 1);
        check(x.ge(y), 0, 1, 1);
    }

    @Test
    void ofOne() {
        check(x.neg(), -1, -2, -4);
        check(x.square(), 1, 4, 16);
        check(x.reciprocal(), 1, 0.5, 0.25);
        check(x.sqrt().square().sub(x).abs().lt(1e-15), 1, 1, 1);
        check(x.neg().abs(), 1, 2, 4);
        check(x.neg().sign(), -1, -1, -1);
        check(x.clamp(1.5, 3), 1.5, 2, 3);
        check(
                Tensors.of(0)
                        .exp()
                        .add(Tensors.of(1).log())
                        .add(Tensors.of(0).sin())
                        .add(Tensors.of(0).cos()),
                2);
        check(Tensors.of(0).tanh().add(Tensors.of(0).erf()), 0);
    }

    @Test
    void broadcastingAColumnWithARow() {
        Tensor table = Tensors.of(new double[][] {{10}, {20}}).add(Tensors.of(1, 2, 3));
        assertThat(table.shape()).isEqualTo(Shape.of(2, 3));
        check(table, 11, 12, 13, 21, 22, 23);
    }

    @Test
    void matrixProducts() {
        Tensor a = Tensors.of(new double[][] {{1, 2}, {3, 4}});
        check(a.matmul(Tensors.of(new double[][] {{5, 6}, {7, 8}})), 19, 22, 43, 50);
        check(a.matmul(Tensors.of(1, 10)), 21, 43);
        check(Tensors.of(1, 10).matmul(a), 31, 42);
        assertThat(Tensors.of(1, 10).matmul(Tensors.of(2, 3)).shape()).isEqualTo(Shape.SCALAR);
        check(MatMul.of(a, true, a, false), 10, 14, 14, 20);
    }
}
