package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

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
            new ParallelGemm(new BlockedGemm(), THREE),
            new ParallelGemm(new VectorGemm(), THREE));

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

    /** Past the blocks of 256 steps and 96 rows, and with tiles that stick out on every side. */
    @Property(tries = 24)
    void agreesPastTheEdgesOfTheBlocks(
            @ForAll("gemms") Gemm gemm, @ForAll boolean transposeA, @ForAll boolean transposeB, @ForAll long seed) {
        agrees(gemm, 203, 261, 155, transposeA, transposeB, seed);
    }

    private static void agrees(Gemm gemm, int m, int k, int n, boolean transposeA, boolean transposeB, long seed) {
        Generator generator = new Generator(seed);
        Tensor a = transposeA ? Tensors.randn(generator, k, m) : Tensors.randn(generator, m, k);
        Tensor b = transposeB ? Tensors.randn(generator, n, k) : Tensors.randn(generator, k, n);
        MatMul product = new MatMul(transposeA, transposeB);

        Tensor actual = gemm.multiply(product, a, b);

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
                        gemm.multiply(product, a, b).allClose(product.forward(a, b), 1e-12, 1e-12))
                .isTrue());
    }

    @Test
    void splittingTheWorkDoesNotChangeABit() {
        Generator generator = new Generator(1);
        Tensor tall = Tensors.randn(generator, 300, 261);
        Tensor wide = Tensors.randn(generator, 261, 301);
        MatMul product = new MatMul(false, false);

        for (Gemm inner : List.of(new BlockedGemm(), new VectorGemm())) {
            double[] alone = inner.multiply(product, tall, wide).data();
            for (int threads = 1; threads <= 5; threads++) {
                assertThat(new ParallelGemm(inner, new Workers(threads))
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
                        gemm.multiply(product, a, Tensors.ones(30, 25)).data())
                .as(gemm.getClass().getSimpleName())
                .isEqualTo(product.forward(a, Tensors.ones(30, 25)).data()));
    }
}
