package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Products in single precision: within the bound that the documentation gives, and really in single precision. */
class MatMulPrecisionTest {
    private static final double UNIT_ROUNDOFF = Math.scalb(1.0, -24);

    private final VectorBackend single = new VectorBackend(MatMulPrecision.FLOAT32);

    @Property(tries = 200)
    void theErrorStaysWithinTheBound(
            @ForAll @IntRange(min = 1, max = 70) int m,
            @ForAll @IntRange(min = 1, max = 1100) int k,
            @ForAll @IntRange(min = 1, max = 70) int n,
            @ForAll boolean transposeA,
            @ForAll boolean transposeB,
            @ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor a = transposeA ? Tensors.randn(generator, k, m) : Tensors.randn(generator, m, k);
        Tensor b = transposeB ? Tensors.randn(generator, n, k) : Tensors.randn(generator, k, n);
        MatMul product = new MatMul(transposeA, transposeB);

        Tensor error = single.compute(product, a, b).sub(product.forward(a, b)).abs();
        Tensor bound = product.forward(a.abs(), b.abs()).mul((Math.min(k, 512) + 3) * UNIT_ROUNDOFF * (1 + 1e-4));

        assertThat(error.sub(bound).max().item())
                .as("the most by which the error passes its bound, %d x %d x %d", m, k, n)
                .isNotPositive();
    }

    @Test
    void threadsDoNotChangeABit() {
        Generator generator = new Generator(1);
        Tensor a = Tensors.randn(generator, 150, 530);
        Tensor b = Tensors.randn(generator, 530, 149);
        MatMul product = new MatMul(false, false);
        double[] alone = new Products(new PackedGemm(FloatPanels::new), Workers.NONE)
                .multiply(product, a, b)
                .data();

        for (int threads = 2; threads <= 4; threads++) {
            assertThat(new Products(new PackedGemm(FloatPanels::new), new Workers(threads))
                            .multiply(product, a, b)
                            .data())
                    .as("%d threads", threads)
                    .isEqualTo(alone);
        }
    }

    @Test
    void operandsAreRoundedToSinglePrecision() {
        Tensor third = Tensors.full(Shape.of(16, 16), 1 / 3.0);
        Tensor unit = Tensors.eye(16);

        Tensor product = new Products(new PackedGemm(FloatPanels::new), Workers.NONE)
                .multiply(new MatMul(false, false), third, unit);

        assertThat(product.get(3, 5)).isEqualTo((double) (float) (1 / 3.0));
    }

    @Test
    void thePropertyIsReadWhenTheFirstOperationComes() {
        System.setProperty("tinytorch.matmul", "float16");
        try {
            VectorBackend backend = new VectorBackend(); // being listed must not fail
            Tensor a = Tensors.ones(16, 16);

            assertThatThrownBy(() -> backend.compute(new MatMul(false, false), a, a))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("matmul: -Dtinytorch.matmul=float16 is not one of float64, float32");
        } finally {
            System.clearProperty("tinytorch.matmul");
        }
    }
}
