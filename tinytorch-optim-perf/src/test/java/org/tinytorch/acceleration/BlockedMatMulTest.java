package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class BlockedMatMulTest {
    /** Sizes around the block of 64 and the four steps taken together, 0 included. */
    @Property(tries = 300)
    void agreesWithThePlainLoopsForAllSizes(
            @ForAll @IntRange(max = 9) int m,
            @ForAll @IntRange(max = 140) int k,
            @ForAll @IntRange(max = 9) int n,
            @ForAll boolean transposeA,
            @ForAll boolean transposeB,
            @ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor a = transposeA ? Tensors.randn(generator, k, m) : Tensors.randn(generator, m, k);
        Tensor b = transposeB ? Tensors.randn(generator, n, k) : Tensors.randn(generator, k, n);
        MatMul product = new MatMul(transposeA, transposeB);

        Tensor blocked = BlockedMatMul.multiply(product, a, b);

        Tensor plain = product.forward(a, b);
        assertThat(blocked.allClose(plain, 1e-12, 1e-12))
                .as("%s of %s and %s: %s instead of %s", product, a.shape(), b.shape(), blocked, plain)
                .isTrue();
    }

    @Test
    void stacksOfMatricesBroadcast() {
        Generator generator = new Generator(1);
        Tensor a = Tensors.randn(generator, 3, 1, 5, 70);
        Tensor b = Tensors.randn(generator, 2, 70, 4);
        MatMul product = new MatMul(false, false);

        assertThat(BlockedMatMul.multiply(product, a, b).allClose(product.forward(a, b), 1e-12, 1e-12))
                .isTrue();
    }

    @Test
    void theSameInputsGiveTheSameBits() {
        Generator generator = new Generator(1);
        Tensor a = Tensors.randn(generator, 33, 130);
        Tensor b = Tensors.randn(generator, 130, 17);
        MatMul product = new MatMul(false, false);

        assertThat(BlockedMatMul.multiply(product, a, b).data())
                .isEqualTo(BlockedMatMul.multiply(product, a, b).data());
    }
}
