package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What was repeated on the way forward is added up on the way back. */
class BroadcastGradientTest {
    private static Tensor leaf(int... dims) {
        return Tensors.ones(dims).requiresGrad(true);
    }

    private static Tensor gradient(Tensor leaf) {
        return leaf.grad().orElseThrow();
    }

    @Test
    void aRowAddedToEveryRow() {
        Tensor matrix = leaf(2, 3);
        Tensor row = leaf(3);
        matrix.add(row).backward(Tensors.of(new double[][] {{1, 2, 3}, {10, 20, 30}}));
        assertThat(gradient(row)).matches(g -> g.allClose(Tensors.of(11, 22, 33)), "sum over rows");
        assertThat(gradient(matrix).data()).containsExactly(1, 2, 3, 10, 20, 30);
    }

    @Test
    void bothSidesStretch() {
        Tensor column = leaf(2, 1);
        Tensor row = leaf(3);
        column.mul(row).backward(Tensors.of(new double[][] {{1, 2, 3}, {10, 20, 30}}));
        assertThat(gradient(column).shape()).isEqualTo(Shape.of(2, 1));
        assertThat(gradient(column).data()).containsExactly(6, 60);
        assertThat(gradient(row).shape()).isEqualTo(Shape.of(3));
        assertThat(gradient(row).data()).containsExactly(11, 22, 33);
    }

    @Test
    void scalarsCollectEverything() {
        Tensor scalar = leaf();
        leaf(2, 3).mul(scalar).sum().backward();
        assertThat(gradient(scalar).shape()).isEqualTo(Shape.SCALAR);
        assertThat(gradient(scalar).item()).isEqualTo(6);
    }

    @Test
    void axesOfSizeOneStay() {
        Tensor x = leaf(1, 1, 3);
        x.add(Tensors.zeros(4, 2, 3)).sum().backward();
        assertThat(gradient(x).shape()).isEqualTo(Shape.of(1, 1, 3));
        assertThat(gradient(x).data()).containsExactly(8, 8, 8);
    }

    @Test
    void stretchedToNothing() {
        Tensor x = leaf(1);
        Tensor nothing = leaf(0);
        x.add(nothing).sum().backward();
        assertThat(gradient(x).data())
                .as("no element of the result depends on x")
                .containsExactly(0);
        assertThat(gradient(nothing).shape()).isEqualTo(Shape.of(0));
    }

    @Test
    void zeroSizeMatrices() {
        Tensor a = leaf(2, 0);
        Tensor b = leaf(0, 3);
        Tensor product = a.matmul(b);
        product.sum().backward();
        assertThat(product.data()).containsOnly(0).hasSize(6);
        assertThat(gradient(a).shape()).isEqualTo(Shape.of(2, 0));
        assertThat(gradient(b).shape()).isEqualTo(Shape.of(0, 3));
    }

    @Test
    void stackedMatricesShareOne() {
        Tensor weight = leaf(3, 2);
        leaf(4, 5, 3).matmul(weight).sum().backward();
        assertThat(gradient(weight).shape()).isEqualTo(Shape.of(3, 2));
        assertThat(gradient(weight).data()).containsOnly(20);
    }
}
