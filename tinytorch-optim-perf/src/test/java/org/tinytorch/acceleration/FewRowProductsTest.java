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

class FewRowProductsTest {
    private static final MatMul LINEAR = new MatMul(false, true);

    private final FewRowProducts kernel = new FewRowProducts(Workers.NONE, 0);

    @Property(tries = 300)
    void agreesWithThePlainLoops(
            @ForAll @IntRange(min = 1, max = FewRows.MOST) int m,
            @ForAll @IntRange(min = 1, max = 70) int k,
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor a = Tensors.randn(generator, m, k);
        Tensor b = Tensors.randn(generator, n, k);

        Tensor product = kernel.compute(LINEAR, a, b).orElseThrow();

        assertThat(product.allClose(LINEAR.forward(a, b), 1e-12, 1e-12))
                .as("%s times the transpose of %s", a.shape(), b.shape())
                .isTrue();
    }

    @Test
    void theSumsAreTheSameHoweverManyThreadsThereAre() {
        Generator generator = new Generator(1);
        Tensor a = Tensors.randn(generator, 3, 301);
        Tensor b = Tensors.randn(generator, 501, 301);

        Tensor alone = kernel.compute(LINEAR, a, b).orElseThrow();
        Tensor together =
                new FewRowProducts(new Workers(3), 0).compute(LINEAR, a, b).orElseThrow();

        assertThat(together.data()).isEqualTo(alone.data());
    }

    @Test
    void leavesOtherProductsAlone() {
        Tensor weight = Tensors.ones(20, 30);

        assertThat(kernel.compute(LINEAR, Tensors.ones(FewRows.MOST + 1, 30), weight))
                .as("more rows")
                .isEmpty();
        assertThat(kernel.compute(new MatMul(false, false), Tensors.ones(1, 20), weight))
                .as("a matrix that is not transposed")
                .isEmpty();
        assertThat(kernel.compute(LINEAR, Tensors.ones(2, 1, 30), weight))
                .as("a stack")
                .isEmpty();
        assertThat(new FewRowProducts(Workers.NONE, Products.SMALL)
                        .compute(LINEAR, Tensors.ones(1, 3), Tensors.ones(2, 3)))
                .as("too small to gain")
                .isEmpty();
        assertThat(kernel.compute(LINEAR, Tensors.ones(0, 30), weight))
                .as("no row")
                .isEmpty();
    }
}
