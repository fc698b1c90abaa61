package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class CsrMatrixTest {
    private final CsrMatrix example = CsrMatrix.of(Tensors.of(new double[][] {{5, 0, 0}, {0, 0, 0}, {0, 7, 8}}));

    /** A matrix of which about a given share is not 0. */
    static Tensor random(Generator generator, int rows, int columns, double density) {
        Tensor values = Tensors.randn(generator, rows, columns);
        return Tensors.where(Tensors.rand(generator, rows, columns).lt(density), values, Tensors.scalar(0));
    }

    @Test
    void storesWhatIsNotZeroRowByRow() {
        assertThat(example.values()).containsExactly(5, 7, 8);
        assertThat(example.columnIndices()).containsExactly(0, 1, 2);
        assertThat(new int[] {example.rowStart(0), example.rowStart(1), example.rowStart(2), example.rowStart(3)})
                .containsExactly(0, 1, 1, 3);
    }

    @Test
    void knowsItsSizes() {
        CsrMatrix wide = CsrMatrix.of(Tensors.of(new double[][] {{0, 1, 0, 2}, {0, 0, 3, 0}}));

        assertThat(wide.rows()).isEqualTo(2);
        assertThat(wide.columns()).isEqualTo(4);
        assertThat(wide.stored()).isEqualTo(3);
        assertThat(wide.density()).isEqualTo(3.0 / 8);
        assertThat(wide.bytes()).as("3 row starts, 3 columns, 3 values").isEqualTo(3 * 4 + 3 * 4 + 3 * 8);
        assertThat(wide).hasToString("CsrMatrix(2 x 4, density=0.375)");
    }

    @Test
    void multipliesAColumn() {
        assertThat(example.multiply(Tensors.of(new double[][] {{1}, {2}, {3}})).data())
                .containsExactly(5, 0, 38);
    }

    @Property(tries = 100)
    void multipliesAsTheDenseMatrix(
            @ForAll @IntRange(max = 6) int rows,
            @ForAll @IntRange(max = 6) int columns,
            @ForAll @IntRange(max = 4) int n,
            @ForAll @DoubleRange(max = 1) double density,
            @ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor dense = random(generator, rows, columns, density);
        Tensor other = Tensors.randn(generator, columns, n);

        Tensor product = CsrMatrix.of(dense).multiply(other);

        assertThat(product.shape()).isEqualTo(Shape.of(rows, n));
        assertThat(product.allClose(dense.matmul(other), 1e-12, 1e-12))
                .as("%s times %s is %s", dense, other, product)
                .isTrue();
    }

    @Property(tries = 50)
    void isTheDenseMatrixAgain(
            @ForAll @IntRange(max = 5) int rows, @ForAll @IntRange(max = 5) int columns, @ForAll long seed) {
        Tensor dense = random(new Generator(seed), rows, columns, 0.5);

        assertThat(CsrMatrix.of(dense).toDense().shape()).isEqualTo(dense.shape());
        assertThat(CsrMatrix.of(dense).toDense().data()).containsExactly(dense.data());
    }

    @Test
    void zerosAreNotMultiplied() {
        assertThat(CsrMatrix.of(Tensors.of(new double[][] {{0, 2}}))
                        .multiply(Tensors.of(new double[][] {{Double.NaN}, {3}}))
                        .item())
                .isEqualTo(6);
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> CsrMatrix.of(Tensors.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse: a tensor of shape (2,) is not a matrix; reshape it to (rows, columns)");
        assertThatThrownBy(() -> example.multiply(Tensors.zeros(2, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse: a matrix of 3 x 3 cannot be multiplied by (2, 4); it needs (3, n)");
        assertThatThrownBy(() -> example.multiply(Tensors.zeros(3))).hasMessageContaining("by (3,)");
    }

    @Test
    void aWeightThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> CsrMatrix.of(Tensors.of(new double[][] {{1, 0}, {0, Double.NaN}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse: number 3 of 'weight' is NaN, but must be finite;"
                        + " go back to a checkpoint from before it was");
    }
}
