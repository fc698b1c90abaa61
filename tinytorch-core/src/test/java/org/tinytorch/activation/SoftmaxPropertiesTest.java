package org.tinytorch.activation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What makes softmax a softmax. */
class SoftmaxPropertiesTest {
    private static Tensor scores(long seed, int rows, int columns) {
        return Tensors.uniform(new Generator(seed), -20, 20, rows, columns);
    }

    private static void close(Tensor actual, Tensor expected) {
        assertThat(actual.allClose(expected, 1e-12, 1e-12))
                .as("%s against %s", actual, expected)
                .isTrue();
    }

    @Property(tries = 200)
    void probabilitiesAddUpToOne(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 7) int columns) {
        Tensor x = scores(seed, rows, columns);
        close(Activations.softmax(x, 1).sum(1), Tensors.ones(rows));
        close(Activations.softmax(x, 0).sum(0), Tensors.ones(columns));
        assertThat(Activations.softmax(x, -1).ge(0).sum().item()).isEqualTo(rows * columns);
    }

    @Property(tries = 200)
    void addingANumberToAllScoresChangesNothing(
            @ForAll long seed, @ForAll @DoubleRange(min = -1e3, max = 1e3) double shift) {
        Tensor x = scores(seed, 3, 4);
        close(Activations.softmax(x.add(shift), 1), Activations.softmax(x, 1));
        assertThat(Activations.logSoftmax(x.add(shift), 1).allClose(Activations.logSoftmax(x, 1), 1e-11, 1e-11))
                .isTrue();
    }

    @Property(tries = 200)
    void logSoftmaxIsItsLogarithm(@ForAll long seed) {
        Tensor x = scores(seed, 3, 4);
        close(Activations.logSoftmax(x, 1), Activations.softmax(x, 1).log());
    }

    @Property(tries = 100)
    void anAxisInTheMiddleIsTheSameAsTheLastOne(@ForAll long seed) {
        Tensor x = Tensors.randn(new Generator(seed), 2, 3, 4);
        close(
                Activations.softmax(x, 1),
                Activations.softmax(x.transpose(1, 2), 2).transpose(1, 2));
        close(
                Activations.logSoftmax(x, 0),
                Activations.logSoftmax(x.transpose(0, 2), -1).transpose(0, 2));
    }

    @Property(tries = 100)
    void gradientsAddUpToZero(@ForAll long seed) {
        Tensor x = scores(seed, 3, 4).requiresGrad(true);
        Activations.softmax(x, 1).backward(Tensors.randn(new Generator(seed + 1), 3, 4));
        close(x.grad().orElseThrow().sum(1), Tensors.zeros(3));
    }
}
