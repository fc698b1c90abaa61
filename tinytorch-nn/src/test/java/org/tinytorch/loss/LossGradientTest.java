package org.tinytorch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.tinytorch.activation.Activations;
import org.tinytorch.nn.CentralDifference;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The gradient of every loss, in every variant, three ways: by hand, by the tape, and by differences. */
class LossGradientTest {
    /** A loss with data for it. */
    private record Sample(Loss loss, Tensor prediction, Tensor target) {
        @Override
        public String toString() {
            return loss + " of " + prediction.shape() + " against " + target.shape();
        }
    }

    /** Makes a sample of some size; N and D vary, there are 4 classes. */
    private interface Maker {
        Sample make(Reduction reduction, int n, int d, Generator generator);
    }

    private static final Tensor CLASS_WEIGHTS = Tensors.of(0.5, 2, 1, 0);

    private static Tensor labels(Generator generator, int... dims) {
        return Tensors.randint(generator, 3, dims); // never 3, whose weight is 0
    }

    private static Tensor withIgnored(Tensor labels) {
        Tensor some = labels.copy();
        some.mutableData()[0] = some.size() > 1 ? -1 : some.data()[0];
        return some;
    }

    private static Tensor probabilities(Generator generator, int... dims) {
        return Activations.softmax(Tensors.randn(generator, dims), 1);
    }

    /** Where a slope jumps, differences lie between two slopes: no error is next to such a place. */
    private static Sample besideCorners(Loss loss, double corner, Tensor prediction, Tensor target) {
        double[] p = prediction.mutableData();
        for (int i = 0; i < p.length; i++) {
            double error = Math.abs(p[i] - target.data()[i]);
            p[i] += Math.abs(error - corner) < 1e-3 ? 0.01 : 0;
        }
        return new Sample(loss, prediction, target);
    }

    private static final List<Maker> MAKERS = List.of(
            (r, n, d, g) -> new Sample(new MseLoss().reduction(r), Tensors.randn(g, n, d), Tensors.randn(g, n, d)),
            (r, n, d, g) -> besideCorners(new L1Loss().reduction(r), 0, Tensors.randn(g, n, d), Tensors.randn(g, n, d)),
            (r, n, d, g) ->
                    besideCorners(new HuberLoss(0.7).reduction(r), 0.7, Tensors.randn(g, n, d), Tensors.randn(g, n, d)),
            (r, n, d, g) ->
                    new Sample(new BceWithLogitsLoss().reduction(r), Tensors.randn(g, n, d), Tensors.rand(g, n, d)),
            (r, n, d, g) -> new Sample(
                    new BceWithLogitsLoss()
                            .posWeight(Tensors.uniform(g, 0, 3, d))
                            .reduction(r),
                    Tensors.randn(g, n, d),
                    Tensors.rand(g, n, d)),
            (r, n, d, g) -> new Sample(new KlDivLoss().reduction(r), Tensors.randn(g, n, 4), probabilities(g, n, 4)),
            (r, n, d, g) ->
                    new Sample(new KlDivLoss().perSample(), Tensors.randn(g, n, 4, d), probabilities(g, n, 4, d)),
            (r, n, d, g) -> new Sample(new NllLoss().reduction(r), Tensors.randn(g, n, 4), labels(g, n)),
            (r, n, d, g) -> new Sample(
                    new NllLoss().classWeights(CLASS_WEIGHTS).ignoreIndex(-1).reduction(r),
                    Tensors.randn(g, n, 4, d),
                    withIgnored(labels(g, n, d))),
            (r, n, d, g) -> new Sample(new CrossEntropyLoss().reduction(r), Tensors.randn(g, n, 4), labels(g, n)),
            (r, n, d, g) -> new Sample(
                    new CrossEntropyLoss().labelSmoothing(0.3).reduction(r),
                    Tensors.randn(g, n, 4, d),
                    labels(g, n, d)),
            (r, n, d, g) -> new Sample(
                    new CrossEntropyLoss()
                            .labelSmoothing(0.3)
                            .classWeights(CLASS_WEIGHTS)
                            .ignoreIndex(-1)
                            .reduction(r),
                    Tensors.randn(g, n, 4, d, 2),
                    withIgnored(labels(g, n, d, 2))),
            (r, n, d, g) -> new Sample(
                    new CrossEntropyLoss().reduction(r), Tensors.randn(g, n, 4, d), probabilities(g, n, 4, d)),
            (r, n, d, g) -> new Sample(
                    new CrossEntropyLoss()
                            .labelSmoothing(0.2)
                            .classWeights(CLASS_WEIGHTS)
                            .reduction(r),
                    Tensors.randn(g, n, 4),
                    probabilities(g, n, 4)));

    @Provide
    static Arbitrary<Sample> samples() {
        return Combinators.combine(
                        Arbitraries.of(MAKERS),
                        Arbitraries.of(Reduction.class),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.longs())
                .as((maker, reduction, n, d, seed) -> maker.make(reduction, n, d, new Generator(seed)));
    }

    @Property(tries = 400)
    void byHandAgreesWithTheTapeAndWithDifferences(@ForAll("samples") Sample sample) {
        Tensor byHand = sample.loss.gradient(sample.prediction, sample.target);

        Tensor leaf = sample.prediction.copy().requiresGrad(true);
        Tensor value = sample.loss.forward(leaf, sample.target);
        value.backward(Tensors.ones(value.shape()));
        Tensor taped = leaf.grad().orElseThrow();
        assertThat(byHand.allClose(taped, 1e-12, 1e-12))
                .as("%s: by hand%n%s%nby the tape%n%s", sample, byHand, taped)
                .isTrue();
        CentralDifference.assertAgrees(
                sample.toString(),
                byHand,
                CentralDifference.of(
                        p -> sample.loss.forward(p, sample.target).sum().item(), sample.prediction));
    }

    @Property(tries = 100)
    void theGradientIsNotRecorded(@ForAll("samples") Sample sample) {
        Tensor recorded = sample.prediction.copy().requiresGrad(true).mul(1);

        Tensor gradient = sample.loss.gradient(recorded, sample.target);

        assertThat(gradient.requiresGrad()).isFalse();
        assertThat(gradient.shape()).isEqualTo(sample.prediction.shape());
    }

    @Property(tries = 100)
    void theSumAddsUpTheSingleLosses(@ForAll @IntRange(min = 0, max = 13) int maker, @ForAll long seed) {
        Sample apart = MAKERS.get(maker).make(Reduction.NONE, 3, 2, new Generator(seed));
        Sample summed = MAKERS.get(maker).make(Reduction.SUM, 3, 2, new Generator(seed));
        Assume.that(!(apart.loss instanceof KlDivLoss kl && kl.batchMean()));

        Tensor losses = apart.loss.forward(apart.prediction, apart.target);

        assertThat(losses.dim(0)).as("one loss per element or sample").isEqualTo(3);
        assertThat(summed.loss.forward(summed.prediction, summed.target).item())
                .isCloseTo(losses.sum().item(), within(1e-12));
    }

    @Property(tries = 200)
    void aTargetThatAsksForAGradientDoesNotDisturb(@ForAll("samples") Sample sample) {
        Tensor target = sample.target.copy().requiresGrad(true);

        assertThat(sample.loss.forward(sample.prediction, target).data())
                .containsExactly(
                        sample.loss.forward(sample.prediction, sample.target).data());
        assertThat(sample.loss.gradient(sample.prediction, target).requiresGrad())
                .isFalse();
    }
}
