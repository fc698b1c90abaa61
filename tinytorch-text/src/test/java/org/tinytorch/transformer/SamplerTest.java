package org.tinytorch.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Generator;

class SamplerTest {
    private static final int[] NOTHING = {};
    private static final double[] LOGITS = {0, Math.log(2), Math.log(5)};

    private final Generator generator = new Generator(1);

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] softmax(double[] logits, double temperature) {
        double max = Arrays.stream(logits).max().orElseThrow();
        double[] p = Arrays.stream(logits)
                .map(z -> Math.exp((z - max) / temperature))
                .toArray();
        return normalised(p);
    }

    private static double[] normalised(double[] p) {
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(x -> x / sum).toArray();
    }

    private static int likelier(double[] values, int token) {
        return (int) Arrays.stream(values).filter(x -> x > values[token]).count();
    }

    /** What is drawn from: a token stays if fewer than k are likelier, whatever ties with it. */
    private static double[] topK(double[] p, int k) {
        return normalised(IntStream.range(0, p.length)
                .mapToDouble(i -> likelier(p, i) < k ? p[i] : 0)
                .toArray());
    }

    /** A token stays if the likelier ones have not reached topP yet. */
    private static double[] topP(double[] p, double topP) {
        return normalised(Arrays.stream(p)
                .map(x -> Arrays.stream(p).filter(y -> y > x).sum() < topP ? x : 0)
                .toArray());
    }

    private void picksAsOftenAs(double[] probabilities, Sampler sampler) {
        int draws = 20_000;
        int[] counts = new int[probabilities.length];
        for (int i = 0; i < draws; i++) {
            counts[sampler.pick(LOGITS, NOTHING, generator)]++;
        }
        for (int i = 0; i < counts.length; i++) {
            double deviation = Math.sqrt(draws * probabilities[i] * (1 - probabilities[i]));
            assertThat((double) counts[i])
                    .as("how often token %d was drawn by %s", i, sampler)
                    .isCloseTo(draws * probabilities[i], within(4 * deviation));
        }
    }

    @Test
    void greedyTakesTheLikeliestAndOfSeveralTheFirst() {
        assertThat(Sampler.greedy().pick(new double[] {1, 3, 2}, NOTHING, generator))
                .isEqualTo(1);
        assertThat(Sampler.greedy().pick(new double[] {-1, -3, -1}, NOTHING, generator))
                .isZero();
        assertThat(Sampler.greedy().pick(new double[] {-7}, NOTHING, generator)).isZero();
    }

    @Test
    void greedyDrawsNoNumberAndAllOthersOne() {
        long before = generator.state();
        Sampler.greedy().topK(2).topP(0.5).pick(LOGITS, NOTHING, generator);
        assertThat(generator.state()).as("state after a greedy choice").isEqualTo(before);

        Sampler.temperature(1).topK(2).pick(LOGITS, NOTHING, generator);
        Generator other = new Generator(before);
        other.nextDouble();
        assertThat(generator.state()).as("state after a draw").isEqualTo(other.state());
    }

    @Test
    void tokensAreDrawnAsOftenAsTheirProbabilitiesSay() {
        picksAsOftenAs(new double[] {1 / 8.0, 2 / 8.0, 5 / 8.0}, Sampler.temperature(1));
        picksAsOftenAs(
                new double[] {0, 2 / 7.0, 5 / 7.0}, Sampler.temperature(1).topK(2));
        picksAsOftenAs(new double[] {0, 0, 1}, Sampler.temperature(1).topP(0.6));
        picksAsOftenAs(
                new double[] {0, 2 / 7.0, 5 / 7.0}, Sampler.temperature(1).topP(0.7));
        picksAsOftenAs(new double[] {1 / 30.0, 4 / 30.0, 25 / 30.0}, Sampler.temperature(0.5));
    }

    @Test
    void whatTiesWithTheLastOneIsKeptToo() {
        double[] scores = {1, 0, 1, -1, 0};
        double[] both = topK(softmax(scores, 1), 4);
        assertThat(both).as("four tokens are kept").satisfies(p -> assertThat(p[3])
                .isZero());
        assertThat(Sampler.temperature(1).topK(3).probabilities(scores)).containsExactly(both, within(1e-15));
        assertThat(Sampler.temperature(1).topK(1).probabilities(scores)).containsExactly(0.5, 0, 0.5, 0, 0);
        assertThat(Sampler.temperature(1).topP(0.01).probabilities(scores)).containsExactly(0.5, 0, 0.5, 0, 0);
    }

    @Test
    void moreThanThereAreIsAllOfThem() {
        assertThat(Sampler.temperature(1).topK(100).probabilities(LOGITS))
                .containsExactly(softmax(LOGITS, 1), within(1e-15));
    }

    @Property
    void probabilitiesAreThoseOfTheDefinition(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -5, max = 5) Double> scores,
            @ForAll @DoubleRange(min = 0.1, max = 10) double temperature,
            @ForAll @IntRange(min = 1, max = 15) int k,
            @ForAll @DoubleRange(min = 0.01, max = 1) double p) {
        double[] logits = array(scores);
        double[] expected = softmax(logits, temperature);
        Sampler sampler = Sampler.temperature(temperature);
        assertThat(sampler.probabilities(logits)).as("all").containsExactly(expected, within(1e-12));
        assertThat(sampler.topK(k).probabilities(logits)).as("topK").containsExactly(topK(expected, k), within(1e-12));
        assertThat(sampler.topP(p).probabilities(logits)).as("topP").containsExactly(topP(expected, p), within(1e-12));
        assertThat(sampler.topK(k).topP(p).probabilities(logits))
                .as("topK, then topP of what is left")
                .containsExactly(topP(topK(expected, k), p), within(1e-12));
    }

    @Property
    void aTokenOutsideTheTopIsNeverDrawn(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -5, max = 5) Double> scores,
            @ForAll @IntRange(min = 1, max = 12) int k,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double p,
            @ForAll long seed) {
        double[] logits = array(scores);
        int byK = Sampler.temperature(2).topK(k).pick(logits, NOTHING, new Generator(seed));
        assertThat(likelier(logits, byK))
                .as("tokens likelier than the one drawn")
                .isLessThan(k);

        int byP = Sampler.temperature(2).topP(p).pick(logits, NOTHING, new Generator(seed));
        assertThat(topP(softmax(logits, 2), p)[byP])
                .as("probability of the token drawn")
                .isPositive();
    }

    @Property
    void theExtremesAreGreedy(
            @ForAll @Size(min = 1, max = 12) @UniqueElements List<@DoubleRange(min = -5, max = 5) Double> scores,
            @ForAll long seed) {
        double[] logits = array(scores);
        int greedy = Sampler.greedy().pick(logits, NOTHING, new Generator(seed));
        Sampler lively = Sampler.temperature(5);
        for (Sampler extreme : new Sampler[] {
            Sampler.temperature(1e-5),
            Sampler.temperature(Double.MIN_VALUE),
            lively.topK(1),
            lively.topP(0.01),
            lively.topP(Double.MIN_VALUE)
        }) {
            assertThat(extreme.pick(logits, NOTHING, new Generator(seed)))
                    .as("choice of %s", extreme)
                    .isEqualTo(greedy);
        }
    }

    @Test
    void aVeryHighTemperatureMakesAllAlike() {
        assertThat(Sampler.temperature(Double.MAX_VALUE).probabilities(LOGITS))
                .containsExactly(softmax(new double[LOGITS.length], 1));
    }

    @Property
    void theSameSeedMakesTheSameChoice(
            @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = -5, max = 5) Double> scores, @ForAll long seed) {
        Sampler sampler = Sampler.temperature(1).topK(5).topP(0.9);
        double[] logits = array(scores);
        double[] given = logits.clone();
        assertThat(sampler.pick(logits, NOTHING, new Generator(seed)))
                .isEqualTo(sampler.pick(logits, NOTHING, new Generator(seed)));
        assertThat(logits).as("what was given").containsExactly(given);
    }

    @Test
    void aPenaltyMakesWhatWasSaidLessLikelyOnEitherSideOfZero() {
        Sampler sampler = Sampler.greedy().repetitionPenalty(2);
        assertThat(sampler.pick(new double[] {3, 2}, new int[] {0}, generator)).isEqualTo(1);
        assertThat(sampler.pick(new double[] {-2, -3}, new int[] {0}, generator))
                .isEqualTo(1);
        assertThat(sampler.pick(new double[] {3, 1}, new int[] {0}, generator)).isZero();
        assertThat(sampler.pick(new double[] {3, 2}, NOTHING, generator)).isZero();
    }

    @Property
    void aPenaltyIsThatOfTheDefinitionHoweverOftenATokenWasSaid(
            @ForAll @Size(value = 6) List<@DoubleRange(min = -5, max = 5) Double> scores,
            @ForAll @Size(max = 10) List<@IntRange(max = 5) Integer> said,
            @ForAll @DoubleRange(min = 1, max = 3) double penalty,
            @ForAll long seed) {
        double[] logits = array(scores);
        int[] context = said.stream().mapToInt(Integer::intValue).toArray();
        double[] penalised = logits.clone();
        for (int id = 0; id < logits.length; id++) {
            if (said.contains(id)) {
                penalised[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
            }
        }
        Sampler without = Sampler.temperature(1);
        assertThat(without.repetitionPenalty(penalty).pick(logits, context, new Generator(seed)))
                .isEqualTo(without.pick(penalised, context, new Generator(seed)));
    }

    @Test
    void minusInfinityForbidsATokenAndPlusInfinityOrdersIt() {
        double[] forbidden = {0, Double.NEGATIVE_INFINITY, 0};
        assertThat(Sampler.temperature(1).probabilities(forbidden)).containsExactly(0.5, 0, 0.5);
        assertThat(Sampler.temperature(1).topP(0.99).probabilities(forbidden)).containsExactly(0.5, 0, 0.5);
        double[] ordered = {9, Double.POSITIVE_INFINITY, 9};
        assertThat(Sampler.temperature(1).probabilities(ordered)).containsExactly(0, 1, 0);
        assertThat(Sampler.greedy().repetitionPenalty(2).pick(ordered, new int[] {1}, generator))
                .isEqualTo(1);
    }

    @Test
    void logitsThatCannotBeChosenFromAreNamed() {
        assertThatThrownBy(() -> Sampler.greedy().pick(new double[0], NOTHING, generator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampler: there are no logits to choose from");
        for (Sampler sampler : new Sampler[] {Sampler.greedy(), Sampler.temperature(1)}) {
            assertThatThrownBy(() -> sampler.pick(new double[] {0, 1, Double.NaN}, NOTHING, generator))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the logit of token 2 is NaN");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aTemperatureIsZeroOrMore(double temperature) {
        assertThatThrownBy(() -> Sampler.temperature(temperature))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a temperature of " + temperature + " is not possible");
    }

    @Test
    void topKIsZeroOrMore() {
        assertThatThrownBy(() -> Sampler.temperature(1).topK(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topK is -1; use at least 1, or 0 for all tokens");
        assertThat(Sampler.temperature(1).topK(2).topK(0)).isEqualTo(Sampler.temperature(1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
    void topPIsAboveZeroAndAtMostOne(double p) {
        assertThatThrownBy(() -> Sampler.temperature(1).topP(p))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topP is " + p + "; use more than 0, up to 1 for all tokens");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPenaltyIsOneOrMore(double penalty) {
        assertThatThrownBy(() -> Sampler.greedy().repetitionPenalty(penalty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a repetition penalty of " + penalty + " is not possible");
    }

    @Test
    void optionsKeepEachOther() {
        assertThat(Sampler.temperature(0.8).topK(40).topP(0.95).repetitionPenalty(1.2))
                .isEqualTo(new Sampler(0.8, 40, 0.95, 1.2))
                .isEqualTo(Sampler.temperature(0.8)
                        .repetitionPenalty(1.2)
                        .topP(0.95)
                        .topK(40));
    }

    @Test
    void aTokenOfTheContextWithoutALogitIsNamed() {
        Sampler sampler = Sampler.greedy().repetitionPenalty(1.5);
        double[] logits = {1, 2};

        assertThatThrownBy(() -> sampler.pick(logits, new int[] {0, 2}, new Generator(1)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("sampler: token 2 of the context has no logit; there are those of 0 … 1");
    }
}
