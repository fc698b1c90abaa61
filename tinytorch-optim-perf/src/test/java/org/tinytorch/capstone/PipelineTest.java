package org.tinytorch.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytorch.capstone.Toys.Toy;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

class PipelineTest {
    /** A backend with a name of its own. */
    private static final Backend FAST = new Backend() {
        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            return op.forward(inputs);
        }

        @Override
        public String name() {
            return "fast";
        }
    };

    @Test
    void theHarnessMeasuresAnItem() {
        Toys toys = new Toys();
        Figures figures = toys.harness().measure(toys, Recipe.of(toys).build());

        assertThat(figures.get("time")).isCloseTo(250e-9, within(1e-15));
        assertThat(figures.get("memory")).isEqualTo(200);
        assertThat(figures.get("size")).isEqualTo(160);
        assertThat(figures.get("accuracy")).isEqualTo(0.97);
        assertThat(figures.itemTime().warmUp().runs()).isEqualTo(2);
        List<String> expected = new ArrayList<>(List.of("baseline", "quality on reference"));
        expected.addAll(Collections.nCopies(10, "run"));
        expected.addAll(List.of("memory", "run"));
        assertThat(toys.log).containsExactlyElementsOf(expected);
    }

    @Test
    void aCandidateIsMeasuredOnItsOwnBackendWhichThenGoesAway() {
        Toys toys = new Toys();
        toys.steps.add(Step.on("fast", FAST));
        Backend before = Backend.current();

        toys.harness().measure(toys, Recipe.of(toys).with(toys.steps.get(0)).build());
        assertThat(toys.log).contains("quality on fast");
        assertThat(Backend.current()).isSameAs(before);

        Candidate<Toy> broken = new Candidate<>(new Toy(), FAST);
        assertThatThrownBy(() -> broken.use(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(Backend.current()).isSameAs(before);
    }

    @Test
    void whatPaysIsKeptWhatDoesNotIsUndone() {
        Toys toys = new Toys()
                .step("halves", toy -> toy.nanos /= 2)
                .step("slower", toy -> toy.nanos *= 2)
                .step("nothing", toy -> {})
                .step("wrong", toy -> {
                    toy.nanos /= 10;
                    toy.accuracy = 0.95;
                })
                .step("fails", toy -> {
                    toy.nanos = 1;
                    throw new IllegalStateException("half-way");
                })
                .step("small", toy -> toy.weights /= 4);

        List<Decision> told = new ArrayList<>();
        Outcome<Toy> outcome = new Pipeline(toys.harness()).run(toys, told::add);

        assertThat(outcome.kept().steps()).extracting(Step::name).containsExactly("halves", "small");
        assertThat(outcome.journal()).isEqualTo(told);
        assertThat(told)
                .extracting(Decision::why)
                .containsExactly(
                        "kept: 30.0 points won",
                        "undone: 30.0 points lost",
                        "undone: no gain",
                        "undone: accuracy went from 0.9700 to 0.9500, which is too much",
                        "undone: it failed, IllegalStateException: half-way",
                        "kept: 40.0 points won");
        assertThat(outcome.last().get("time")).isCloseTo(125e-9, within(1e-15));
        assertThat(outcome.last().get("size")).isEqualTo(40);
        assertThat(outcome.rules().score(outcome.last())).isCloseTo(70, within(1e-9));
        assertThat(outcome.rules().baseline().get("time")).isCloseTo(250e-9, within(1e-15));
        assertThat(toys.log.subList(0, 2)).containsExactly("baseline", "quality on reference");
    }

    @Test
    void aStepIsTriedOnTopOfWhatWasKept() {
        Toys toys =
                new Toys().step("a", toy -> toy.nanos /= 2).step("b", toy -> {}).step("c", toy -> toy.nanos /= 2);

        toys.outcome();

        assertThat(toys.log.stream().filter(List.of("baseline", "a", "b", "c")::contains))
                .containsExactly("baseline", "baseline", "a", "baseline", "a", "b", "baseline", "a", "c");
    }

    @Test
    void aTradeIsDecidedByPoints() {
        Toys toys = new Toys().step("small but slow", toy -> {
            toy.weights /= 4;
            toy.nanos *= 2;
        });
        assertThat(toys.outcome().journal().get(0).gain())
                .as("at the start there are no points for time to lose")
                .isCloseTo(40, within(1e-9));

        toys.steps.add(0, Step.of("fast", toy -> {
            toy.nanos /= 4;
            return toy;
        }));
        assertThat(toys.outcome().journal().get(1).gain()).isCloseTo(40 - 30, within(1e-9));
    }

    @Test
    void whatWinsHardlyAnythingIsNotWorthAStep() {
        Toys toys = new Toys().step("a little", toy -> toy.nanos -= 10).step("more", toy -> toy.nanos -= 20);

        assertThat(toys.outcome().journal())
                .extracting(Decision::why)
                .containsExactly("undone: 0.4 points won, too few for a step", "kept: 0.9 points won");
    }

    @Test
    void aStepThatMakesNothingOrNonsenseIsUndone() {
        Toys toys = new Toys().step("NaN", toy -> toy.accuracy = Double.NaN);
        toys.steps.add(Step.of("null", toy -> null));

        assertThat(toys.outcome().journal()).noneMatch(Decision::kept);
        assertThat(toys.outcome().journal().get(0).why()).contains("accuracy is NaN");
        assertThat(toys.outcome().journal().get(1).why()).contains("let the step return one");
    }

    @Test
    void withoutABaselineThereIsNothingToCompareWith() {
        Toys toys = new Toys();
        toys.baseline = () -> {
            throw new IllegalStateException("no model");
        };
        assertThatThrownBy(toys::outcome).hasMessage("no model");
    }

    @Test
    void projectsThatCannotBeRunAreRefused() {
        Toys twins = new Toys().step("a", toy -> {}).step("a", toy -> {});
        assertThatThrownBy(twins::outcome).hasMessageContaining("two steps 'a'");
        assertThat(twins.log).as("before anything is measured").isEmpty();

        Toys aimless = new Toys();
        aimless.goals = List.of();
        assertThatThrownBy(aimless::outcome).hasMessageContaining("there is no goal");

        Toys unmeasured = new Toys();
        unmeasured.goals = List.of(Goal.atMost("loss", 1, 100));
        assertThatThrownBy(unmeasured::outcome).hasMessageContaining("goal: nobody measures 'loss'");
        unmeasured.goals = List.of(Goal.timesLess("time", 2, 100));
        unmeasured.limits = List.of(Limit.rises("loss", 1));
        assertThatThrownBy(unmeasured::outcome).hasMessageContaining("limit: nobody measures 'loss'");

        Toys idle = new Toys();
        idle.items = 0;
        assertThatThrownBy(idle::outcome).hasMessageContaining("has 0 items; give it one or more");
    }

    @Test
    void noiseGainsNothing() {
        Rules rules = new Rules(
                List.of(Goal.timesLess("time", 2, 50), Goal.timesLess("size", 2, 50)),
                List.of(),
                Toys.figures(0.9, 0, 100, 9, 9, 9, 11, 11, 11));

        assertThat(rules.gain(rules.baseline(), Toys.figures(0.9, 0, 50, 9, 9, 9, 10, 10, 10)))
                .as("the times overlap, the sizes do not")
                .isCloseTo(50, within(1e-9));
        assertThat(rules.gain(rules.baseline(), Toys.figures(0.9, 0, 100, 5, 5, 5, 5, 5, 5)))
                .isCloseTo(50, within(1e-9));
    }

    @Test
    void ablationLeavesOneOut() {
        Toys toys = new Toys().step("needs nothing", toy -> toy.nanos /= 2).step("needs the first", toy -> {
            if (toy.nanos == 1000) {
                throw new IllegalStateException("too slow");
            }
            toy.weights /= 4;
        });

        List<Worth> worths = new Ablation(toys.harness()).of(toys.outcome());

        assertThat(worths).extracting(Worth::step).containsExactly("needs nothing", "needs the first");
        assertThat(worths.get(0).points()).isEmpty();
        assertThat(worths.get(0).without().failure()).isEqualTo("IllegalStateException: too slow");
        assertThat(worths.get(1).points().orElseThrow()).isCloseTo(40, within(1e-9));
    }

    @Test
    void aStepMayBeWorthLessInTheEndThanWhenItCame() {
        Toys toys = new Toys()
                .step("halves", toy -> toy.nanos = Math.min(toy.nanos, 500))
                .step("quarters", toy -> toy.nanos = 250);
        Outcome<Toy> outcome = toys.outcome();

        assertThat(outcome.journal()).extracting(Decision::gain).allMatch(gain -> Math.abs(gain - 30) < 1e-9);
        assertThat(new Ablation(toys.harness()).of(outcome))
                .extracting(Worth::points)
                .containsExactly(Optional.of(0.0), Optional.of(30.0));
    }
}
