package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Cross-entropy of logits against probabilities. */
class CrossEntropySoftTargetsTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    private final Tensor logits = Tensors.of(new double[][] {{0, Math.log(3)}, {0, 0}}); // probabilities ¼, ¾ and ½, ½
    private final Tensor target = Tensors.of(new double[][] {{0.5, 0.5}, {0.2, 0.8}});
    private final double first = 0.5 * Math.log(4) + 0.5 * Math.log(4 / 3.0);

    @Test
    void isTheMeanOverTheSamples() {
        assertThat(new CrossEntropyLoss().forward(logits, target).item()).isCloseTo((first + Math.log(2)) / 2, CLOSE);
    }

    @Test
    void weightsCountEachClassButTheMeanIsStillOverTheSamples() {
        double weighted = 0.5 * 3 * Math.log(4) + 0.5 * Math.log(4 / 3.0);

        assertThat(new CrossEntropyLoss()
                        .classWeights(Tensors.of(3, 1))
                        .forward(logits, target)
                        .item())
                .isCloseTo((weighted + (3 * 0.2 + 0.8) * Math.log(2)) / 2, CLOSE);
    }

    @Property(tries = 100)
    void certainProbabilitiesAreLabels(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll @DoubleRange(min = 0, max = 1) double smoothing) {
        Generator generator = new Generator(seed);
        Tensor scores = Tensors.randn(generator, n, 4);
        Tensor labels = Tensors.randint(generator, 4, n);
        CrossEntropyLoss loss = new CrossEntropyLoss().labelSmoothing(smoothing);

        assertThat(loss.forward(scores, Tensors.oneHot(labels, 4)).item())
                .isCloseTo(loss.forward(scores, labels).item(), CLOSE);
        assertThat(loss.gradient(scores, Tensors.oneHot(labels, 4))
                        .allClose(loss.gradient(scores, labels), 1e-12, 1e-12))
                .isTrue();
    }

    @Test
    void theTargetMayLearnToo() {
        Tensor learning = target.copy().requiresGrad(true);

        new CrossEntropyLoss()
                .reduction(Reduction.SUM)
                .forward(logits, learning)
                .backward();

        assertThat(learning.grad().orElseThrow().data())
                .containsExactly(new double[] {Math.log(4), Math.log(4 / 3.0), Math.log(2), Math.log(2)}, CLOSE);
    }

    @Test
    void whatIsNoProbabilityIsRefused() {
        assertThatThrownBy(() -> new CrossEntropyLoss().forward(logits, Tensors.of(new double[][] {{0, 1}, {1.5, 0}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "crossEntropy: target 1.5 at (1, 0) is not possible; targets must be probabilities from 0 to 1");
    }

    @Test
    void thereIsNoLabelToIgnore() {
        assertThatThrownBy(() -> new CrossEntropyLoss().ignoreIndex(1).forward(logits, target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ignoreIndex 1 has no meaning for probabilities");
    }
}
