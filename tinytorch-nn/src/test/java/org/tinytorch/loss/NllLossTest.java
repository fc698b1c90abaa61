package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

class NllLossTest {
    private final Tensor logProbabilities = Tensors.of(new double[][] {{-1, -2}, {-3, -4}, {-5, -6}});
    private final Tensor labels = Tensors.of(0, 1, 1);

    @Test
    void picksTheLabelsAndTurnsTheSign() {
        assertThat(new NllLoss().forward(logProbabilities, labels).item()).isCloseTo((1 + 4 + 6) / 3.0, within(1e-15));
        assertThat(new NllLoss()
                        .reduction(Reduction.NONE)
                        .forward(logProbabilities, labels)
                        .data())
                .containsExactly(1, 4, 6);
    }

    @Test
    void theMeanIsWeighted() {
        NllLoss loss = new NllLoss().classWeights(Tensors.of(4, 1));

        assertThat(loss.forward(logProbabilities, labels).item()).isCloseTo((4 * 1 + 4 + 6) / 6.0, within(1e-15));
        assertThat(loss.gradient(logProbabilities, labels).data())
                .containsExactly(new double[] {-4 / 6.0, 0, 0, -1 / 6.0, 0, -1 / 6.0}, within(1e-15));
    }

    @Test
    void anInfiniteScoreOfAnIgnoredSampleDoesNotMatter() {
        Tensor broken = Tensors.of(new double[][] {{Double.NEGATIVE_INFINITY, Double.NaN}, {-3, -4}});

        assertThat(new NllLoss()
                        .ignoreIndex(7)
                        .forward(broken, Tensors.of(7, 0))
                        .item())
                .isEqualTo(3);
    }

    @Property(tries = 100)
    void ofLogSoftmaxIsCrossEntropy(@ForAll long seed) {
        Generator generator = new Generator(seed);
        Tensor logits = Tensors.randn(generator, 3, 4, 2);
        Tensor target = Tensors.randint(generator, 4, 3, 2);

        double nll =
                new NllLoss().forward(Activations.logSoftmax(logits, 1), target).item();

        assertThat(nll).isCloseTo(new CrossEntropyLoss().forward(logits, target).item(), within(1e-12));
    }
}
