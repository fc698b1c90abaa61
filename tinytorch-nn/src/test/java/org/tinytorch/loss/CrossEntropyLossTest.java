package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Cross-entropy of logits against class labels. */
class CrossEntropyLossTest {
    private static final Offset<Double> CLOSE = within(1e-12);

    /** −log p of the classes for logits 1, 2, 3. */
    private static final double[] A = {2.40760596444438, 1.40760596444438, 0.40760596444438};

    /** −log p of each class for logits 0, 0, 0. */
    private static final double B = Math.log(3);

    private final Tensor logits = Tensors.of(new double[][] {{1, 2, 3}, {0, 0, 0}});
    private final Tensor labels = Tensors.of(2, 0);
    private final Tensor weights = Tensors.of(1, 2, 5);

    private double loss(CrossEntropyLoss loss) {
        return loss.forward(logits, labels).item();
    }

    @Test
    void isTheMeanNegativeLogProbabilityOfTheLabel() {
        assertThat(loss(new CrossEntropyLoss())).isCloseTo((A[2] + B) / 2, CLOSE);
        assertThat(loss(new CrossEntropyLoss().reduction(Reduction.SUM))).isCloseTo(A[2] + B, CLOSE);
        assertThat(new CrossEntropyLoss()
                        .reduction(Reduction.NONE)
                        .forward(logits, labels)
                        .data())
                .containsExactly(new double[] {A[2], B}, CLOSE);
    }

    @Test
    void itsGradientIsWhatWasSaidLessWhatIsTrue() {
        Tensor gradient = new CrossEntropyLoss().reduction(Reduction.SUM).gradient(logits, labels);

        assertThat(gradient.data())
                .containsExactly(
                        new double[] {
                            Math.exp(-A[0]), Math.exp(-A[1]), Math.exp(-A[2]) - 1, 1 / 3.0 - 1, 1 / 3.0, 1 / 3.0
                        },
                        CLOSE);
        assertThat(new CrossEntropyLoss().gradient(logits, labels).allClose(gradient.div(2), 1e-15, 1e-15))
                .as("mean over 2")
                .isTrue();
    }

    @Test
    void theMeanIsWeightedByTheClassOfTheLabel() {
        assertThat(loss(new CrossEntropyLoss().classWeights(weights))).isCloseTo((5 * A[2] + 1 * B) / 6, CLOSE);
        assertThat(loss(new CrossEntropyLoss().classWeights(weights).reduction(Reduction.SUM)))
                .isCloseTo(5 * A[2] + B, CLOSE);
    }

    @Test
    void smoothingSpreadsPartOfTheTargetOverAllClasses() {
        double first = 0.7 * A[2] + 0.1 * (A[0] + A[1] + A[2]);

        assertThat(loss(new CrossEntropyLoss().labelSmoothing(0.3))).isCloseTo((first + B) / 2, CLOSE);
    }

    @Test
    void smoothingWithWeightsDividesByTheWeightsOfTheLabels() {
        double first = 0.7 * 5 * A[2] + 0.1 * (1 * A[0] + 2 * A[1] + 5 * A[2]);
        double second = 0.7 * 1 * B + 0.1 * (1 + 2 + 5) * B;

        assertThat(loss(new CrossEntropyLoss().labelSmoothing(0.3).classWeights(weights)))
                .isCloseTo((first + second) / 6, CLOSE);
    }

    @Test
    void ignoredSamplesDoNotCount() {
        CrossEntropyLoss loss = new CrossEntropyLoss().ignoreIndex(-100).labelSmoothing(0.3);
        Tensor some = Tensors.of(2, -100);

        assertThat(loss.forward(logits, some).item()).isCloseTo(0.7 * A[2] + 0.1 * (A[0] + A[1] + A[2]), CLOSE);
        assertThat(loss.reduction(Reduction.NONE).forward(logits, some).get(1)).isZero();
        assertThat(loss.gradient(logits, some).select(0, 1).data()).containsOnly(0);
    }

    @Test
    void aClassMayBeIgnored() {
        assertThat(new CrossEntropyLoss().ignoreIndex(0).forward(logits, labels).item())
                .isCloseTo(A[2], CLOSE);
    }

    @Test
    void ifNothingCountsTheGradientIsZero() {
        Tensor none = Tensors.of(9, 9);

        assertThat(new CrossEntropyLoss()
                        .ignoreIndex(9)
                        .gradient(logits, none)
                        .abs()
                        .max()
                        .item())
                .isZero();
        assertThat(new NllLoss()
                        .ignoreIndex(9)
                        .gradient(logits, none)
                        .abs()
                        .max()
                        .item())
                .isZero();
    }

    @Test
    void ifNothingCountsTheMeanIsNaN() {
        assertThat(new CrossEntropyLoss()
                        .ignoreIndex(9)
                        .forward(logits, Tensors.of(9, 9))
                        .item())
                .isNaN();
        assertThat(new CrossEntropyLoss()
                        .classWeights(Tensors.zeros(3))
                        .forward(logits, labels)
                        .item())
                .isNaN();
        assertThat(new CrossEntropyLoss()
                        .ignoreIndex(9)
                        .reduction(Reduction.SUM)
                        .forward(logits, Tensors.of(9, 9))
                        .item())
                .isZero();
    }

    @Test
    void furtherAxesAreMoreSamples() {
        Tensor image = logits.transpose().reshape(1, 3, 2); // two positions with the logits of the two samples
        Tensor map = labels.reshape(1, 2);

        assertThat(new CrossEntropyLoss().forward(image, map).item()).isCloseTo((A[2] + B) / 2, CLOSE);
        assertThat(new CrossEntropyLoss()
                        .reduction(Reduction.NONE)
                        .forward(image, map)
                        .shape())
                .isEqualTo(Shape.of(1, 2));
        assertThat(new CrossEntropyLoss()
                        .gradient(image, map)
                        .reshape(3, 2)
                        .transpose()
                        .allClose(new CrossEntropyLoss().gradient(logits, labels), 1e-15, 1e-15))
                .isTrue();
    }

    @Test
    void hugeLogitsAreNoProblem() {
        Tensor huge = Tensors.of(new double[][] {{1e300, 0, -1e300}});

        assertThat(new CrossEntropyLoss().forward(huge, Tensors.of(0)).item()).isZero();
        assertThat(new CrossEntropyLoss().forward(huge, Tensors.of(1)).item()).isEqualTo(1e300);
    }

    @Test
    void aClassWithALogitOfMinusInfinityIsOutOfTheGame() {
        Tensor masked =
                Tensors.of(new double[][] {{Double.NEGATIVE_INFINITY, 0, 0}}).requiresGrad(true);

        Tensor loss = new CrossEntropyLoss().forward(masked, Tensors.of(1));
        loss.backward();

        assertThat(loss.item()).isCloseTo(Math.log(2), CLOSE);
        assertThat(masked.grad().orElseThrow().data()).containsExactly(new double[] {0, -0.5, 0.5}, CLOSE);
    }

    @Test
    void laterChangesToTheWeightsDoNotMatter() {
        Tensor mine = weights.copy();
        CrossEntropyLoss loss = new CrossEntropyLoss().classWeights(mine);
        double before = loss(loss);

        mine.fill(0);

        assertThat(loss(loss)).isEqualTo(before);
    }
}
