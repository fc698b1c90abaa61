package org.tinytorch.compression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.checks.Expect;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.data.UciDigits;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Sigmoid;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Sgd;
import org.tinytorch.spatial.BatchNorm1d;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.Batches;
import org.tinytorch.training.Evaluator;
import org.tinytorch.training.Modes;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainingListener;
import org.tinytorch.transformer.SwiGLU;

/** The checks of module 18, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class CompressionTasksTest {

    private static final double ROUNDING = 1e-12;

    private Backend before;

    /** The plain loops, so that the numbers are the same on every machine, and the products are yours. */
    @BeforeEach
    void plainLoops() {
        before = Backend.use(Backend.reference());
    }

    @AfterEach
    void asItWas() {
        Backend.use(before);
    }

    // ---- your own network: trained once, with what you wrote in modules 02 to 10

    private static final String NETWORK = "your own network 64 - 128 - 10, trained on digits";
    private static final int WEIGHTS = 64 * 128 + 128 * 10;
    private static Optional<DataSplit> digits = Optional.empty();
    private static Map<String, Tensor> trained = Map.of();

    private static DataSplit digits() {
        if (digits.isEmpty()) {
            digits = Optional.of(UciDigits.load().split(0.25, new Generator(1)));
        }
        return digits.get();
    }

    private static Sequential fresh(int hidden, long seed) {
        Generator generator = new Generator(seed);
        return new Sequential(new Flatten(), new Linear(64, hidden, generator), new ReLU(), new Linear(hidden, 10, generator));
    }

    /** A copy of the network. */
    private static Sequential network() {
        Sequential model = fresh(128, 3);
        if (trained.isEmpty()) {
            train(model, 10);
            trained = model.stateDict();
            return network();
        }
        model.loadStateDict(trained);
        return model;
    }

    private static void train(Sequential model, int epochs, TrainingListener... listeners) {
        learn(model, new CrossEntropyLoss(), DataLoader.of(digits().train(), 32).shuffled(new Generator(2)), 0.005, epochs, listeners);
    }

    private static void learn(Sequential model, Loss loss, Iterable<Batch> data, double rate, int epochs, TrainingListener... listeners) {
        var trainer = Trainer.builder(model, loss, new Adam(model.parameters(), rate));
        for (TrainingListener listener : listeners) {
            trainer = trainer.listener(listener);
        }
        trainer.build().fit(data, epochs);
    }

    /** The share of the test digits that are read right, in points of a hundred. */
    private static double points(Layer model) {
        return 100 * new Evaluator(model, new CrossEntropyLoss(), new Accuracy()).evaluate(DataLoader.of(digits().test(), 451)).get("accuracy");
    }

    private static String text(double points) {
        return String.format(Locale.ROOT, "%.1f %%", points);
    }

    private static int zeros(Layer model) {
        return (int) model.stateDict().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("weight"))
                .flatMapToDouble(entry -> Arrays.stream(entry.getValue().data()))
                .filter(weight -> weight == 0)
                .count();
    }

    // ---- small things

    private static double[] random(int seed, int count) {
        return Tensors.randn(new Generator(seed), count).data().clone();
    }

    /** Layers without biases, of given weights, one behind the other. */
    private static Sequential stack(double[][]... weights) {
        return new Sequential(Arrays.stream(weights).map(Tensors::of).map(Linear::of).toArray(Layer[]::new));
    }

    private static Linear linear(Layer model, String path) {
        return (Linear) model.child(path);
    }

    private static double[] mask(PruningMasks masks, String name) {
        return masks.masks().get(name).data();
    }

    /** Nothing that a layer holds is 0 or 1, as after a training. */
    private static <L extends Layer> L shaken(L model) {
        Generator generator = new Generator(7);
        model.stateDict().values().forEach(numbers -> {
            double[] data = numbers.mutableData();
            for (int i = 0; i < data.length; i++) {
                data[i] = 0.5 + generator.nextDouble();
            }
        });
        return model;
    }

    private static Tensor outputs(Layer model, Tensor x) {
        try (Modes modes = Modes.evaluation(model);
                NoGrad scope = NoGrad.enter()) {
            return model.forward(x);
        }
    }

    private static double difference(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item();
    }

    @Nested
    @Order(1)
    @DisplayName("Task 18.1: the smallest go")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Smallest {

        @Test
        @Order(1)
        @DisplayName("two of 3, -1, 2, -4")
        void byHand() {
            Expect.that("mask([3, -1, 2, -4], 2)")
                    .rule("their magnitudes are 3, 1, 2, 4: the two nearest to 0 go, whatever their sign; 3 is the smallest that stays, and 1 in a mask means that it stays")
                    .numbers(() -> MagnitudePruner.mask(new double[] {3, -1, 2, -4}, 2), 1, 0, 0, 1);
        }

        @Test
        @Order(2)
        @DisplayName("as many as were asked for, also among equals")
        void equals() {
            Expect.that("mask([5, -5, 5], 1)")
                    .rule("exactly so many go as were asked for; among equals the earlier ones go first")
                    .numbers(() -> MagnitudePruner.mask(new double[] {5, -5, 5}, 1), 0, 1, 1);
            Expect.that("mask([2, 1, -2, 2, 1], 3)")
                    .rule("exactly so many go as were asked for; among equals the earlier ones go first: both 1s, and the first 2")
                    .numbers(() -> MagnitudePruner.mask(new double[] {2, 1, -2, 2, 1}, 3), 0, 0, 1, 1, 0);
            Expect.that("mask([9, 2, 1, -2], 2)")
                    .rule("exactly so many go as were asked for: 1, and one of those that are 2; only equals count among equals, and 9 is none")
                    .numbers(() -> MagnitudePruner.mask(new double[] {9, 2, 1, -2}, 2), 1, 0, 0, 1);
        }

        @Test
        @Order(3)
        @DisplayName("none, all but one")
        void edges() {
            Expect.that("mask([0, 7, 0], 0)")
                    .rule("if none is to go all stay, those that are 0 by chance too")
                    .numbers(() -> MagnitudePruner.mask(new double[] {0, 7, 0}, 0), 1, 1, 1);
            Expect.that("mask([3, -9, 4], 2)")
                    .rule("the largest magnitude is the last to stay")
                    .numbers(() -> MagnitudePruner.mask(new double[] {3, -9, 4}, 2), 0, 1, 0);
        }

        @Test
        @Order(4)
        @DisplayName("the weights are only looked at")
        void untouched() {
            double[] weights = {3, -1, 2, -4};
            MagnitudePruner.mask(weights, 2);
            Expect.that("the array [3, -1, 2, -4] after mask(array, 2)")
                    .rule("the weights are not yours: take magnitudes and sort in arrays of your own")
                    .numbers(weights, 3, -1, 2, -4);
        }

        @Test
        @Order(5)
        @DisplayName("nine tenths of a thousand")
        void many() {
            double[] weights = random(1, 1000);
            double[] mask = MagnitudePruner.mask(weights, 900);
            double kept = DoubleStream.of(mask).sum();
            Expect.that("how many of 1000 random numbers stay if 900 go").rule("1000 - 900").number(kept, 100);
            double[] gone = IntStream.range(0, 1000).filter(i -> mask[i] == 0).mapToDouble(i -> Math.abs(weights[i])).toArray();
            double[] stay = IntStream.range(0, 1000).filter(i -> mask[i] == 1).mapToDouble(i -> Math.abs(weights[i])).toArray();
            Expect.that("whether the largest of 900 that go is below the smallest of 100 that stay")
                    .rule("there is one threshold: what is nearer to 0 goes")
                    .value(DoubleStream.of(gone).max().orElseThrow() < DoubleStream.of(stay).min().orElseThrow(), true);
        }

        @Test
        @Order(6)
        @DisplayName("in use: half of your own network")
        void inUse() {
            Sequential model = network();
            PruningMasks masks = MagnitudePruner.perLayer().masks(model, 0.5);
            double whole = points(model);
            masks.apply(model);
            Expect.that("how many of the " + WEIGHTS + " weights of " + NETWORK + " are 0 after half of each layer went")
                    .rule("half of 64 * 128, and half of 128 * 10")
                    .value(zeros(model), WEIGHTS / 2);
            double half = points(model);
            Expect.that("whether it loses at most 3 points without its smaller half: it read " + text(whole) + " right, and now " + text(half))
                    .rule("the smaller half of the weights says nearly nothing; if much is lost, the wrong half went")
                    .value(half >= whole - 3, true);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 18.2: one ranking for the whole model")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class OneRanking {

        private final MagnitudePruner global = MagnitudePruner.global();

        @Test
        @Order(1)
        @DisplayName("all from one layer")
        void byHand() {
            Sequential model = stack(new double[][] {{1, -2}}, new double[][] {{3}, {-4}});
            Expect.that("the mask of the second layer, of a model with the weights [1, -2] and [3, -4], half of which go")
                    .rule("all weights stand in one ranking, and the smallest go wherever they are: both of the first layer, none of the second")
                    .numbers(() -> mask(global.masks(model, 0.5), "1.weight"), 1, 1);
            Expect.that("the mask of its first layer")
                    .rule("all weights stand in one ranking, and the smallest go wherever they are: both of the first layer, none of the second")
                    .numbers(() -> mask(global.masks(model, 0.5), "0.weight"), 0, 0);
        }

        @Test
        @Order(2)
        @DisplayName("three layers of different sizes")
        void sizes() {
            Sequential model = stack(
                    new double[][] {{9, 1, 5}}, new double[][] {{2}, {8}}, new double[][] {{7, 3}, {6, 4}, {0.5, 10}, {0.2, 11}});
            PruningMasks masks = global.masks(model, 5.0 / 13);
            String input = ", of the layers [9, 1, 5], [2, 8] and [7, 3, 6, 4, 0.5, 10, 0.2, 11]; 5 of 13 weights go";
            String rule = "0.2, 0.5, 1, 2 and 3 go; in the long mask each layer's part begins where the one before ends: at 0, at 3, at 5";
            Expect.that("the mask of the first layer" + input).rule(rule).numbers(mask(masks, "0.weight"), 1, 0, 1);
            Expect.that("the mask of the second layer" + input).rule(rule).numbers(mask(masks, "1.weight"), 0, 1);
            Expect.that("the mask of the third layer" + input).rule(rule).numbers(mask(masks, "2.weight"), 1, 0, 1, 1, 0, 1, 0, 1);
            Expect.that("the names of the masks, in order")
                    .rule("a mask for each weight, under the name that it has")
                    .value(List.copyOf(masks.masks().keySet()), List.of("0.weight", "1.weight", "2.weight"));
            Expect.that("the shape of the third mask").rule("a mask has its weight's shape").value(masks.masks().get("2.weight").shape(), Shape.of(4, 2));
        }

        @Test
        @Order(3)
        @DisplayName("the nearest whole number of weights")
        void rounded() {
            Sequential model = stack(new double[][] {{9, 1, 5}}, new double[][] {{2}, {8}});
            PruningMasks masks = global.masks(model, 0.35);
            Expect.that("how many of 5 weights go at a sparsity of 0.35")
                    .rule("0.35 * 5 = 1.75, and the nearest whole number is 2: Sparsity.dropped counts")
                    .number(masks.sparsity() * 5, 2);
        }

        @Test
        @Order(4)
        @DisplayName("in blocks")
        void blocks() {
            Sequential model = stack(new double[][] {{1, 5}, {-3, 5}}, new double[][] {{4, 0}, {4, 1}});
            PruningMasks masks = global.inBlocks(2).masks(model, 0.5);
            String input = " in blocks of two outputs, of the layers [[1, 5], [-3, 5]] and [[4, 0], [4, 1]]; half of the blocks go";
            String rule = "what is ranked are blocks, each by its average magnitude: 2, 5, 4 and 0.5; a single number is a block of height 1";
            Expect.that("the mask of the first layer" + input).rule(rule).numbers(() -> mask(masks, "0.weight"), 0, 1, 0, 1);
            Expect.that("the mask of the second layer" + input).rule(rule).numbers(() -> mask(masks, "1.weight"), 1, 0, 1, 0);
        }

        @Test
        @Order(5)
        @DisplayName("in use: four fifths of your own network")
        void inUse() {
            Sequential model = network();
            PruningMasks masks = global.masks(model, 0.8);
            Expect.that("how many of the " + WEIGHTS + " weights of " + NETWORK + " go at a sparsity of 0.8")
                    .rule("the nearest whole number to 0.8 * 9472 = 7577.6")
                    .number(Math.rint(masks.sparsity() * WEIGHTS), 7578);
            Expect.that("whether its last layer loses less than its first: it loses " + text(100 * masks.sparsity("3.weight")) + " of its weights, the first "
                            + text(100 * masks.sparsity("1.weight")))
                    .rule("its weights are larger, and in one ranking that counts")
                    .value(masks.sparsity("3.weight") < masks.sparsity("1.weight"), true);
            masks.apply(model);
            double pruned = points(model);
            Expect.that("whether it still reads four of five digits with a fifth of its weights: it reads " + text(pruned))
                    .rule("the largest weights of the whole model stay")
                    .value(pruned > 80, true);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 18.3: zeros that stay")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Staying {

        private final Sequential model = stack(new double[][] {{1, 2, 3}});
        private final PruningMasks first = masks(1, 0, 1);

        private PruningMasks masks(double... mask) {
            return new PruningMasks(Map.of("0.weight", Tensors.of(mask, 1, 3)));
        }

        /** The weights after a step in which the optimiser made all of them the same number. */
        private double[] step(PruningSchedule schedule, int number, double moved) {
            linear(model, "0").weight().fill(moved);
            schedule.onBatchEnd(new BatchResult(1, number, OptionalInt.empty(), number, 1, 0));
            return linear(model, "0").weight().data().clone();
        }

        @Test
        @Order(1)
        @DisplayName("what was moved is set to 0 again")
        void byHand() {
            PruningSchedule schedule = PruningSchedule.keep(model, first);
            String rule = "an optimiser moves them again, by momentum and by their gradient: after each step the masks are applied, also when there are no new ones";
            Expect.that("three weights with the mask [1, 0, 1] after a step that made all of them 5").rule(rule).numbers(() -> step(schedule, 1, 5), 5, 0, 5);
            Expect.that("the same after the next step, which made all of them 6").rule(rule).numbers(() -> step(schedule, 2, 6), 6, 0, 6);
        }

        @Test
        @Order(2)
        @DisplayName("new masks, when it is time")
        void renewed() {
            PruningMasks second = masks(0, 0, 1);
            PruningSchedule schedule =
                    new PruningSchedule(model, first, masks -> masks, step -> step == 2 ? Optional.of(second) : Optional.empty());
            Expect.that("the weights after step 1, which made all of them 5; there are new masks at step 2")
                    .rule("not yet: renewal gives nothing for step 1")
                    .numbers(() -> step(schedule, 1, 5), 5, 0, 5);
            Expect.that("the weights after step 2, which made all of them 6, with the new mask [0, 0, 1]")
                    .rule("new masks first, then they are applied, in the same step")
                    .numbers(() -> step(schedule, 2, 6), 0, 0, 6);
            Expect.that("the weights after step 3, which made all of them 7")
                    .rule("the new masks are remembered: they hold until others come")
                    .numbers(() -> step(schedule, 3, 7), 0, 0, 7);
            Expect.that("masks() after step 3").rule("the new masks are remembered").value(schedule.masks().equals(second), true);
        }

        /** How many weights are 0 after each of some steps with momentum. */
        private List<Integer> counts(boolean keep) {
            Generator generator = new Generator(1);
            Sequential small = new Sequential(new Linear(4, 6, generator), new ReLU(), new Linear(6, 2, generator));
            PruningMasks masks = MagnitudePruner.perLayer().masks(small, 0.5);
            masks.apply(small);
            List<Integer> zeros = new ArrayList<>();
            TrainingListener count = new TrainingListener() {
                @Override
                public void onBatchEnd(BatchResult result) {
                    zeros.add(zeros(small));
                }
            };
            Tensor x = Tensors.randn(generator, 12, 4);
            Tensor y = Tensors.randn(generator, 12, 2);
            Trainer.builder(small, new MseLoss(), new Sgd(small.parameters(), 0.1).momentum(0.9))
                    .listener(keep ? PruningSchedule.keep(small, masks) : new TrainingListener() {})
                    .listener(count)
                    .build()
                    .fit(Batches.of(x, y, 3), 1);
            return zeros;
        }

        @Test
        @Order(3)
        @DisplayName("step by step, with momentum")
        void momentum() {
            Expect.that("how many of 36 weights are 0 after each of 4 steps, if half were pruned (without a schedule: " + counts(false) + ")")
                    .rule("a mask is a promise for every step")
                    .value(() -> counts(true), List.of(18, 18, 18, 18));
        }

        @Test
        @Order(4)
        @DisplayName("in use: nine of ten weights of your own network")
        void inUse() {
            Sequential kept = network();
            double whole = points(kept);
            PruningMasks masks = MagnitudePruner.global().masks(kept, 0.9);
            masks.apply(kept);
            double cut = points(kept);
            train(kept, 5, PruningSchedule.keep(kept, masks));
            Sequential loose = network();
            masks.apply(loose);
            train(loose, 1);
            Expect.that("zeros in " + NETWORK + ", nine of ten weights pruned, five more epochs (after one epoch without a schedule " + zeros(loose) + " are left)")
                    .rule("round(0.9 * 9472) = 8525, after every step of the training")
                    .value(zeros(kept), 8525);
            Expect.that("whether fewer than half of them are left without a schedule: " + zeros(loose))
                    .rule("what has no gradient, such as the weights of a unit whose ReLU lets nothing through, stays 0; the others come back")
                    .value(zeros(loose) < 8525 / 2, true);
            double tuned = points(kept);
            Expect.that("whether it loses at most 5 points: it read " + text(whole) + " right, " + text(cut) + " without nine of ten weights, and " + text(tuned)
                            + " after five more epochs")
                    .rule("what is left learns to do without the rest")
                    .value(tuned >= whole - 5, true);
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 18.4: quickly first, then slowly")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Cubic {

        private final CubicSparsity plan = new CubicSparsity(0, 0.8, 100, 200);

        @Test
        @Order(1)
        @DisplayName("from nothing to four fifths")
        void byHand() {
            Expect.that("the sparsity at the steps 100, 150 and 200, from 0 at step 100 to 0.8 at step 200")
                    .rule("what is left of the way is cubed: 0.8 - 0.8 * (1/2)^3 = 0.7 half-way, counted from step 100; steps are whole numbers, and 50 / 100 of them is 0")
                    .numbers(() -> new double[] {plan.at(100), plan.at(150), plan.at(200)}, 0, 0.7, 0.8);
        }

        @Test
        @Order(2)
        @DisplayName("before and after")
        void outside() {
            Expect.that("the sparsity at the steps 1, 99, 201 and 5000")
                    .rule("before the first step it is what it was, after the last one it stays")
                    .numbers(() -> new double[] {plan.at(1), plan.at(99), plan.at(201), plan.at(5000)}, 0, 0, 0.8, 0.8);
        }

        @Test
        @Order(3)
        @DisplayName("of a model that was pruned before")
        void initial() {
            CubicSparsity more = new CubicSparsity(0.5, 0.9, 1, 5);
            Expect.that("the sparsity at the steps 1, 3 and 5, from 0.5 at step 1 to 0.9 at step 5")
                    .rule("it begins at 0.5: 0.9 - 0.4 * (1/2)^3 half-way")
                    .numbers(() -> new double[] {more.at(1), more.at(3), more.at(5)}, 0.5, 0.85, 0.9);
        }

        @Test
        @Order(4)
        @DisplayName("each quarter of the way")
        void quarters() {
            Expect.that("how much goes in each quarter of the way, in points of a hundred")
                    .rule("80 * (1 - 27/64), then 80 * (27 - 8)/64, 80 * (8 - 1)/64, 80 * 1/64")
                    .numbers(
                            () -> IntStream.range(0, 4).mapToDouble(q -> 100 * (plan.at(125 + 25 * q) - plan.at(100 + 25 * q))).toArray(),
                            46.25,
                            23.75,
                            8.75,
                            1.25);
        }

        @Test
        @Order(5)
        @DisplayName("in use: your own network loses its weights while it trains")
        void inUse() {
            Sequential model = network();
            double whole = points(model);
            List<Integer> seen = new ArrayList<>();
            CubicSparsity growing = new CubicSparsity(0, 0.9, 1, 121); // three epochs of 43 steps
            TrainingListener watch = new TrainingListener() {
                @Override
                public void onBatchEnd(BatchResult result) {
                    if (result.step() % 40 == 1 && result.step() <= 121) {
                        seen.add(zeros(model));
                    }
                }
            };
            train(model, 6, PruningSchedule.gradual(model, MagnitudePruner.global(), growing, 10), watch);
            Expect.that("zeros in " + NETWORK + " after the steps 1, 41, 81 and 121 of a schedule from 0 to 0.9")
                    .rule("round(9472 * 0.9 * (1 - left^3)) for left = 1, 2/3, 1/3 and 0")
                    .value(seen, List.of(0, 5999, 8209, 8525));
            double tuned = points(model);
            Expect.that("whether it loses at most 5 points: it read " + text(whole) + " right, and now " + text(tuned))
                    .rule("it has time to mend what each pruning breaks")
                    .value(tuned >= whole - 5, true);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 18.5: only what is not 0")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Stored {

        private static final String MATRIX = "[[0, 5, 0], [0, 0, 0], [7, 0, 8]]";
        private final Tensor dense = Tensors.of(new double[][] {{0, 5, 0}, {0, 0, 0}, {7, 0, 8}});

        private static double[] starts(CsrMatrix matrix) {
            return IntStream.rangeClosed(0, matrix.rows()).mapToDouble(matrix::rowStart).toArray();
        }

        private static double[] columns(CsrMatrix matrix) {
            return Arrays.stream(matrix.columnIndices()).asDoubleStream().toArray();
        }

        @Test
        @Order(1)
        @DisplayName("the values")
        void values() {
            Expect.that("the values of " + MATRIX)
                    .rule("row by row, what is not 0, and an array just as long as that")
                    .numbers(() -> CsrMatrix.of(dense).values(), 5, 7, 8);
        }

        @Test
        @Order(2)
        @DisplayName("their columns")
        void columnsOfValues() {
            Expect.that("the columns of the values 5, 7, 8 of " + MATRIX)
                    .rule("beside each value stands the column in which it was, counted from 0")
                    .numbers(() -> columns(CsrMatrix.of(dense)), 1, 0, 2);
        }

        @Test
        @Order(3)
        @DisplayName("where each row begins")
        void rowStarts() {
            Expect.that("the row starts of " + MATRIX)
                    .rule("row i holds the values from rowStarts[i] up to rowStarts[i + 1], so there is one start more than rows; an empty row begins where it ends")
                    .numbers(() -> starts(CsrMatrix.of(dense)), 0, 1, 1, 3);
        }

        @Test
        @Order(4)
        @DisplayName("wide, with negative numbers")
        void wide() {
            CsrMatrix wide = CsrMatrix.of(Tensors.of(new double[][] {{0, -1, 0, 2, 0}, {-3, 0, 0, 0, 4}}));
            String input = " of [[0, -1, 0, 2, 0], [-3, 0, 0, 0, 4]]";
            Expect.that("the values" + input).rule("negative numbers are not 0 either; row i begins at i * columns").numbers(wide.values(), -1, 2, -3, 4);
            Expect.that("the columns" + input).rule("row i begins at i * columns").numbers(columns(wide), 1, 3, 0, 4);
            Expect.that("the row starts" + input).rule("two values in each row").numbers(starts(wide), 0, 2, 4);
        }

        @Test
        @Order(5)
        @DisplayName("nothing but zeros")
        void nothing() {
            CsrMatrix matrix = CsrMatrix.of(Tensors.of(new double[][] {{0, -0.0}, {0, 0}}));
            Expect.that("the row starts of a matrix of zeros, 0 and -0 among them").rule("all rows are empty").numbers(starts(matrix), 0, 0, 0);
            Expect.that("how many numbers are stored").rule("none").value(matrix.stored(), 0);
        }

        @Test
        @Order(6)
        @DisplayName("there and back")
        void back() {
            double[] numbers = random(2, 17 * 23);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = numbers[i] < 0.8 ? 0 : numbers[i];
            }
            Tensor random = Tensors.of(numbers, 17, 23);
            Expect.that("the dense matrix of what was stored of a random one, 17 x 23, of zeros mostly")
                    .rule("nothing is lost, and nothing is added")
                    .numbers(() -> CsrMatrix.of(random).toDense().data(), numbers);
        }

        @Test
        @Order(7)
        @DisplayName("in use: bytes of your own network")
        void inUse() {
            Sequential model = network();
            MagnitudePruner.perLayer().masks(model, 0.9).apply(model);
            CsrMatrix weight = CsrMatrix.of(linear(model, "1").weight());
            Expect.that("the bytes of the first layer of " + NETWORK + ", nine of ten weights pruned; dense, they are " + 8 * 64 * 128)
                    .rule("819 values of 8 bytes, 819 columns of 4, 129 row starts of 4")
                    .value(weight.bytes(), 819L * 8 + 819 * 4 + 129 * 4);
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 18.6: a product that skips the zeros")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Skipping {

        private static final String MATRIX = "[[0, 5, 0], [0, 0, 0], [7, 0, 8]]";
        private final CsrMatrix matrix = CsrMatrix.of(Tensors.of(new double[][] {{0, 5, 0}, {0, 0, 0}, {7, 0, 8}}));

        @Test
        @Order(1)
        @DisplayName("with one column")
        void oneColumn() {
            Expect.that(MATRIX + " times the column [1, 2, 3]")
                    .rule("row i holds the values from rowStart(i) up to rowStart(i + 1); each meets the number of b that stands in row columns[p], and they add up: 5 * 2, 0, 7 * 1 + 8 * 3")
                    .numbers(() -> matrix.multiply(Tensors.of(new double[][] {{1}, {2}, {3}})).data(), 10, 0, 31);
        }

        @Test
        @Order(2)
        @DisplayName("with two columns")
        void twoColumns() {
            Expect.that(MATRIX + " times [[1, 4], [2, 5], [3, 6]]")
                    .rule("b and out have n numbers in each row: row r begins at r * n")
                    .numbers(() -> matrix.multiply(Tensors.of(new double[][] {{1, 4}, {2, 5}, {3, 6}})).data(), 10, 25, 0, 0, 31, 76);
        }

        @Test
        @Order(3)
        @DisplayName("zeros are not multiplied")
        void skips() {
            double[][] rows = {{0, 5, 0, 0}, {0, 0, 0, 0}, {7, 0, 0, 8}};
            double[] sums = {5, 0, 15};
            for (int i = 0; i < rows.length; i++) {
                CsrMatrix row = CsrMatrix.of(Tensors.of(new double[][] {rows[i]}));
                double[] b = DoubleStream.of(rows[i]).map(value -> value == 0 ? Double.NaN : 1).toArray();
                Expect.that("the row " + Arrays.toString(rows[i]) + " times a column that is 1 where the row is not 0, and else not a number")
                        .rule("what is not stored is not multiplied: 0 * NaN would be NaN")
                        .numbers(() -> row.multiply(Tensors.of(b, 4, 1)).data(), sums[i]);
            }
        }

        @Test
        @Order(4)
        @DisplayName("multiply-adds: as many as stored numbers, for each column")
        void counted() {
            double[] ones = new double[64 * 40];
            for (int i = 0; i < ones.length; i += 10) {
                ones[i] = 1;
            }
            CsrMatrix sparse = CsrMatrix.of(Tensors.of(ones, 64, 40));
            double sum = DoubleStream.of(sparse.multiply(Tensors.ones(40, 7)).data()).sum();
            Expect.that("multiply-adds of a 64 x 40 matrix, one of ten numbers stored, with 7 columns (all numbers are 1, so each adds 1 to the sum of the result)")
                    .rule("256 stored numbers, each with 7 columns; a dense product does 17920")
                    .number(sum, 256 * 7);
        }

        @Test
        @Order(5)
        @DisplayName("against the formula")
        void naive() {
            double[] a = random(3, 9 * 13);
            for (int i = 0; i < a.length; i++) {
                a[i] = Math.abs(a[i]) < 1 ? 0 : a[i];
            }
            double[] b = random(4, 13 * 6);
            double[] expected = new double[9 * 6];
            for (int i = 0; i < 9; i++) {
                for (int j = 0; j < 6; j++) {
                    for (int k = 0; k < 13; k++) {
                        expected[i * 6 + j] += a[i * 13 + k] * b[k * 6 + j];
                    }
                }
            }
            Expect.that("a random sparse matrix, 9 x 13, times a random one, 13 x 6")
                    .rule("out[i][j] is the sum of a[i][k] * b[k][j]; what a leaves out adds nothing")
                    .numbers(() -> CsrMatrix.of(Tensors.of(a, 9, 13)).multiply(Tensors.of(b, 13, 6)).data(), expected);
        }

        @Test
        @Order(6)
        @DisplayName("in use: your own network without its zeros")
        void inUse() {
            Sequential model = network();
            MagnitudePruner.global().masks(model, 0.9).apply(model);
            Tensor x = digits().test().images(0, 100);
            Tensor dense = outputs(model, x);
            List<String> replaced = Sparse.convert(model, 0.2);
            Expect.that("the layers of " + NETWORK + ", nine of ten weights pruned, that hold a fifth of their weights at most").value(replaced, List.of("1", "3"));
            int stored = replaced.stream().mapToInt(path -> ((SparseLinear) model.child(path)).weight().stored()).sum();
            Expect.that("multiply-adds for an image; dense, it were " + WEIGHTS).rule("as many as weights that are left").value(stored, WEIGHTS - 8525);
            double[] none = new double[dense.size()];
            Expect.that("by how much the answers for 100 digits differ from those of the dense layers")
                    .rule("a 0 that is multiplied adds nothing, so the answers are the same")
                    .numbers(() -> outputs(model, x).sub(dense).data(), none);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 18.7: nobody reads it any more")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Unread {

        @Test
        @Order(1)
        @DisplayName("one input of three")
        void byHand() {
            Linear layer = Linear.of(Tensors.of(new double[][] {{1, 2, 3}, {4, 5, 6}}), Tensors.of(7, 8));
            Expect.that("the weight [[1, 2, 3], [4, 5, 6]] of a linear layer that keeps input 1")
                    .rule("inputs lie along axis 1: a column for each; the kept ones are read on, the others become 0, in place")
                    .numbers(
                            () -> {
                                Cuts.keepInputs(layer, new int[] {1});
                                return layer.weight().data();
                            },
                            0,
                            2,
                            0,
                            0,
                            5,
                            0);
            Expect.that("its bias").rule("a bias reads nothing, so it stays").numbers(layer.bias().orElseThrow().data(), 7, 8);
        }

        @Test
        @Order(2)
        @DisplayName("a channel, with all its pixels")
        void channel() {
            Conv2d layer = Conv2d.builder(3, 2, 1, 3).build(new Generator(1));
            layer.weight().copyFrom(Tensors.of(IntStream.rangeClosed(1, 18).asDoubleStream().toArray(), 2, 3, 1, 3));
            Expect.that("the kernels 1 … 18 of a Conv2d(3 -> 2), 1 x 3 pixels each, that keeps the input channels 0 and 2")
                    .rule("the weight is (outputs, inputs, rows, columns): a channel is read with all pixels of its kernel, and axis 1 says which channel")
                    .numbers(
                            () -> {
                                Cuts.keepInputs(layer, new int[] {0, 2});
                                return layer.weight().data();
                            },
                            1, 2, 3, 0, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0, 0, 16, 17, 18);
        }

        @Test
        @Order(3)
        @DisplayName("a sigmoid makes ½ of 0")
        void sigmoid() {
            Sequential model = stack(new double[][] {{1}, {2}, {3}}, new double[][] {{10, 100, 1000}});
            Sequential between = new Sequential(model.child("0"), new Sigmoid(), model.child("1"));
            Tensor x = Tensors.of(new double[][] {{0}});
            Expect.that("three units, a sigmoid, and a layer [10, 100, 1000] that does not read unit 1 any more, of the input 0")
                    .rule("10 * 1/2 + 1000 * 1/2: who has gone is not read; a unit that only makes 0 would be read as 1/2")
                    .numbers(
                            () -> {
                                new ChannelPruner(between).mask(new KeptUnits(Map.of("0", List.of(0, 2))));
                                return between.forward(x).data();
                            },
                            505);
        }

        @Test
        @Order(4)
        @DisplayName("behind a flatten a channel is many inputs")
        void flatten() {
            Sequential model = new Sequential(Conv2d.builder(1, 2, 1).build(new Generator(1)), new Flatten(), new Linear(8, 1, new Generator(2)));
            linear(model, "2").weight().copyFrom(Tensors.of(new double[][] {{1, 2, 3, 4, 5, 6, 7, 8}}));
            Expect.that("the weight [1 … 8] of a linear layer behind two flattened channels of 2 x 2 pixels, of which channel 1 is kept")
                    .rule("the channel's pixels are the inputs 4 … 7: all that are kept are read on")
                    .numbers(
                            () -> {
                                new ChannelPruner(model).mask(new KeptUnits(Map.of("0", List.of(1))));
                                return linear(model, "2").weight().data();
                            },
                            0, 0, 0, 0, 5, 6, 7, 8);
        }

        @Test
        @Order(5)
        @DisplayName("in use: half of the units of your own network")
        void inUse() {
            Sequential model = network();
            double whole = points(model);
            ChannelPruner pruner = new ChannelPruner(model);
            KeptUnits kept = pruner.strongest(0.5);
            pruner.mask(kept);
            Expect.that("zeros among the 1280 weights of the last layer of " + NETWORK + " if half of the 128 units are not read")
                    .rule("64 units, each read by 10 outputs")
                    .value(zeros(model), 640);
            double masked = points(model);
            Expect.that("whether it loses at most 10 points: it read " + text(whole) + " right, and with its stronger half " + text(masked))
                    .rule("units with small weights say little")
                    .value(masked >= whole - 10, true);
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 18.8: gone for good")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Gone {

        private void rewire(Sequential model, String path, Integer... kept) {
            new ChannelPruner(model).rewire(new KeptUnits(Map.of(path, List.of(kept))));
        }

        @Test
        @Order(1)
        @DisplayName("two of three units")
        void byHand() {
            Sequential model = new Sequential(
                    Linear.of(Tensors.of(new double[][] {{1}, {2}, {3}}), Tensors.of(10, 20, 30)),
                    new ReLU(),
                    Linear.of(Tensors.of(new double[][] {{4, 5, 6}}), Tensors.of(7)));
            String input = "of Linear(1 -> 3), ReLU, Linear(3 -> 1) with the weights [[1], [2], [3]] and [[4, 5, 6]], that keeps the units 0 and 2";
            String rule = "who makes the units loses outputs (rows, and their biases), and who reads them loses inputs (columns)";
            Expect.that("the first weight " + input)
                    .rule(rule)
                    .numbers(
                            () -> {
                                rewire(model, "0", 0, 2);
                                return linear(model, "0").weight().data();
                            },
                            1,
                            3);
            Expect.that("the first bias, before [10, 20, 30], " + input).rule(rule).numbers(linear(model, "0").bias().orElseThrow().data(), 10, 30);
            Expect.that("the last weight " + input).rule(rule).numbers(linear(model, "2").weight().data(), 4, 6);
            Expect.that("what the model makes of 1").rule("4 * 11 + 6 * 33 + 7").numbers(() -> model.forward(Tensors.of(new double[][] {{1}})).data(), 249);
        }

        @Test
        @Order(2)
        @DisplayName("a normalisation on the way")
        void norm() {
            BatchNorm2d norm = new BatchNorm2d(3);
            norm.stateDict().get("weight").copyFrom(Tensors.of(1, 2, 3));
            Sequential model = new Sequential(new Conv2d(1, 3, 1, new Generator(1)), norm, new ReLU(), new Conv2d(3, 2, 1, new Generator(2)));
            Expect.that("the scales, before [1, 2, 3], of a BatchNorm2d behind a Conv2d that keeps the channels 1 and 2")
                    .rule("a batch norm on the way keeps the scales, shifts and averages of the same channels")
                    .numbers(
                            () -> {
                                rewire(model, "0", 1, 2);
                                return model.child("1").stateDict().get("weight").data();
                            },
                            2,
                            3);
        }

        @Test
        @Order(3)
        @DisplayName("behind a flatten")
        void flatten() {
            Sequential model =
                    new Sequential(new Conv2d(1, 2, 1, new Generator(1)), new Flatten(), new BatchNorm1d(8), new Linear(8, 1, new Generator(2)));
            linear(model, "3").weight().copyFrom(Tensors.of(new double[][] {{1, 2, 3, 4, 5, 6, 7, 8}}));
            model.child("2").stateDict().get("bias").copyFrom(Tensors.of(10, 20, 30, 40, 50, 60, 70, 80));
            String rule = "behind a flatten the channel's 2 x 2 pixels are the inputs 4 … 7: a Part says which of its inputs come from which units";
            Expect.that("the weight [1 … 8] of a linear layer behind two flattened channels of 2 x 2 pixels, of which channel 1 is kept")
                    .rule(rule)
                    .numbers(
                            () -> {
                                rewire(model, "0", 1);
                                return linear(model, "3").weight().data();
                            },
                            5,
                            6,
                            7,
                            8);
            Expect.that("the shifts [10, 20 … 80] of a BatchNorm1d between flatten and linear layer")
                    .rule(rule)
                    .numbers(model.child("2").stateDict().get("bias").data(), 50, 60, 70, 80);
        }

        @Test
        @Order(4)
        @DisplayName("two layers make a unit together")
        void twoMakers() {
            Sequential model = new Sequential(shaken(new SwiGLU(3, 4, true, new Generator(1))));
            Tensor x = Tensors.of(random(5, 6), 2, 3);
            HiddenUnitPruner pruner = new HiddenUnitPruner(model);
            KeptUnits kept = new KeptUnits(Map.of("0", List.of(0, 3)));
            pruner.mask(kept);
            Tensor masked = outputs(model, x);
            Expect.that("what a SwiGLU(3, 4 hidden) that keeps the hidden units 0 and 3 makes of two random rows, less what it makes if it only doesn't read the others")
                    .rule("a hidden unit is the product of what gate and up make: all makers lose their outputs")
                    .numbers(
                            () -> {
                                pruner.rewire(kept);
                                return outputs(model, x).sub(masked).data();
                            },
                            0, 0, 0, 0, 0, 0);
        }

        @Test
        @Order(5)
        @DisplayName("smaller is masked")
        void smallerIsMasked() {
            Generator generator = new Generator(6);
            Sequential model = shaken(new Sequential(
                    Conv2d.builder(2, 6, 3).same().build(generator),
                    new BatchNorm2d(6),
                    new Sigmoid(),
                    new MaxPool2d(2),
                    Conv2d.builder(6, 4, 3).same().noBias().build(generator),
                    new ReLU(),
                    new Flatten(),
                    new Linear(4 * 3 * 3, 8, generator),
                    new BatchNorm1d(8),
                    new Linear(8, 3, generator)));
            Tensor x = Tensors.randn(generator, 5, 2, 6, 6);
            ChannelPruner pruner = new ChannelPruner(model);
            KeptUnits kept = pruner.strongest(0.5);
            long parameters = model.parameterCount();
            pruner.mask(kept);
            Tensor masked = outputs(model, x);
            pruner.rewire(kept);
            Supplier<Double> apart = () -> difference(outputs(model, x), masked) / masked.abs().max().item();
            Expect.that("whether a network says the same, to 12 digits, after half of all channels are gone as when they were only not read: the answers are "
                            + apart.get() + " apart")
                    .rule("rewired is masked: nobody read what is gone")
                    .value(() -> apart.get() < ROUNDING, true);
            Expect.that("its parameters, before " + parameters)
                    .rule("(2*9 + 1)*3 + 2*3, 3*9*2, (2*9 + 1)*4 + 2*4, 4*3 + 3")
                    .value(model.parameterCount(), 57L + 6 + 54 + 76 + 8 + 15);
        }

        @Test
        @Order(6)
        @DisplayName("in use: your own network at half the size")
        void inUse() {
            Sequential model = network();
            double whole = points(model);
            ChannelPruner pruner = new ChannelPruner(model);
            KeptUnits kept = pruner.strongest(0.5);
            pruner.mask(kept);
            Tensor x = digits().test().images(0, 100);
            Tensor masked = outputs(model, x);
            pruner.rewire(kept);
            Expect.that("the parameters of " + NETWORK + ", without half of its units; before, they were 9610")
                    .rule("64 * 64 + 64 + 64 * 10 + 10")
                    .value(model.parameterCount(), 4810L);
            double[] none = new double[masked.size()];
            Expect.that("by how much its answers for 100 digits differ from those of the network in which half of the units are not read")
                    .rule("rewired is masked")
                    .numbers(outputs(model, x).sub(masked).data(), none);
            double narrow = points(model);
            train(model, 5);
            double tuned = points(model);
            Expect.that("whether it loses at most 2 points: it read " + text(whole) + " right, at half the size " + text(narrow) + ", after five more epochs " + text(tuned))
                    .rule("a smaller network is an ordinary network, and learns like one")
                    .value(tuned >= whole - 2, true);
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 18.9: learn from a teacher")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Teacher {

        private final double log3 = Math.log(3);
        /** KL((¼, ¾) ‖ (½, ½)), 0.131, and the other way round, 0.144. */
        private final double toEven = 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5);
        private final double fromEven = 0.5 * Math.log(2) + 0.5 * Math.log(2.0 / 3);

        private double loss(double temperature, double[][] student, double[][] teacher) {
            Tensor target = Distillation.target(Tensors.of(teacher), Tensors.zeros(teacher.length));
            return new DistillationLoss(temperature, 1).forward(Tensors.of(student), target).item();
        }

        @Test
        @Order(1)
        @DisplayName("two classes, temperature 1")
        void byHand() {
            Expect.that("the loss at temperature 1, the student's logits [0, 0], the teacher's [0, log 3]")
                    .rule("the teacher says 1/4, 3/4 and the student 1/2, 1/2: sum of t * (log t - log p), weighted with the teacher's probabilities; KlDivLoss wants logarithms of the student's")
                    .numbers(() -> new double[] {loss(1, new double[][] {{0, 0}}, new double[][] {{0, log3}})}, toEven);
        }

        @Test
        @Order(2)
        @DisplayName("temperature 2")
        void temperature() {
            Expect.that("the loss at temperature 2, the student's logits [0, 0], the teacher's [0, 2 log 3]")
                    .rule("the teacher's logits are divided by the temperature: 1/4, 3/4 again; the divergence is multiplied by its square, 4")
                    .numbers(() -> new double[] {loss(2, new double[][] {{0, 0}}, new double[][] {{0, 2 * log3}})}, 4 * toEven);
            Expect.that("the loss at temperature 2, the student's logits [0, 2 log 3], the teacher's [0, 0]")
                    .rule("the student's logits are divided by the temperature as well: here it says 1/4, 3/4 and the teacher 1/2, 1/2")
                    .numbers(() -> new double[] {loss(2, new double[][] {{0, 2 * log3}}, new double[][] {{0, 0}})}, 4 * fromEven);
        }

        @Test
        @Order(3)
        @DisplayName("a mean over the samples")
        void samples() {
            Expect.that("the loss at temperature 1 of two samples, of which the student agrees with its teacher in the second")
                    .rule("the mean over the samples: half of what the first one has")
                    .numbers(() -> new double[] {loss(1, new double[][] {{0, 0}, {5, 7}}, new double[][] {{0, log3}, {1, 3}})}, toEven / 2);
        }

        @Test
        @Order(4)
        @DisplayName("the pull on the student")
        void gradient() {
            double[] teacher = {1, 3, -2};
            double[] student = {2, 0, -1};
            for (double t : new double[] {1, 4, 1000}) {
                Tensor z = Tensors.of(new double[][] {student}).requiresGrad(true);
                Tensor target = Distillation.target(Tensors.of(new double[][] {teacher}), Tensors.of(1));
                new DistillationLoss(t, 1).forward(z, target).backward();
                double[] p = naive(student, t);
                double[] q = naive(teacher, t);
                Expect.that("the gradient at temperature " + t + ", the student's logits [2, 0, -1], the teacher's [1, 3, -2]")
                        .rule("T * (softmax(z/T) - softmax(t/T)): with the factor T * T it keeps its size, whatever the temperature")
                        .numbers(
                                z.grad().orElseThrow().data(),
                                t * (p[0] - q[0]),
                                t * (p[1] - q[1]),
                                t * (p[2] - q[2]));
            }
        }

        private double[] naive(double[] logits, double temperature) {
            double[] e = DoubleStream.of(logits).map(z -> Math.exp(z / temperature)).toArray();
            double sum = DoubleStream.of(e).sum();
            return DoubleStream.of(e).map(x -> x / sum).toArray();
        }

        @Test
        @Order(5)
        @DisplayName("in use: your own network teaches a small one")
        void inUse() {
            Sequential teacher = network();
            ImageDataset few = digits().train().select(IntStream.range(0, 200).toArray());
            Supplier<DataLoader> batches = () -> DataLoader.of(few, 25).shuffled(new Generator(2));
            Sequential taught = fresh(16, 13);
            learn(taught, new DistillationLoss(4, 1), Distillation.batches(teacher, batches.get()), 0.01, 40);
            Sequential alone = fresh(16, 13);
            learn(alone, new CrossEntropyLoss(), batches.get(), 0.01, 40);
            double withTeacher = points(taught);
            double without = points(alone);
            Expect.that("whether a network with 16 units that sees 200 digits reads 5 points more with a teacher: alone it reads " + text(without) + ", taught by "
                            + NETWORK + " " + text(withTeacher))
                    .rule("a label says that this is a 7; a teacher says too that it looks a little like a 1")
                    .value(withTeacher > without + 5, true);
        }
    }
}
