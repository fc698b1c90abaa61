package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Every way to multiply matrices against the plain loops. */
class GemmTest {
    private static final Workers THREE = new Workers(3);
    private static final List<Gemm> ALL = List.of(
            new BlockedGemm(),
            new VectorGemm(),
            new PackedGemm(DoublePanels::new),
            new SplitGemm(new BlockedGemm(), THREE),
            new SplitGemm(new VectorGemm(), THREE));

    /** The operation by one of these. */
    private static Tensor multiply(Gemm gemm, MatMul product, Tensor a, Tensor b) {
        return new Products(gemm, Workers.NONE).multiply(product, a, b);
    }

    @Provide
    Arbitrary<Gemm> gemms() {
        return Arbitraries.of(ALL);
    }

    @Property(tries = 600)
    void agreesWithThePlainLoopsForAllSizes(
            @ForAll("gemms") Gemm gemm,
            @ForAll @IntRange(max = 70) int m,
            @ForAll @IntRange(max = 70) int k,
            @ForAll @IntRange(max = 70) int n,
            @ForAll boolean transposeA,
            @ForAll boolean transposeB,
            @ForAll long seed) {
        agrees(gemm, m, k, n, transposeA, transposeB, seed);
    }

    /** Past the blocks of 512 steps and 80 rows, and with tiles that stick out on every side. */
    @Property(tries = 24)
    void agreesPastTheEdgesOfTheBlocks(
            @ForAll("gemms") Gemm gemm, @ForAll boolean transposeA, @ForAll boolean transposeB, @ForAll long seed) {
        agrees(gemm, 203, 521, 155, transposeA, transposeB, seed);
    }

    private static void agrees(Gemm gemm, int m, int k, int n, boolean transposeA, boolean transposeB, long seed) {
        Generator generator = new Generator(seed);
        Tensor a = transposeA ? Tensors.randn(generator, k, m) : Tensors.randn(generator, m, k);
        Tensor b = transposeB ? Tensors.randn(generator, n, k) : Tensors.randn(generator, k, n);
        MatMul product = new MatMul(transposeA, transposeB);

        Tensor actual = multiply(gemm, product, a, b);

        assertThat(actual.allClose(product.forward(a, b), 1e-11, 1e-11))
                .as("%s, %s of %s and %s", gemm.getClass().getSimpleName(), product, a.shape(), b.shape())
                .isTrue();
    }

    @Test
    void stacksOfMatricesBroadcast() {
        Generator generator = new Generator(1);
        Tensor a = Tensors.randn(generator, 3, 1, 5, 70);
        Tensor b = Tensors.randn(generator, 2, 70, 4);
        MatMul product = new MatMul(false, false);

        assertThat(ALL).allSatisfy(gemm -> assertThat(
                        multiply(gemm, product, a, b).allClose(product.forward(a, b), 1e-12, 1e-12))
                .isTrue());
    }

    @Test
    void splittingTheWorkDoesNotChangeABit() {
        Generator generator = new Generator(1);
        Tensor tall = Tensors.randn(generator, 300, 521);
        Tensor wide = Tensors.randn(generator, 521, 301);
        MatMul product = new MatMul(false, false);

        for (Gemm inner : List.of(new BlockedGemm(), new VectorGemm())) {
            double[] alone = multiply(inner, product, tall, wide).data();
            for (int threads = 1; threads <= 5; threads++) {
                assertThat(new Products(inner, new Workers(threads))
                                .multiply(product, tall, wide)
                                .data())
                        .as("%s on %d threads", inner.getClass().getSimpleName(), threads)
                        .isEqualTo(alone);
            }
        }
    }

    @Test
    void notANumberAndInfinityGoThrough() {
        Tensor a = Tensors.ones(20, 30);
        a.set(Double.NaN, 3, 7);
        a.set(Double.POSITIVE_INFINITY, 5, 29);
        MatMul product = new MatMul(false, false);

        assertThat(ALL).allSatisfy(gemm -> assertThat(
                        multiply(gemm, product, a, Tensors.ones(30, 25)).data())
                .as(gemm.getClass().getSimpleName())
                .isEqualTo(product.forward(a, Tensors.ones(30, 25)).data()));
    }

    /** Tall, square and wide ones around the sizes at which small products are done as they lie. */
    @Property(tries = 100)
    void theWayASmallProductIsDoneDoesNotChangeABit(
            @ForAll @IntRange(min = 1, max = 8) int rowTiles,
            @ForAll @IntRange(min = 1, max = 60) int k,
            @ForAll @IntRange(min = 2, max = 6) int vectors,
            @ForAll boolean transposeA) {
        int m = 8 * rowTiles;
        int n = 8 * vectors;
        Generator generator = new Generator(k);
        Tensor a = transposeA ? Tensors.randn(generator, k, m) : Tensors.randn(generator, m, k);
        Tensor b = Tensors.randn(generator, k, n);
        MatMul product = new MatMul(transposeA, false);

        assertThat(multiply(new VectorGemm(), product, a, b).data())
                .isEqualTo(multiply(new PackedGemm(DoublePanels::new), product, a, b)
                        .data());
    }

    @Test
    void aProductCanBeAddedToWhatIsThere() {
        Generator generator = new Generator(1);
        int m = 19;
        int k = 40;
        int n = 35;
        Tensor a = Tensors.randn(generator, m, k);
        Tensor b = Tensors.randn(generator, k, n);
        Tensor before = Tensors.randn(generator, m, n);
        Tensor expected = before.add(new MatMul(false, false).forward(a, b));

        assertThat(ALL).allSatisfy(gemm -> {
            Tensor c = before.copy();
            gemm.multiply(
                    m,
                    k,
                    n,
                    Matrix.of(a.data(), 0, m, k, false),
                    Matrix.of(b.data(), 0, k, n, false),
                    Matrix.of(c.mutableData(), 0, m, n, false),
                    true);
            assertThat(c.allClose(expected, 1e-12, 1e-12))
                    .as(gemm.getClass().getSimpleName())
                    .isTrue();
        });
    }

    /** Results may come in arrays that were used before. */
    @Test
    void whatWasInTheResultDoesNotMatter() {
        Generator generator = new Generator(1);
        for (int size : new int[] {1, 8, 16, 33, 70}) {
            Tensor a = Tensors.randn(generator, size, size);
            Matrix matrix = Matrix.of(a.data(), 0, size, size, false);
            Tensor expected = new MatMul(false, false).forward(a, a);

            assertThat(ALL).allSatisfy(gemm -> {
                double[] c = new double[size * size];
                Arrays.fill(c, Double.NaN);
                gemm.multiply(size, size, size, matrix, matrix, Matrix.of(c, 0, size, size, false), false);
                assertThat(Tensors.of(c, size, size).allClose(expected, 1e-11, 1e-11))
                        .as("%s, %d by %d", gemm.getClass().getSimpleName(), size, size)
                        .isTrue();
            });
        }
    }
}
