package org.tinytorch.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class SvdTest {
    private static final double ROUNDING = 1e-12;

    /** A product of two random matrices; of full rank if {@code rank} is that large. */
    static Tensor ofRank(int rank, int rows, int columns, long seed) {
        Generator generator = new Generator(seed);
        return Tensors.randn(generator, rows, rank).matmul(Tensors.randn(generator, rank, columns));
    }

    private static void assertOrthonormal(String what, Tensor columns) {
        Tensor products = columns.transpose().matmul(columns);
        assertThat(products.allClose(Tensors.eye(columns.dim(1)), 0, ROUNDING))
                .as("%sᵀ·%s is %s", what, what, products)
                .isTrue();
    }

    @Property(tries = 100)
    void isTheMatrixInPartsAtRightAngles(
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @IntRange(min = 1, max = 9) int inner,
            @ForAll long seed) {
        Tensor a = ofRank(inner, rows, columns, seed);

        Svd svd = Svd.of(a);

        int rank = svd.rank();
        assertThat(svd.u().shape()).isEqualTo(Shape.of(rows, rank));
        assertThat(svd.v().shape()).isEqualTo(Shape.of(columns, rank));
        assertOrthonormal("U", svd.u());
        assertOrthonormal("V", svd.v());
        assertThat(svd.matrix().allClose(a, ROUNDING, ROUNDING))
                .as("reconstruction of %s", a)
                .isTrue();
        for (int i = 1; i < rank; i++) {
            assertThat(svd.singularValues().get(i))
                    .as("singular value %d, sorted", i)
                    .isPositive()
                    .isLessThanOrEqualTo(svd.singularValues().get(i - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aMatrixHasAsManyPartsAsItsRank(int rank) {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(Svd.of(ofRank(rank, 7, 5, seed)).rank())
                    .as("7 x 5, seed %d", seed)
                    .isEqualTo(rank);
            assertThat(Svd.of(ofRank(rank, 5, 9, seed)).rank())
                    .as("5 x 9, seed %d", seed)
                    .isEqualTo(rank);
        }
    }

    @Property(tries = 50)
    void theErrorIsWhatWasLeftOut(
            @ForAll @IntRange(min = 2, max = 9) int rows,
            @ForAll @IntRange(min = 2, max = 9) int columns,
            @ForAll long seed) {
        Tensor a = Tensors.randn(new Generator(seed), rows, columns);
        Svd svd = Svd.of(a);

        for (int kept = 1; kept <= svd.rank(); kept++) {
            double error = svd.truncated(kept).matrix().sub(a).square().sum().item();
            double leftOut = svd.singularValues()
                    .slice(0, kept, svd.rank())
                    .square()
                    .sum()
                    .item();
            assertThat(error).as("squared error with %d parts", kept).isCloseTo(leftOut, within(1e-11));
        }
    }

    @Test
    void noOtherMatrixOfThatRankIsNearer() {
        Tensor a = Tensors.randn(new Generator(5), 6, 4);
        double best = Svd.of(a).truncated(2).matrix().sub(a).square().sum().item();

        for (int seed = 0; seed < 20; seed++) {
            Tensor left = Tensors.randn(new Generator(seed), 6, 2);
            // the nearest matrix with these columns: least squares
            Tensor q = Svd.of(left).u();
            double error =
                    q.matmul(q.transpose().matmul(a)).sub(a).square().sum().item();
            assertThat(error).as("seed %d", seed).isGreaterThan(best);
        }
    }

    @Test
    void aDiagonalMatrixShowsItsSingularValues() {
        Svd svd = Svd.of(Tensors.of(new double[][] {{0, -3, 0}, {2, 0, 0}}));

        assertThat(svd.singularValues().data()).containsExactly(3, 2);
    }

    @Test
    void aMatrixOfZerosHasNoParts() {
        Svd svd = Svd.of(Tensors.zeros(3, 2));

        assertThat(svd.rank()).isZero();
        assertThat(svd.rankFor(1)).isZero();
        assertThat(svd.matrix().data()).containsExactly(new double[6]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-200, 1e200})
    void neitherTinyNorHugeNumbersAreLost(double size) {
        Tensor a = ofRank(3, 5, 3, 1);

        Svd svd = Svd.of(a.mul(size));

        assertThat(svd.rank()).isEqualTo(3);
        for (double share : new double[] {0.1, 0.5, 0.9, 0.99, 1}) {
            assertThat(svd.rankFor(share))
                    .as("parts for %s of the energy", share)
                    .isEqualTo(Svd.of(a).rankFor(share));
        }
        assertThat(svd.matrix().div(size).allClose(a, ROUNDING, ROUNDING)).isTrue();
    }

    @Test
    void aMatrixOfOrdinarySizeIsDecomposedToo() {
        Tensor a = Tensors.randn(new Generator(3), 60, 40);
        Svd svd = Svd.of(a);

        assertOrthonormal("U", svd.u());
        assertThat(svd.matrix().allClose(a, 0, ROUNDING)).isTrue();
    }

    @Test
    void theEnergyIsTheSumOfTheSquares() {
        Svd svd = Svd.of(Tensors.of(new double[][] {{3, 0}, {0, 1}}));

        assertThat(svd.rankFor(0.9)).isEqualTo(1);
        assertThat(svd.rankFor(0.91)).isEqualTo(2);
        assertThat(svd.rankFor(1)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1.1, Double.NaN})
    void aShareOutOfRangeIsRefused(double share) {
        assertThatThrownBy(() -> Svd.of(Tensors.eye(2)).rankFor(share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("svd: a share of " + share + " of the energy is not possible; use above 0, up to 1");
    }

    @Test
    void fewerPartsThanNoneAreRefused() {
        Svd svd = Svd.of(Tensors.eye(2));

        assertThat(svd.truncated(0).rank()).isZero();
        assertThatThrownBy(() -> svd.truncated(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("svd: the first -1 parts are not possible; use 0 or more");
    }

    @Test
    void whatIsNoMatrixOfNumbersIsRefused() {
        assertThatThrownBy(() -> Svd.of(Tensors.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("svd: a tensor of shape (2,) is not a matrix");
        assertThatThrownBy(() -> Svd.of(Tensors.of(new double[][] {{1, Double.NaN}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("svd: number 1 of 'matrix' is NaN, but must be finite;"
                        + " go back to a checkpoint from before it was");
    }
}
