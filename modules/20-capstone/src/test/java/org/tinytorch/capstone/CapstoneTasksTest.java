package org.tinytorch.capstone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.MemoryUse;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.checks.Expect;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Scores;

/** The checks of module 20, task by task; a task's checks need its own code and that of the tasks before it. No check looks at a clock: the models say themselves what they take. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class CapstoneTasksTest {

    /** A model that says what it takes: 1000 ns and 800 bytes for a run, 160 bytes of weights, an accuracy of 0.97. */
    private static final class Toy {
        private long nanos = 1000;
        private long allocates = 800;
        private long weights = 160;
        private double accuracy = 0.97;
    }

    /** A project of such models, 4 items a run, with a clock that only they turn. It takes notes of what it is asked. */
    private static class Toys implements Project<Toy> {
        private final List<String> log = new ArrayList<>();
        private final List<Step<Toy>> steps = new ArrayList<>();
        private long now;
        private long allocated;

        private Toys step(String name, Consumer<Toy> change) {
            steps.add(Step.of(name, toy -> {
                log.add(name);
                change.accept(toy);
                return toy;
            }));
            return this;
        }

        /** Two runs warm up, eight count. */
        private Harness harness() {
            return new Harness(new Benchmark(() -> now).warmUp(WarmUp.runs(2)).repeat(8), run -> {
                log.add("memory");
                run.run();
                return new MemoryUse(allocated, 0, 12_000);
            });
        }

        private Recipe<Toy> recipe() {
            Recipe<Toy> recipe = Recipe.of(this);
            for (Step<Toy> step : steps) {
                recipe = recipe.with(step);
            }
            return recipe;
        }

        private Outcome<Toy> outcome() {
            return new Pipeline(harness()).run(this, decision -> {});
        }

        private List<String> asked(String... whats) {
            return log.stream().filter(Arrays.asList(whats)::contains).toList();
        }

        @Override
        public String name() {
            return "toys";
        }

        @Override
        public Toy baseline() {
            log.add("baseline");
            return new Toy();
        }

        @Override
        public Backend backend() {
            return SLOW;
        }

        @Override
        public Scores quality(Toy toy) {
            log.add("quality");
            return new Scores(Map.of("accuracy", toy.accuracy));
        }

        @Override
        public void run(Toy toy) {
            log.add("run");
            now += toy.nanos;
            allocated = toy.allocates;
        }

        @Override
        public int items() {
            return 4;
        }

        @Override
        public long bytes(Toy toy) {
            return toy.weights;
        }

        @Override
        public List<Step<Toy>> steps() {
            return steps;
        }

        @Override
        public List<Goal> goals() {
            return List.of(Goal.timesLess("time", 4, 60), Goal.timesLess("size", 4, 40));
        }

        @Override
        public List<Limit> limits() {
            return List.of(Limit.falls("accuracy", 0.01));
        }
    }

    private record Named(String name) implements Backend {
        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            return op.forward(inputs);
        }
    }

    private static final Backend SLOW = new Named("slow");
    private static final Backend FAST = new Named("fast");

    /** What was measured of a model whose runs took such times. */
    private static Figures figures(double accuracy, long memory, long size, double... nanos) {
        List<Double> times = Arrays.stream(nanos).boxed().toList();
        return new Figures(new Scores(Map.of("accuracy", accuracy)), new Measurement("toy", times, new WarmUp.Outcome(2, true)), memory, size);
    }

    /** Six runs of the same time. */
    private static Figures timed(double nanos, long size) {
        return figures(0.97, 200, size, nanos, nanos, nanos, nanos, nanos, nanos);
    }

    private static List<String> words(String... words) {
        return List.of(words);
    }

    @Nested
    @Order(1)
    @DisplayName("Task 20.1: how much of the way")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class HowMuchOfTheWay {

        private double[] ways(Goal goal, double baseline, double... values) {
            return Arrays.stream(values).map(value -> goal.way(baseline, value)).toArray();
        }

        @Test
        @Order(1)
        @DisplayName("a quarter of 8 ms: 4 ms are half way")
        void factor() {
            Expect.that("the way of 8, 4 and 2, where the baseline is 8 and the goal 4 times less")
                    .rule("a factor counts in logarithms, so that each halving is worth the same: log(4/8) is half of log(2/8)")
                    .numbers(() -> ways(Goal.timesLess("time", 4, 40), 8, 8, 4, 2), 0, 0.5, 1);
            Expect.that("the way of 10, 20 and 40, where the baseline is 10 and the goal 4 times more")
                    .rule("a factor counts in logarithms: log(20/10) is half of log(40/10)")
                    .numbers(() -> ways(Goal.timesMore("tokens", 4, 40), 10, 10, 20, 40), 0, 0.5, 1);
        }

        @Test
        @Order(2)
        @DisplayName("a value: from 0.90 to 0.94, 0.92 is half way")
        void value() {
            Expect.that("the way of 0.90, 0.91, 0.92 and 0.94, where the baseline is 0.90 and the goal at least 0.94")
                    .rule("a value to be reached counts in differences: 0.92 - 0.90 is half of 0.94 - 0.90")
                    .numbers(() -> ways(Goal.atLeast("accuracy", 0.94, 40), 0.90, 0.90, 0.91, 0.92, 0.94), 0, 0.25, 0.5, 1);
            Expect.that("the way of 1.5, 1.4 and 1.3, where the baseline is 1.5 and the goal at most 1.3")
                    .rule("a value to be reached counts in differences, downwards as well")
                    .numbers(() -> ways(Goal.atMost("loss", 1.3, 40), 1.5, 1.5, 1.4, 1.3), 0, 0.5, 1);
        }

        @Test
        @Order(3)
        @DisplayName("back, and beyond")
        void ends() {
            Expect.that("the way of 16, where the baseline is 8 and the goal 4 times less")
                    .rule("going back earns nothing, and takes nothing away: never below 0")
                    .numbers(() -> ways(Goal.timesLess("time", 4, 40), 8, 16), 0);
            Expect.that("the way of 1 and of 0, where the baseline is 8 and the goal 4 times less")
                    .rule("who goes further than the aim has done no more than all of the way: 1")
                    .numbers(() -> ways(Goal.timesLess("time", 4, 40), 8, 1, 0), 1, 1);
            Expect.that("the way of 0.80 and 0.99, where the baseline is 0.90 and the goal at least 0.94")
                    .rule("never below 0, never above 1")
                    .numbers(() -> ways(Goal.atLeast("accuracy", 0.94, 40), 0.90, 0.80, 0.99), 0, 1);
        }

        @Test
        @Order(4)
        @DisplayName("a baseline that is there already")
        void there() {
            Expect.that("the way of 0.965 and 0.95, where the baseline is 0.97 and the goal at least 0.96")
                    .rule("the baseline was there already, so there is no way to go: who still reaches 0.96 has all, who has lost it nothing")
                    .numbers(() -> ways(Goal.atLeast("accuracy", 0.96, 40), 0.97, 0.965, 0.95), 1, 0);
            Expect.that("the way of 0.96 and 0.95, where the baseline is 0.96 and the goal at least 0.96")
                    .rule("the baseline was there already; a way of length 0 must not be divided by")
                    .numbers(() -> ways(Goal.atLeast("accuracy", 0.96, 40), 0.96, 0.96, 0.95), 1, 0);
        }

        @Test
        @Order(5)
        @DisplayName("in use: points")
        void points() {
            Expect.that("the points of Goal.timesLess(\"time\", 8, 60) for 8, 4, 2 and 1 ms after 8 ms")
                    .rule("three halvings, 20 points for each")
                    .numbers(() -> Arrays.stream(new double[] {8, 4, 2, 1}).map(value -> Goal.timesLess("time", 8, 60).earned(8, value)).toArray(), 0, 20, 40, 60);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 20.2: what must not be lost")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class WhatMustNotBeLost {

        private final Limit accuracy = Limit.falls("accuracy", 0.01);
        private final Limit loss = Limit.rises("loss", 0.05);

        @Test
        @Order(1)
        @DisplayName("an accuracy that falls, a loss that rises")
        void both() {
            Expect.that("whether 0.965 holds after 0.97, which may fall by 0.01").rule("0.005 are lost").value(() -> accuracy.holds(0.97, 0.965), true);
            Expect.that("whether 0.95 holds after 0.97, which may fall by 0.01").rule("0.02 are lost, more than 0.01").value(() -> accuracy.holds(0.97, 0.95), false);
            Expect.that("whether a loss of 1.40 holds after 1.30, which may rise by 0.05")
                    .rule("where less is better, what rises is lost: 0.10, more than 0.05")
                    .value(() -> loss.holds(1.30, 1.40), false);
            Expect.that("whether a loss of 1.32 holds after 1.30, which may rise by 0.05").rule("0.02 are lost").value(() -> loss.holds(1.30, 1.32), true);
        }

        @Test
        @Order(2)
        @DisplayName("better than before")
        void better() {
            Expect.that("whether 0.99 holds after 0.97, which may fall by 0.01")
                    .rule("better than before is never too much: only what is lost counts")
                    .value(() -> accuracy.holds(0.97, 0.99), true);
            Expect.that("whether a loss of 1.1 holds after 1.30, which may rise by 0.05")
                    .rule("better than before is never too much: only what is lost counts")
                    .value(() -> loss.holds(1.30, 1.1), true);
        }

        @Test
        @Order(3)
        @DisplayName("just as much as it may")
        void rounding() {
            Expect.that("whether 0.96 holds after 0.97, which may fall by 0.01")
                    .rule("0.97 - 0.96 is 0.010000000000000009 in a double: forgive ROUNDING, and the limit itself is allowed")
                    .value(() -> accuracy.holds(0.97, 0.96), true);
            Expect.that("whether 0.9599 holds after 0.97, which may fall by 0.01").rule("ROUNDING is a billionth, not a ten-thousandth").value(() -> accuracy.holds(0.97, 0.9599), false);
            Expect.that("whether 0.97 holds after 0.97, which may fall by 0").rule("nothing is lost").value(() -> Limit.falls("accuracy", 0).holds(0.97, 0.97), true);
        }

        @Test
        @Order(4)
        @DisplayName("not a number")
        void nan() {
            Expect.that("whether NaN holds after 0.97, which may fall by 0.01")
                    .rule("every comparison with NaN is false: ask whether the loss is small enough, not whether it is too large")
                    .value(() -> accuracy.holds(0.97, Double.NaN), false);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 20.3: what an item takes")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class WhatAnItemTakes {

        private final Toys toys = new Toys();

        private Figures measure() {
            return toys.harness().measure(toys, new Candidate<>(new Toy(), FAST));
        }

        @Test
        @Order(1)
        @DisplayName("a run of 1000 ns and 800 bytes, 4 items")
        void item() {
            double[] all = new double[8];
            Arrays.fill(all, 250);
            Figures[] measured = new Figures[1];
            Expect.that("the nanoseconds of an item, for each of 8 runs of 1000 ns with 4 items")
                    .rule("the time of each run divided by its 4 items; the work that is timed is project.run, nothing else")
                    .numbers(() -> {
                        measured[0] = measure();
                        return measured[0].itemTime().nanos().stream().mapToDouble(nano -> nano).toArray();
                    }, all);
            Expect.that("the bytes that an item allocates").rule("a run allocates 800 bytes for 4 items; how full the heap was does not matter").value(measured[0].itemBytes(), 200L);
            Expect.that("the bytes of the weights").rule("the project knows them: project.bytes").value(measured[0].weightBytes(), 160L);
            Expect.that("the accuracy").rule("what project.quality says").value(measured[0].get("accuracy"), 0.97);
            Expect.that("how many runs warmed up, as the measurement says").rule("the warm-up of the runs is that of the items").value(measured[0].itemTime().warmUp().runs(), 2);
        }

        @Test
        @Order(2)
        @DisplayName("what is asked of the project, and in which order")
        void order() {
            measure();
            List<String> expected = new ArrayList<>(List.of("quality"));
            expected.addAll(Collections.nCopies(10, "run"));
            expected.addAll(List.of("memory", "run"));
            Expect.that("what the project was asked, with a benchmark of 2 runs to warm up and 8 that count")
                    .rule("results first, once; then the benchmark with its 2 + 8 runs; then the memory of one more run, when all is warm. Nothing but this: the model is given, no other is made")
                    .value(toys.log, expected);
        }

        @Test
        @Order(3)
        @DisplayName("another model")
        void other() {
            Toy small = new Toy();
            small.weights = 40;
            small.nanos = 8;
            small.allocates = 0;
            small.accuracy = 0.5;
            Figures figures = toys.harness().measure(toys, new Candidate<>(small, FAST));
            Expect.that("size, memory, nanoseconds and accuracy of a model with 40 bytes of weights, 0 bytes and 8 ns a run, and an accuracy of 0.5")
                    .rule("all is of the model that is measured, not of the baseline; 8 ns for 4 items are 2 ns")
                    .numbers(() -> new double[] {figures.weightBytes(), figures.itemBytes(), figures.itemTime().median(), figures.get("accuracy")}, 40, 0, 2, 0.5);
        }

        @Test
        @Order(4)
        @DisplayName("in use: on the candidate's backend")
        void backend() {
            Backend before = Backend.current();
            List<String> names = new ArrayList<>();
            Harness harness = new Harness(new Benchmark(() -> toys.now).warmUp(WarmUp.runs(0)).repeat(1), run -> {
                names.add(Backend.current().name());
                run.run();
                return new MemoryUse(0, 0, 0);
            });
            harness.measure(toys, new Candidate<>(new Toy(), FAST));
            Expect.that("the backend while the memory is measured").rule("given code puts it in: measure here and now, not later").value(names, words("fast"));
            Expect.that("whether the backend from before is back").value(Backend.current() == before, true);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 20.4: a difference, or noise")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class DifferenceOrNoise {

        private final Figures ten = figures(0.97, 1000, 160, 10, 10, 10, 10, 10, 12);
        private final Figures spread = figures(0.97, 1000, 160, 9, 9, 9, 11, 11, 11);
        private final Figures eight = figures(0.97, 1000, 160, 8, 8, 8, 8, 8, 9);

        @Test
        @Order(1)
        @DisplayName("times that overlap, times that lie apart")
        void time() {
            Figures near = figures(0.97, 1000, 160, 10, 10, 11, 11, 12, 12);
            Expect.that("whether the times 9, 9, 9, 11, 11, 11 differ from 10, 10, 11, 11, 12, 12")
                    .rule("the medians are 10 and 11, but their intervals have something in common: that may be noise")
                    .value(() -> spread.differs("time", near), false);
            Figures low = figures(0.97, 1000, 160, 9, 9, 9, 9, 9, 10.5);
            Figures high = figures(0.97, 1000, 160, 12, 12, 12, 12, 9.5, 9.5);
            Expect.that("whether the times 9, 9, 9, 9, 9, 10.5 differ from 9.5, 9.5, 12, 12, 12, 12")
                    .rule("the medians are 9 and 12, neither in the other's interval, but the intervals have something in common, around 9.6: that may be noise")
                    .value(() -> low.differs("time", high), false);
            Expect.that("whether the times 8, 8, 8, 8, 8, 9 differ from 10, 10, 10, 10, 10, 12")
                    .rule("their intervals have nothing in common; the other may lie below or above")
                    .value(() -> eight.differs("time", ten), true);
            Expect.that("whether the times 10, 10, 10, 10, 10, 12 differ from 8, 8, 8, 8, 8, 9")
                    .rule("their intervals have nothing in common; the other may lie below or above")
                    .value(() -> ten.differs("time", eight), true);
            Expect.that("whether times differ from themselves").rule("a number that both intervals hold is something in common").value(() -> timed(5, 1).differs("time", timed(5, 1)), false);
        }

        @Test
        @Order(2)
        @DisplayName("a little memory more or less")
        void memory() {
            for (long bytes : new long[] {1020, 1000, 980}) {
                Figures other = figures(0.97, bytes, 160, 10);
                Expect.that("whether 1000 bytes an item differ from " + bytes).rule("2 % of the larger one may be noise").value(() -> ten.differs("memory", other), false);
            }
            for (long bytes : new long[] {1021, 979}) {
                Figures other = figures(0.97, bytes, 160, 10);
                Expect.that("whether 1000 bytes an item differ from " + bytes)
                        .rule("more than 2 % of the larger one apart, either way, is a difference")
                        .value(() -> ten.differs("memory", other), true);
            }
        }

        @Test
        @Order(3)
        @DisplayName("what is no measurement")
        void exact() {
            Expect.that("whether a size of 160 differs from 161, and 161 from 160")
                    .rule("sizes and results are the same at each measurement: any difference is one, either way")
                    .value(() -> ten.differs("size", figures(0.97, 1000, 161, 10)) && figures(0.97, 1000, 161, 10).differs("size", ten), true);
            Expect.that("whether an accuracy of 0.97 differs from 0.9701")
                    .rule("sizes and results are the same at each measurement: any difference is one")
                    .value(() -> ten.differs("accuracy", figures(0.9701, 1000, 160, 10)), true);
            Expect.that("whether a size of 160 differs from 160").value(() -> ten.differs("size", eight), false);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 20.5: always from the start")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class FromTheStart {

        @Test
        @Order(1)
        @DisplayName("one step after the other")
        void inOrder() {
            Toys toys = new Toys().step("half", toy -> toy.weights /= 2).step("ten more", toy -> toy.weights += 10);
            Expect.that("the bytes of a model of 160, through the steps half and ten more")
                    .rule("each step gets what the step before it returned: 160, 80, 90")
                    .value(() -> toys.recipe().build().model().weights, 90L);
            Expect.that("what the project was asked").rule("a fresh baseline, once, then the steps in their order").value(toys.log, words("baseline", "half", "ten more"));
        }

        @Test
        @Order(2)
        @DisplayName("a step may return another model")
        void returned() {
            Toys toys = new Toys();
            toys.steps.add(Step.of("another", toy -> {
                Toy other = new Toy();
                other.weights = 7;
                return other;
            }));
            toys.step("half", toy -> toy.nanos /= 2);
            Candidate<Toy> made = toys.recipe().build();
            Expect.that("bytes and nanoseconds of what another and half make, where another returns a new model of 7 bytes")
                    .rule("what a step returns goes on to the next, not what it was given")
                    .numbers(() -> new double[] {made.model().weights, made.model().nanos}, 7, 500);
        }

        @Test
        @Order(3)
        @DisplayName("this recipe, and no other steps")
        void ownSteps() {
            Toys toys = new Toys().step("half", toy -> toy.weights /= 2).step("spoils all", toy -> toy.weights = -1);
            Recipe<Toy> recipe = Recipe.of(toys).with(toys.steps.get(0));
            Expect.that("the bytes of a recipe with half alone, in a project of half and spoils all")
                    .rule("the steps of this recipe, not all that the project would try")
                    .value(() -> recipe.build().model().weights, 80L);
            Expect.that("the bytes when it is made a second time").rule("from a fresh baseline each time: 80 again, not 40").value(() -> recipe.build().model().weights, 80L);
            Expect.that("the bytes of the recipe without any step").rule("the baseline as it is").value(() -> Recipe.of(toys).build().model().weights, 160L);
        }

        @Test
        @Order(4)
        @DisplayName("what computes it")
        void backend() {
            Toys toys = new Toys();
            Expect.that("the backend of a recipe without steps").rule("the project says what computes its baseline: project.backend()").value(() -> Recipe.of(toys).build().backend(), SLOW);
            toys.steps.add(Step.on("fast", FAST));
            toys.step("half", toy -> toy.weights /= 2);
            Expect.that("the backend after the steps fast and half").rule("a candidate is a model and its backend, and both go on from step to step").value(() -> toys.recipe().build().backend(), FAST);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 20.6: a step may fail")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class StepMayFail {

        private Trial trial(Toys toys) {
            return Trial.of(toys.harness(), toys.recipe());
        }

        @Test
        @Order(1)
        @DisplayName("it works")
        void works() {
            Toys toys = new Toys().step("half", toy -> toy.weights /= 2);
            Expect.that("the size of a baseline of 160 bytes after the step half").rule("the recipe's own model is made and measured").value(() -> trial(toys).figures().map(Figures::weightBytes), Optional.of(80L));
            Expect.that("the failure").rule("none").value(trial(toys).failure(), "");
        }

        @Test
        @Order(2)
        @DisplayName("a step throws, half-way")
        void throwing() {
            Toys toys = new Toys().step("half", toy -> {
                toy.weights /= 2;
                throw new IllegalStateException("no more");
            });
            Expect.that("the failure of a step that throws IllegalStateException(\"no more\")")
                    .rule("a failure is an answer like any other: catch it, and return Trial.failed")
                    .value(() -> trial(toys).failure(), "IllegalStateException: no more");
            Expect.that("the figures of such a step").rule("there are none").value(trial(toys).figures(), Optional.empty());
            Expect.that("the bytes of the baseline afterwards").rule("what the step has spoiled is thrown away").value(Recipe.of(toys).build().model().weights, 160L);
        }

        @Test
        @Order(3)
        @DisplayName("whatever fails")
        void others() {
            Toys arithmetic = new Toys().step("divides", toy -> toy.nanos /= 0);
            Expect.that("the failure of a step that divides by 0").rule("whatever kind of exception it is, it is a RuntimeException").value(() -> trial(arithmetic).failure(), "ArithmeticException: / by zero");
            Toys nan = new Toys().step("NaN", toy -> toy.accuracy = Double.NaN);
            Expect.that("whether a model with an accuracy of NaN has failed")
                    .rule("whatever kind of exception it is, and wherever it comes from: what is measured may fail, too, so measuring belongs into the try")
                    .value(() -> trial(nan).failure().contains("accuracy is NaN"), true);
        }

        @Test
        @Order(4)
        @DisplayName("the machine fails")
        void errors() {
            Toys toys = new Toys().step("too large", toy -> {
                throw new OutOfMemoryError("made up by this check");
            });
            boolean passedOn = false;
            try {
                trial(toys);
            } catch (OutOfMemoryError error) {
                passedOn = true;
            }
            Expect.that("whether an OutOfMemoryError of a step is passed on").rule("an Error is no answer of the step: catch RuntimeException and nothing above it").value(passedOn, true);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 20.7: points won and lost")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class PointsWonAndLost {

        private static final String GOALS = "goals: time 4 times less, 40 points; size 4 times less, 60 points. Baseline: 1000 ns, 160 bytes. ";

        private Rules rules(Figures baseline) {
            return new Rules(List.of(Goal.timesLess("time", 4, 40), Goal.timesLess("size", 4, 60)), List.of(), baseline);
        }

        private final Figures start = timed(1000, 160);
        private final Rules rules = rules(start);

        @Test
        @Order(1)
        @DisplayName("half the time")
        void won() {
            Expect.that(GOALS + "From 1000 to 500 ns").rule("half of the way to 250 ns: 20.0 points won").number(rules.gain(start, timed(500, 160)), 20);
            Expect.that(GOALS + "From 500 to 250 ns").rule("the points of the new model less those of the model before: 40 - 20").number(rules.gain(timed(500, 160), timed(250, 160)), 20);
            Expect.that(GOALS + "From 500 back to 1000 ns").rule("points can be lost: 0 - 20").number(rules.gain(timed(500, 160), start), -20);
        }

        @Test
        @Order(2)
        @DisplayName("two goals")
        void two() {
            Expect.that(GOALS + "To 500 ns and 40 bytes").rule("the sum over all goals: 20 + 60").number(rules.gain(start, timed(500, 40)), 80);
            Expect.that(GOALS + "From 500 ns and 160 bytes to 1000 ns and 80 bytes").rule("20 lost, 30 won: the sum over all goals").number(rules.gain(timed(500, 160), timed(1000, 80)), 10);
        }

        @Test
        @Order(3)
        @DisplayName("noise")
        void noise() {
            Figures spread = figures(0.97, 200, 160, 900, 900, 900, 1100, 1100, 1100);
            Figures other = figures(0.97, 200, 160, 880, 880, 880, 1050, 1050, 1050);
            Expect.that(GOALS + "From 900, 900, 900, 1100, 1100, 1100 ns to 880, 880, 880, 1050, 1050, 1050")
                    .rule("the intervals overlap: noise counts neither way, whatever the medians are")
                    .number(rules.gain(spread, other), 0);
            Figures smaller = figures(0.97, 200, 40, 880, 880, 880, 1050, 1050, 1050);
            Expect.that(GOALS + "The same times, and 40 bytes instead of 160").rule("noise counts neither way; the other goal counts as ever: 60").number(rules.gain(spread, smaller), 60);
        }

        @Test
        @Order(4)
        @DisplayName("noise, compared with what")
        void against() {
            Figures wide = figures(0.97, 200, 160, 400, 400, 400, 1100, 1100, 1100);
            Expect.that("the same goals, with a baseline of 400, 400, 400, 1100, 1100, 1100 ns. From 1000 to 500 ns")
                    .rule("a model is compared with the model before, not with the baseline, whether it differs")
                    .value(rules(wide).gain(timed(1000, 160), timed(500, 160)) > 10, true);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 20.8: keep or undo")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class KeepOrUndo {

        private List<String> names(Outcome<Toy> outcome) {
            return outcome.kept().steps().stream().map(Step::name).toList();
        }

        private double[] gains(Outcome<Toy> outcome) {
            return outcome.journal().stream().mapToDouble(Decision::gain).toArray();
        }

        @Test
        @Order(1)
        @DisplayName("first the baseline")
        void baselineFirst() {
            Toys toys = new Toys().step("half", toy -> toy.nanos /= 2);
            Outcome<Toy> outcome = toys.outcome();
            Expect.that("the order of quality and the step half, in a project with this step alone")
                    .rule("measure the baseline before anything is changed, once; then what each step makes")
                    .value(toys.asked("baseline", "quality", "half"), words("baseline", "quality", "baseline", "half", "quality"));
            Expect.that("the time of the baseline, in nanoseconds an item, as the rules know it").rule("before the step it takes 1000 ns for 4 items").number(outcome.rules().baseline().itemTime().median(), 250);
            Expect.that("what was decided").rule("every decision is written down").value(outcome.journal().stream().map(Decision::why).toList(), words("kept: 30.0 points won"));
        }

        @Test
        @Order(2)
        @DisplayName("compared with what")
        void against() {
            Toys toys = new Toys().step("half", toy -> toy.nanos = 500).step("half again", toy -> toy.nanos = 500).step("a quarter", toy -> toy.nanos = 250);
            Outcome<Toy> outcome = toys.outcome();
            Expect.that("the points won by three steps that set the time to 500, 500 and 250 of 1000 ns")
                    .rule("a step is compared with the last model that was kept: the second wins nothing, the third 30")
                    .numbers(() -> gains(outcome), 30, 0, 30);
        }

        @Test
        @Order(3)
        @DisplayName("each step on top of those before it")
        void onTop() {
            Toys toys = new Toys().step("a", toy -> toy.nanos /= 2).step("b", toy -> {}).step("c", toy -> toy.weights /= 2);
            toys.outcome();
            Expect.that("the models that were made, with a, which pays, b, which does not, and c")
                    .rule("each step comes on top of those that were kept, and what does not pay is left out: the baseline; a; a and b; a and c. Each model begins with a fresh baseline")
                    .value(toys.asked("baseline", "a", "b", "c"), words("baseline", "baseline", "a", "baseline", "a", "b", "baseline", "a", "c"));
        }

        @Test
        @Order(4)
        @DisplayName("what pays is kept, what does not is undone")
        void keepsAndUndoes() {
            Toys toys = new Toys()
                    .step("slower", toy -> toy.nanos *= 2)
                    .step("half", toy -> toy.nanos /= 2)
                    .step("nothing", toy -> {})
                    .step("wrong", toy -> {
                        toy.nanos /= 10;
                        toy.accuracy = 0.5;
                    })
                    .step("fails", toy -> {
                        throw new IllegalStateException("half-way");
                    })
                    .step("small", toy -> toy.weights /= 4);
            List<String> heard = new ArrayList<>();
            Outcome<Toy> outcome = new Pipeline(toys.harness()).run(toys, decision -> heard.add(decision.step()));
            Expect.that("what is kept of slower, half, nothing, wrong, fails, small")
                    .rule("what wins points is kept, what does not is left out")
                    .value(names(outcome), words("half", "small"));
            List<String> all = words("slower", "half", "nothing", "wrong", "fails", "small");
            Expect.that("the steps in the journal").rule("every decision is written down, in the order of the steps").value(outcome.journal().stream().map(Decision::step).toList(), all);
            Expect.that("the steps that the listener heard of").rule("the listener hears of each decision when it is made").value(heard, all);
            Expect.that("nanoseconds and bytes in the end").rule("the figures of the model that it ended with").numbers(new double[] {outcome.last().itemTime().median(), outcome.last().weightBytes()}, 125, 40);
        }

        @Test
        @Order(5)
        @DisplayName("nothing to do, nothing to reach")
        void edges() {
            Toys idle = new Toys();
            Outcome<Toy> outcome = idle.outcome();
            Expect.that("the size in the end, of a project without steps").rule("the baseline is what it ended with").value(outcome.last().weightBytes(), 160L);
            Toys broken = new Toys() {
                @Override
                public Toy baseline() {
                    throw new IllegalStateException("no model");
                }
            };
            Expect.that("a project whose baseline cannot be made").rule("there is nothing to compare with: the exception is passed on").error(IllegalStateException.class, "no model", broken::outcome);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 20.9: leave one out")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class LeaveOneOut {

        private List<Worth> worths(Toys toys) {
            return new Ablation(toys.harness()).of(toys.outcome());
        }

        private double[] points(List<Worth> worths) {
            return worths.stream().mapToDouble(worth -> worth.points().orElseThrow()).toArray();
        }

        @Test
        @Order(1)
        @DisplayName("two steps for two goals")
        void two() {
            Toys toys = new Toys().step("fast", toy -> toy.nanos /= 2).step("small", toy -> toy.weights /= 4);
            List<Worth> worths = worths(toys);
            Expect.that("the points of fast, which halves the time, and small, which quarters the size")
                    .rule("the step itself is left out, all others stay; then come the points that are lost without it: 30 and 40")
                    .numbers(() -> points(worths), 30, 40);
            Expect.that("whose points they are").rule("one answer for each step, in order").value(worths.stream().map(Worth::step).toList(), words("fast", "small"));
            Expect.that("size and time without small").rule("the step itself is left out, all others stay").numbers(
                    () -> new double[] {worths.get(1).without().figures().orElseThrow().weightBytes(), worths.get(1).without().figures().orElseThrow().itemTime().median()}, 160, 125);
        }

        @Test
        @Order(2)
        @DisplayName("a step that another has made needless")
        void needless() {
            Toys toys = new Toys().step("half", toy -> toy.nanos = Math.min(toy.nanos, 500)).step("quarter", toy -> toy.nanos = 250);
            Expect.that("the points of half, which makes 500 of 1000 ns, and quarter, which makes 250 of whatever there is")
                    .rule("the step itself is left out, all others stay: without half it is still 250, so half is worth 0, though it won 30 when it came")
                    .numbers(() -> points(worths(toys)), 0, 30);
        }

        @Test
        @Order(3)
        @DisplayName("only what was kept")
        void keptOnly() {
            Toys toys = new Toys().step("nothing", toy -> {}).step("half", toy -> toy.nanos /= 2);
            Expect.that("the steps that are looked at, if nothing was undone and half was kept").rule("the steps of outcome.kept()").value(worths(toys).stream().map(Worth::step).toList(), words("half"));
        }

        @Test
        @Order(4)
        @DisplayName("a step that others need")
        void needed() {
            Toys toys = new Toys().step("first", toy -> toy.nanos /= 2).step("second", toy -> {
                if (toy.nanos == 1000) {
                    throw new IllegalStateException("needs the first");
                }
                toy.weights /= 4;
            });
            List<Worth> worths = worths(toys);
            Expect.that("the points of first, without which second fails").rule("there are no figures to compare: no points at all, not 0").value(worths.get(0).points(), Optional.empty());
            Expect.that("why").rule("the trial says it").value(worths.get(0).without().failure(), "IllegalStateException: needs the first");
            Expect.that("the points of second").rule("the points that are lost without it").number(worths.get(1).points().orElseThrow(), 40);
        }

        @Test
        @Order(5)
        @DisplayName("in use: the card of it all")
        void card() {
            Toys toys = new Toys().step("fast", toy -> toy.nanos /= 2).step("small", toy -> toy.weights /= 4);
            Outcome<Toy> outcome = toys.outcome();
            ReportCard card = ReportCard.of(outcome, new Ablation(toys.harness()).of(outcome));
            Expect.that("the score of a project that has half of 60 points for its time and all 40 for its size").rule("30 + 40 of 100").number(card.score(), 70);
            Expect.that("whether the card shows both steps").value(card.toString().contains("kept: 30.0 points won") && card.toString().contains("kept: 40.0 points won"), true);
        }
    }
}
