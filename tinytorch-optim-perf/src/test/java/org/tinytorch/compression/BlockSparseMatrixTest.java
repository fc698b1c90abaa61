package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tinytorch.compression.BlockSparseMatrix.HEIGHT;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class BlockSparseMatrixTest {
    @Test
    void storesBlocksThatAreNotZeroThroughout() {
        Tensor dense = Tensors.zeros(HEIGHT + 2, 3);
        dense.set(5, 1, 2);
        dense.set(7, HEIGHT, 0);
        dense.set(8, HEIGHT + 1, 2);

        BlockSparseMatrix matrix = BlockSparseMatrix.of(dense);

        assertThat(matrix.columnIndices()).containsExactly(2, 0, 2);
        assertThat(new int[] {matrix.start(0), matrix.start(1), matrix.start(2)})
                .containsExactly(0, 1, 3);
        assertThat(matrix.values()[1]).isEqualTo(5);
        assertThat(matrix.values()[HEIGHT]).isEqualTo(7);
        assertThat(matrix.values()[2 * HEIGHT + 1]).isEqualTo(8);
        assertThat(matrix.stored()).isEqualTo(3 * HEIGHT);
        assertThat(matrix.density()).isEqualTo(3.0 * HEIGHT / ((HEIGHT + 2) * 3));
        assertThat(matrix.bytes()).as("3 starts, 3 columns, 3 blocks").isEqualTo(3 * 4 + 3 * 4 + 3 * HEIGHT * 8);
        assertThat(matrix).hasToString("BlockSparseMatrix(10 x 3, density=0.8)");
    }

    @Property(tries = 100)
    void multipliesAsTheDenseMatrix(
            @ForAll @IntRange(max = 20) int rows,
            @ForAll @IntRange(max = 6) int columns,
            @ForAll @IntRange(max = 4) int n,
            @ForAll @DoubleRange(max = 1) double density,
            @ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor dense = CsrMatrixTest.random(generator, rows, columns, density);
        Tensor other = Tensors.randn(generator, columns, n);

        Tensor product = BlockSparseMatrix.of(dense).multiply(other);

        assertThat(product.shape()).isEqualTo(Shape.of(rows, n));
        assertThat(product.allClose(dense.matmul(other), 1e-12, 1e-12))
                .as("%s times %s is %s", dense, other, product)
                .isTrue();
    }

    @Property(tries = 50)
    void isTheDenseMatrixAgain(
            @ForAll @IntRange(max = 20) int rows, @ForAll @IntRange(max = 5) int columns, @ForAll long seed) {
        Tensor dense = CsrMatrixTest.random(new Generator(seed), rows, columns, 0.2);

        assertThat(BlockSparseMatrix.of(dense).toDense().data()).containsExactly(dense.data());
    }

    @Test
    void whatWasPrunedInBlocksIsStoredWithoutZeros() {
        Linear layer = new Linear(50, 4 * HEIGHT, new Generator(1));
        MagnitudePruner.perLayer().inBlocks(HEIGHT).masks(layer, 0.9).apply(layer);

        assertThat(BlockSparseMatrix.of(layer.weight()).stored())
                .isEqualTo(CsrMatrix.of(layer.weight()).stored())
                .isEqualTo(50 * 4 * HEIGHT / 10);
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> BlockSparseMatrix.of(Tensors.of(1, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse: a tensor of shape (2,) is not a matrix; reshape it to (rows, columns)");
        assertThatThrownBy(() -> BlockSparseMatrix.of(Tensors.of(new double[][] {{1, Double.NaN}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse: number 1 of 'weight' is NaN, but must be finite;"
                        + " go back to a checkpoint from before it was");
        assertThatThrownBy(() -> BlockSparseMatrix.of(Tensors.zeros(2, 3)).multiply(Tensors.zeros(2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparse: a matrix of 2 x 3 cannot be multiplied by (2, 2); it needs (3, n)");
    }
}
