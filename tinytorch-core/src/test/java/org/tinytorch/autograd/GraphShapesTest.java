package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Gradients through graphs where paths part and meet. */
class GraphShapesTest {
    private static Tensor leaf(double value) {
        return Tensors.scalar(value).requiresGrad(true);
    }

    private static double gradientOf(Tensor leaf) {
        return leaf.grad().orElseThrow().item();
    }

    @Test
    void aSharedNodeIsVisitedOnceAfterAllItsUses() {
        Tensor a = leaf(3);
        Tensor b = a.add(a);
        Tensor c = b.add(b);
        c.backward();
        assertThat(gradientOf(a)).as("c = 4a").isEqualTo(4);
    }

    @Test
    void bothSidesOfADiamondArrive() {
        Tensor x = leaf(2);
        Tensor y = x.square().mul(x.mul(3)); // 3x³
        y.backward();
        assertThat(gradientOf(x)).as("9x²").isEqualTo(36);
    }

    @Test
    void pathsOfDifferentLengthMeet() {
        Tensor x = leaf(2);
        Tensor shared = x.mul(5);
        Tensor slow = shared.neg().neg().neg().neg();
        slow.mul(shared).backward(); // 25x²
        assertThat(gradientOf(x)).as("50x").isEqualTo(100);
    }

    @Test
    void aTowerOfDiamondsGrowsExponentiallyInValueButNotInVisits() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 60; i++) {
            y = y.add(y);
        }
        y.backward();
        assertThat(gradientOf(x)).as("2⁶⁰, one visit per node").isEqualTo(0x1p60);
    }

    @Test
    void aLeafUsedManyTimesCollectsAll() {
        Tensor x = leaf(1.5);
        Tensor sum = Tensors.scalar(0);
        for (int i = 1; i <= 10; i++) {
            sum = sum.add(x.mul(i));
        }
        sum.backward();
        assertThat(gradientOf(x)).isEqualTo(55);
    }

    @Test
    void sameTensorOnBothSides() {
        Tensor x = Tensors.of(new double[][] {{1, 2}, {3, 4}}).requiresGrad(true);
        x.matmul(x).sum().backward();
        assertThat(x.grad().orElseThrow().data())
                .as("G·Xᵀ + Xᵀ·G with G all ones")
                .containsExactly(7, 11, 9, 13);
    }

    @Test
    void aMillionOperationsDoNotOverflowTheStack() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 1_000_000; i++) {
            y = y.add(1);
        }
        y.backward();
        assertThat(y.item()).isEqualTo(1_000_001);
        assertThat(gradientOf(x)).isEqualTo(1);
    }

    @Test
    void aRandomGraphAgreesWithDifferences() {
        for (int seed = 0; seed < 20; seed++) {
            int drawn = seed;
            GradCheck.Computation graph = in -> {
                Generator generator = new Generator(drawn);
                Tensor[] pool = {in[0], in[1], in[0].mul(in[1]), in[1].sin()};
                for (int step = 0; step < 12; step++) {
                    Tensor a = pool[generator.nextInt(pool.length)];
                    Tensor b = pool[generator.nextInt(pool.length)];
                    pool[generator.nextInt(pool.length)] = switch (generator.nextInt(4)) {
                        case 0 -> a.add(b);
                        case 1 -> a.mul(b).tanh();
                        case 2 -> a.sub(b).cos();
                        default -> a.tanh();
                    };
                }
                return pool[0].add(pool[1]).mul(pool[2]).add(pool[3]);
            };
            assertThat(GradCheck.check(
                            graph,
                            Tensors.randn(new Generator(drawn), 2, 3),
                            Tensors.randn(new Generator(drawn + 100), 3)))
                    .as("graph drawn from seed %d", seed)
                    .matches(GradCheck.Result::passed);
        }
    }
}
