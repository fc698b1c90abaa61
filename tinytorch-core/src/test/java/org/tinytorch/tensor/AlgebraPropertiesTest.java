package org.tinytorch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws of matrices and sums. */
class AlgebraPropertiesTest {
    @Provide
    Arbitrary<Tensor> filled() {
        return Drawn.filledShapes().flatMap(Drawn::tensors);
    }

    private static Tensor random(long seed, int... dims) {
        return Tensors.uniform(new Generator(seed), -3, 3, dims);
    }

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.allClose(expected, 1e-12, 1e-11))
                .as("%s against %s", actual, expected)
                .isTrue();
    }

    @Property(tries = 200)
    void productsAssociate(
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int m,
            @ForAll @IntRange(max = 5) int k,
            @ForAll @IntRange(max = 5) int n,
            @ForAll @IntRange(max = 5) int p) {
        Tensor a = random(seed, m, k);
        Tensor b = random(seed + 1, k, n);
        Tensor c = random(seed + 2, n, p);
        close(a.matmul(b).matmul(c), a.matmul(b.matmul(c)));
    }

    @Property(tries = 200)
    void theTransposeOfAProduct(
            @ForAll long seed,
            @ForAll @IntRange(max = 5) int m,
            @ForAll @IntRange(max = 5) int k,
            @ForAll @IntRange(max = 5) int n) {
        Tensor a = random(seed, 2, m, k);
        Tensor b = random(seed + 1, k, n);
        close(a.matmul(b).transpose(), b.transpose().matmul(a.transpose()));
        close(MatMul.of(a.transpose(), true, b.transpose(), true), a.matmul(b));
    }

    @Property(tries = 100)
    void theIdentityChangesNothing(
            @ForAll long seed, @ForAll @IntRange(max = 5) int m, @ForAll @IntRange(max = 5) int n) {
        Tensor a = random(seed, m, n);
        close(a.matmul(Tensors.eye(n)), a);
        close(Tensors.eye(m).matmul(a), a);
    }

    @Property(tries = 100)
    void productsDistribute(@ForAll long seed, @ForAll @IntRange(max = 5) int m, @ForAll @IntRange(max = 5) int k) {
        Tensor a = random(seed, m, k);
        Tensor b = random(seed + 1, m, k);
        Tensor c = random(seed + 2, k, 3);
        close(a.add(b).matmul(c), a.matmul(c).add(b.matmul(c)));
    }

    @Property(tries = 200)
    void sumsDoNotDependOnTheOrderOfAxes(@ForAll("filled") Tensor x) {
        Tensor stepwise = x;
        for (int axis = x.rank() - 1; axis >= 0; axis--) {
            stepwise = stepwise.sum(axis);
        }
        close(stepwise, x.sum());
        close(x.sum(0).sum(), x.sum());
        close(x.sum(true, -1).sum(), x.sum());
    }

    @Property(tries = 200)
    void theLastRunningSumIsTheSum(@ForAll("filled") Tensor x) {
        close(x.cumsum(0).select(0, -1), x.sum(0));
        close(x.cumsum(-1).select(-1, -1), x.sum(-1));
    }

    @Property(tries = 200)
    void theMaximumStandsAtArgmax(@ForAll("filled") Tensor x) {
        close(x.gather(-1, x.argmax(-1).unsqueeze(-1)).squeeze(-1), x.max(-1));
        close(x.gather(0, x.argmin(0).unsqueeze(0)).squeeze(0), x.min(0));
        assertThat(x.reshape(-1).get((int) x.argmax().item())).isEqualTo(x.max().item());
    }

    @Property(tries = 200)
    void theVarianceIsTheMeanSquareLessTheSquaredMean(@ForAll("filled") Tensor x) {
        close(x.var(0, false), x.square().mean().sub(x.mean().square()));
        close(x.add(5).var(0, false, -1), x.var(0, false, -1));
    }

    @Property(tries = 200)
    void elementaryFunctionsUndoEachOther(@ForAll("filled") Tensor x) {
        close(x.exp().log(), x);
        close(x.abs().sqrt().square(), x.abs());
        close(x.sin().square().add(x.cos().square()), Tensors.ones(x.shape()));
        close(x.sign().mul(x.abs()), x);
        close(x.reciprocal().reciprocal(), x);
    }
}
