package org.tinytorch.training;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.checks.Expect;
import org.tinytorch.checks.Glyphs;
import org.tinytorch.loss.BceWithLogitsLoss;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.L1Loss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.Reduction;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.ReduceOnPlateau;
import org.tinytorch.optim.Sgd;
import org.tinytorch.optim.StepLr;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 08, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class TrainingTasksTest {

    // ---- the smallest network there is: one weight w, the loss |w x - t|, averaged. With w = 1 and t = 0 the loss is the mean of x, and so is its slope.

    private static final Loss DISTANCE = new L1Loss();

    private static Linear line(double w) {
        return Linear.of(Tensors.of(new double[][] {{w}}));
    }

    private static double weight(Linear line) {
        return line.weight().item();
    }

    private static double slope(Linear line) {
        return line.weight().grad().map(Tensor::item).orElse(0.0);
    }

    /** Inputs that should give 0. */
    private static Batch batch(double... x) {
        return new Batch(Tensors.of(x, x.length, 1), Tensors.zeros(x.length, 1));
    }

    /** The input 1 that should give 0.55: it likes w best at 0.55. */
    private static List<Batch> halfway() {
        return List.of(new Batch(Tensors.ones(1, 1), Tensors.of(new double[][] {{0.55}})));
    }

    private static TrainerBuilder builder(Linear line, double rate) {
        return Trainer.builder(line, DISTANCE, new Sgd(line.parameters(), rate));
    }

    private static Trainer trainer(Linear line, double rate) {
        return builder(line, rate).build();
    }

    // ---- a small network with chance in it

    private static final Tensor X = Tensors.randn(new Generator(100), 23, 4);
    private static final Tensor Y = Tensors.randint(new Generator(101), 3, 23);

    private static Sequential network(long seed) {
        Generator generator = new Generator(seed);
        return new Sequential(new Linear(4, 8, generator), new Tanh(), new Linear(8, 3, generator));
    }

    /** Lets numbers pass and notes in which state the model was when they came by. */
    private static final class Watcher extends Layer {
        private final List<Boolean> training = new ArrayList<>();
        private final List<Boolean> recording = new ArrayList<>();
        private int samples;

        @Override
        protected Tensor compute(Tensor x) {
            training.add(isTraining());
            recording.add(!NoGrad.isActive());
            samples += x.dim(0);
            return x;
        }
    }

    @Nested
    @Order(1)
    @DisplayName("Task 8.1: the share that is right, over unequal batches")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Shares {

        @Test
        @Order(1)
        @DisplayName("one batch more, by hand")
        void byHand() {
            Expect.that("new Share(3, 4).plus(2, i -> i == 1)")
                    .rule("one of the two new samples is right: 3 + 1 of 4 + 2. Samples that are wrong have been seen, too, and what was counted before stays")
                    .value(() -> new Share(3, 4).plus(2, i -> i == 1), new Share(4, 6));
        }

        @Test
        @Order(2)
        @DisplayName("each sample is asked about once")
        void eachSampleOnce() {
            List<Integer> asked = new ArrayList<>();
            Share.NONE.plus(3, i -> {
                asked.add(i);
                return true;
            });
            Expect.that("the samples that Share.NONE.plus(3, isRight) asks about")
                    .rule("a batch of 3 has the samples 0, 1 and 2")
                    .value(asked, List.of(0, 1, 2));
        }

        @Test
        @Order(3)
        @DisplayName("a small batch counts for less")
        void unequal() {
            Share share = Share.NONE.plus(8, i -> true).plus(2, i -> false);
            Expect.that("Share.NONE, plus 8 samples that are right, plus 2 that are wrong")
                    .rule("8 of 10: count samples. The average of 1 and 0 would let 2 samples weigh as much as 8")
                    .number(share.value("accuracy"), 0.8);
        }

        @Test
        @Order(4)
        @DisplayName("nothing right, nothing there")
        void edges() {
            Expect.that("new Share(3, 4).plus(2, i -> false)")
                    .rule("samples that are wrong have been seen, too")
                    .value(new Share(3, 4).plus(2, i -> false), new Share(3, 6));
            Expect.that("new Share(3, 4).plus(0, i -> true)").value(new Share(3, 4).plus(0, i -> true), new Share(3, 4));
            Expect.that("new Share(0, 0).value(\"accuracy\")")
                    .error(IllegalStateException.class, "no sample was seen yet", () -> Share.NONE.plus(0, i -> true).value("accuracy"));
        }

        @Test
        @Order(5)
        @DisplayName("cut as you like: the accuracy is that of all samples")
        void anyCut() {
            Tensor scores = Tensors.randn(new Generator(3), 23, 3);
            int right = 0;
            for (int i = 0; i < 23; i++) {
                double[] row = Arrays.copyOfRange(scores.data(), 3 * i, 3 * i + 3);
                int label = (int) Y.data()[i];
                right += row[label] == Arrays.stream(row).max().getAsDouble() ? 1 : 0;
            }
            for (int size : new int[] {1, 7, 22, 23}) {
                Accuracy accuracy = new Accuracy();
                Batches.of(scores, Y, size).forEach(batch -> accuracy.update(batch.input(), batch.target()));
                Expect.that("the accuracy on 23 samples in batches of " + size)
                        .rule(right + " of 23 are right, however they are cut into batches")
                        .number(accuracy.value(), right / 23.0);
            }
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 8.2: look without touching")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Untouched {

        private final Tensor x = Tensors.of(new double[][] {{1}, {2}});
        private final Watcher watcher = new Watcher();
        private final Sequential model = new Sequential(watcher, line(3));
        private final Evaluator evaluator = new Evaluator(model, DISTANCE);

        @Test
        @Order(1)
        @DisplayName("the answer is the model's")
        void answer() {
            Expect.that("predict([[1], [2]]) of a model that multiplies by 3")
                    .rule("what look gives is handed on")
                    .numbers(() -> evaluator.predict(x).data(), 3, 6);
        }

        @Test
        @Order(2)
        @DisplayName("while it looks: evaluation mode")
        void evaluationMode() {
            evaluator.predict(x);
            Expect.that("isTraining() of a layer while predict runs")
                    .rule("evaluation mode first, then look: else Dropout drops, and every look gives another answer")
                    .value(watcher.training, List.of(false));
        }

        @Test
        @Order(3)
        @DisplayName("while it looks: no recording")
        void noRecording() {
            Expect.that("predict([[1], [2]]).requiresGrad()")
                    .rule("nobody will go back from here: inside NoGrad nothing is recorded")
                    .value(evaluator.predict(x).requiresGrad(), false);
            Expect.that("recording while predict runs").value(watcher.recording, List.of(false));
        }

        @Test
        @Order(4)
        @DisplayName("afterwards everything is as it was")
        void afterwards() {
            evaluator.predict(x);
            Expect.that("isTraining() of a model in training mode, after predict")
                    .rule("back to training mode: else the rest of the training runs without dropout")
                    .value(model.isTraining(), true);
            model.eval();
            evaluator.predict(x);
            Expect.that("isTraining() of a model in evaluation mode, after predict")
                    .rule("back to the mode it was in, which need not be training: Modes remembers it for each layer")
                    .value(model.isTraining(), false);
            model.train();
            watcher.eval();
            evaluator.predict(x);
            Expect.that("isTraining() of a model in training mode and of its first layer, which is frozen in evaluation mode, after predict")
                    .rule("each layer goes back to its own mode: Modes remembers it for each layer")
                    .value(List.of(model.isTraining(), watcher.isTraining()), List.of(true, false));
            Expect.that("NoGrad.isActive() after predict").rule("recording goes on").value(NoGrad.isActive(), false);
        }

        @Test
        @Order(5)
        @DisplayName("also if something is thrown")
        void thrown() {
            Expect.that("predict of a (2, 3), which does not fit").error(IllegalArgumentException.class, "the layer expects 1", () -> evaluator.predict(Tensors.zeros(2, 3)));
            Expect.that("isTraining() after predict threw, and NoGrad.isActive()")
                    .rule("open both scopes in the head of one try (...): Java closes them on every way out")
                    .value(List.of(model.isTraining(), NoGrad.isActive()), List.of(true, false));
        }

        @Test
        @Order(6)
        @DisplayName("in use: a look leaves no trace in a model with Dropout")
        void dropout() {
            Generator generator = new Generator(1);
            Evaluator blurred = new Evaluator(new Dropout(0.5, generator), DISTANCE);
            Expect.that("predict([[1], [2]]) of Dropout(0.5)").rule("in evaluation nothing is dropped").numbers(blurred.predict(x).data(), 1, 2);
            Expect.that("the state of its generator, before and after")
                    .rule("a look draws no random number, so the training goes on as if nobody had looked")
                    .value(generator.state(), 1L);
        }
    }

    /** Says how many samples it has seen since the last reset, and with what. */
    private static final class Counting implements Metric {
        private final List<List<Double>> predictions = new ArrayList<>();
        private int samples;

        @Override
        public String name() {
            return "samples";
        }

        @Override
        public void reset() {
            samples = 0;
        }

        @Override
        public void update(Tensor prediction, Tensor target) {
            samples += target.dim(0);
            predictions.add(Arrays.stream(prediction.data()).boxed().toList());
        }

        @Override
        public double value() {
            return samples;
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 8.3: evaluate on all batches")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Evaluating {

        private final List<Batch> unequal = List.of(batch(1, 2, 3), batch(6));
        private final Counting counting = new Counting();
        private final Linear line = line(1);
        private final Evaluator evaluator = new Evaluator(line, DISTANCE, counting);

        @Test
        @Order(1)
        @DisplayName("two batches by hand")
        void byHand() {
            Expect.that("the loss over a batch of 3 samples with the loss 2 and a batch of 1 sample with the loss 6")
                    .rule("(3 * 2 + 1 * 6) / 4: each batch counts as often as it has samples. The average of the two numbers would be 4")
                    .number(evaluator.evaluate(unequal).loss(), 3);
        }

        @Test
        @Order(2)
        @DisplayName("metrics see every batch")
        void metrics() {
            Scores scores = new Evaluator(line(2), DISTANCE, counting).evaluate(unequal);
            Expect.that("what a metric got from batches with the inputs [1, 2, 3] and [6] and w = 2")
                    .rule("each metric is updated with the prediction for each batch, once")
                    .value(counting.predictions, List.of(List.of(2.0, 4.0, 6.0), List.of(12.0)));
            Expect.that("its value, the number of samples").rule("report the metric beside the loss").number(scores.get("samples"), 4);
        }

        @Test
        @Order(3)
        @DisplayName("every evaluation starts afresh")
        void twice() {
            evaluator.evaluate(unequal);
            Expect.that("the number of samples a metric saw in the second of two evaluations with 4 samples")
                    .rule("reset the metrics first: else the second epoch's accuracy still counts the first")
                    .number(evaluator.evaluate(unequal).get("samples"), 4);
        }

        @Test
        @Order(4)
        @DisplayName("nothing is learned")
        void nothingLearned() {
            evaluator.evaluate(unequal);
            Expect.that("the weight 1 and its gradient after evaluate")
                    .rule("evaluating changes nothing in the model: no backward, no step")
                    .numbers(new double[] {weight(line), slope(line)}, 1, 0);
        }

        @Test
        @Order(5)
        @DisplayName("what cannot be evaluated")
        void errors() {
            Expect.that("evaluate(List.of())")
                    .rule("0 / 0 is NaN, which nobody would understand: some(...) says what is wrong")
                    .error(IllegalArgumentException.class, "there is no batch", () -> evaluator.evaluate(List.of()));
            Evaluator apart = new Evaluator(line, new L1Loss(Reduction.NONE));
            Expect.that("evaluate with a loss that leaves the losses of the samples apart")
                    .rule("one(...) checks that the loss is one number")
                    .error(IllegalArgumentException.class, "must be one number", () -> apart.evaluate(unequal));
        }

        @Test
        @Order(6)
        @DisplayName("cut as you like: the scores are those of all samples")
        void anyCut() {
            Sequential model = network(1);
            Tensor apart;
            try (NoGrad scope = NoGrad.enter()) {
                apart = new CrossEntropyLoss().reduction(Reduction.NONE).forward(model.forward(X), Y);
            }
            double mean = Arrays.stream(apart.data()).sum() / 23;
            for (int size : new int[] {1, 7, 22, 23}) {
                Scores scores = new Evaluator(model, new CrossEntropyLoss(), new Accuracy()).evaluate(Batches.of(X, Y, size));
                Expect.that("the loss of 23 samples in batches of " + size)
                        .rule("the mean of the 23 losses of single samples, however they are cut into batches")
                        .number(scores.loss(), mean);
            }
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 8.4: several batches count as one")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Accumulating {

        private final Linear line = line(1);
        private final Trainer trainer = trainer(line, 0.1);

        @Test
        @Order(1)
        @DisplayName("one batch")
        void one() {
            Expect.that("the average loss of the batch [1, 2, 3] with w = 1")
                    .rule("of a single batch it is the loss of that batch")
                    .numbers(() -> new double[] {trainer.accumulate(List.of(batch(1, 2, 3)))}, 2);
            Expect.that("the gradient of w after it").rule("go back from the loss: d|wx|/dw is x, and the mean of 1, 2 and 3 is 2").number(slope(line), 2);
        }

        @Test
        @Order(2)
        @DisplayName("two batches by hand")
        void unequal() {
            double average = trainer.accumulate(List.of(batch(1, 2, 3), batch(6)));
            Expect.that("the average loss of the batches [1, 2, 3] and [6] with w = 1")
                    .rule("3/4 of 2 and 1/4 of 6: the share of a batch is its size / all samples (in doubles: 3 / 4 of longs is 0)")
                    .number(average, 3);
            Expect.that("the gradient of w after them")
                    .rule("the gradient gets the same share as the loss: hand it to backward(...) as the seed, 3/4 of 2 and 1/4 of 6. Gradients add up; when to forget them is for step to say")
                    .number(slope(line), 3);
        }

        @Test
        @Order(3)
        @DisplayName("nothing else is touched")
        void nothingElse() {
            trainer.accumulate(List.of(batch(1, 2, 3)));
            trainer.accumulate(List.of(batch(1, 2, 3)));
            Expect.that("the gradient of w after accumulate was called twice")
                    .rule("gradients add up; when to forget them is for step to say")
                    .number(slope(line), 4);
            Expect.that("w and the number of steps").rule("no step is made here").numbers(new double[] {weight(line), trainer.steps()}, 1, 0);
        }

        @Test
        @Order(4)
        @DisplayName("one small graph after the other")
        void memory() {
            List<Boolean> waiting = new ArrayList<>();
            line.onForward((path, layer, input, output) -> waiting.add(line.weight().grad().isEmpty()));
            trainer.accumulate(List.of(batch(1), batch(2), batch(3)));
            Expect.that("whether w still has no gradient when the batches 1, 2 and 3 come by")
                    .rule("go back from each batch before the next comes: then only one graph is in memory at a time")
                    .value(waiting, List.of(true, false, false));
        }

        @Test
        @Order(5)
        @DisplayName("a loss that is no number")
        void diverged() {
            Expect.that("a batch with the input NaN")
                    .rule("forward(batch) gives the loss and checks it")
                    .error(DivergedException.class, "the loss is NaN", () -> trainer.accumulate(List.of(batch(Double.NaN))));
        }

        @Test
        @Order(6)
        @DisplayName("cut as you like: the gradients are those of one big batch")
        void anyCut() {
            Sequential whole = network(1);
            new CrossEntropyLoss().forward(whole.forward(X), Y).backward();
            for (int size : new int[] {1, 5, 22}) {
                Sequential model = network(1);
                Trainer several = Trainer.builder(model, new CrossEntropyLoss(), new Sgd(model.parameters(), 0.1)).build();
                List<Batch> group = new ArrayList<>();
                Batches.of(X, Y, size).forEach(group::add);
                several.accumulate(group);
                whole.namedParameters().forEach((name, parameter) ->
                        Expect.that("the gradient of " + name + ", 23 samples in batches of " + size + " against one batch of 23")
                                .rule("shares by size make several batches the same as one")
                                .numbers(model.namedParameters().get(name).grad().orElseThrow().data(), parameter.grad().orElseThrow().data()));
            }
        }
    }

    /** √x has the value 0 and an infinite slope at 0. */
    private static final class Root extends Layer {
        @Override
        protected Tensor compute(Tensor x) {
            return x.sqrt();
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 8.5: one training step")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Stepping {

        private final Linear line = line(1);
        private final List<Batch> group = List.of(batch(1, 2, 3));

        @Test
        @Order(1)
        @DisplayName("one step by hand")
        void byHand() {
            Expect.that("the loss that step returns for the batch [1, 2, 3], w = 1")
                    .rule("the average loss from before the step")
                    .numbers(() -> new double[] {trainer(line, 0.1).step(group)}, 2);
            Expect.that("w after it, with a learning rate of 0.1")
                    .rule("1 - 0.1 * 2: zeroGrad, backward, step, in this order. A zeroGrad behind backward throws the new gradient away, and w stays 1")
                    .number(weight(line), 0.8);
        }

        @Test
        @Order(2)
        @DisplayName("the gradient of the last step is forgotten")
        void forgets() {
            Trainer trainer = trainer(line, 0.1);
            trainer.step(group);
            trainer.step(group);
            Expect.that("w after two steps with the gradient 2 each")
                    .rule("1 - 0.2 - 0.2. Without zeroGrad the second step would use 2 + 2, as the third loop of module 07 did")
                    .number(weight(line), 0.6);
        }

        @Test
        @Order(3)
        @DisplayName("clipping comes between backward and step")
        void clips() {
            builder(line, 0.1).clipValue(1).build().step(group);
            Expect.that("w after a step with the gradient 2, clipped to 1")
                    .rule("1 - 0.1 * 1: clip what backward has made, before the optimiser uses it")
                    .number(weight(line), 0.9);
        }

        @Test
        @Order(4)
        @DisplayName("a gradient that is not finite is caught in time")
        void notFinite() {
            Sequential model = new Sequential(line, new Root());
            Trainer trainer = Trainer.builder(model, DISTANCE, new Sgd(model.parameters(), 0.1)).build();
            Expect.that("a step whose loss is 0 and whose gradient is not finite")
                    .rule("checkGradients() says so; without it training goes on with a NaN among the weights")
                    .error(DivergedException.class, "gradient of parameter '0.weight' is not", () -> trainer.step(List.of(batch(0))));
            Expect.that("w after that")
                    .rule("check the gradients before the step: once a NaN is in the weights, it never leaves")
                    .number(weight(line), 1);
        }

        @Test
        @Order(5)
        @DisplayName("the step is counted, after it was made")
        void counted() {
            Optimizer optimizer = new Sgd(line.parameters(), 0.1);
            Trainer trainer = Trainer.builder(line, DISTANCE, optimizer).scheduleEachStep(new StepLr(optimizer, 1, 0.5)).build();
            trainer.step(group);
            Expect.that("w after the first step, at a rate of 0.1 that halves with each step")
                    .rule("tell state of the step when it is done: it sets the rate of the next one")
                    .number(weight(line), 0.8);
            trainer.step(group);
            Expect.that("w after the second step").rule("0.8 - 0.05 * 2: state.stepDone(...) moves the schedule on").number(weight(line), 0.7);
            Expect.that("trainer.steps()").rule("state.stepDone(...) once for each step").value(trainer.steps(), 2L);
        }

        @Test
        @Order(6)
        @DisplayName("several batches make one step")
        void several() {
            Trainer trainer = trainer(line, 0.1);
            trainer.step(List.of(batch(1, 2, 3), batch(6)));
            Expect.that("w after one step for the batches [1, 2, 3] and [6]").rule("1 - 0.1 * 3: one step for the whole group").number(weight(line), 0.7);
            Expect.that("step(List.of())").error(IllegalArgumentException.class, "there is no batch", () -> trainer.step(List.of()));
        }

        @Test
        @Order(7)
        @DisplayName("and each of them is counted")
        void countsBatches() {
            Trainer trainer = trainer(line, 0.1);
            trainer.step(List.of(batch(1), batch(2), batch(3)));
            trainer.state.epochDone(new EpochResult(1, Map.of("train_loss", 2.0)));
            Expect.that("the batches of an epoch, as state counted them, after one step from three batches")
                    .rule("step must tell it the size of each group: a progress bar counts batches, not steps")
                    .value(trainer.state.batches(new Unknown()), OptionalInt.of(3));
        }

        @Test
        @Order(8)
        @DisplayName("in use: XOR")
        void xor() {
            Generator generator = new Generator(3);
            Sequential model = new Sequential(new Linear(2, 4, generator), new Tanh(), new Linear(4, 1, generator));
            Batch points = new Batch(
                    Tensors.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}), Tensors.of(new double[][] {{0}, {1}, {1}, {0}}));
            Trainer trainer = Trainer.builder(model, new BceWithLogitsLoss(), new Sgd(model.parameters(), 0.5).momentum(0.9)).build();
            double loss = 0;
            for (int step = 0; step < 500; step++) {
                loss = trainer.step(List.of(points));
            }
            Expect.that("the loss of XOR after 500 steps is below 0.01; it is " + loss).value(loss < 0.01, true);
        }
    }

    /** Batches that do not say how many they are, and count how often somebody begins a pass. */
    private static final class Unknown implements Iterable<Batch> {
        private final List<Batch> batches;
        private int passes;

        Unknown(Batch... batches) {
            this.batches = List.of(batches);
        }

        @Override
        public Iterator<Batch> iterator() {
            passes++;
            return batches.iterator();
        }
    }

    private static TrainingListener onBatch(Consumer<BatchResult> told) {
        return new TrainingListener() {
            @Override
            public void onBatchEnd(BatchResult result) {
                told.accept(result);
            }
        };
    }

    @Nested
    @Order(6)
    @DisplayName("Task 8.6: one epoch")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Epoch {

        private final Linear line = line(1);
        private final List<Batch> unequal = List.of(batch(1, 2, 3), batch(6));

        private double trainLoss(Trainer trainer, Iterable<Batch> data) {
            return trainer.fit(data, 1).last().get("train_loss");
        }

        @Test
        @Order(1)
        @DisplayName("the average of unequal batches")
        void average() {
            Expect.that("train_loss over a batch of 3 samples with the loss 2 and a batch of 1 sample with the loss 6, at a learning rate of 0")
                    .rule("(3 * 2 + 1 * 6) / 4: a step after each batch, to the last one, and each step counts as often as it has samples. The average of the two numbers would be 4")
                    .numbers(() -> new double[] {trainLoss(trainer(line, 0), unequal)}, 3);
        }

        @Test
        @Order(2)
        @DisplayName("a step for each batch")
        void steps() {
            Trainer trainer = trainer(line, 0.1);
            double loss = trainLoss(trainer, unequal);
            Expect.that("w after an epoch with the batches [1, 2, 3] and [6], rate 0.1")
                    .rule("1 - 0.1 * 2 - 0.1 * 6: a step after each batch, to the last one")
                    .number(weight(line), 0.2);
            Expect.that("its train_loss").rule("each loss as it was just before its step: (3 * 2 + 1 * 0.8 * 6) / 4").number(loss, 2.7);
            Expect.that("trainer.steps()").value(trainer.steps(), 2L);
        }

        @Test
        @Order(3)
        @DisplayName("a step for every two batches, and one for what is left")
        void groups() {
            Trainer trainer = builder(line, 0.01).accumulate(2).build();
            double loss = trainLoss(trainer, List.of(batch(1, 2, 3), batch(6), batch(5)));
            Expect.that("w after an epoch with the batches [1, 2, 3], [6] and [5], two to a step, rate 0.01")
                    .rule("1 - 0.01 * 3 - 0.01 * 5: next(...) gives setup.batchesPerStep batches, or what is left")
                    .number(weight(line), 0.92);
            Expect.that("its train_loss").rule("(4 * 3 + 1 * 0.97 * 5) / 5: count samples, not batches").number(loss, 3.37);
        }

        @Test
        @Order(4)
        @DisplayName("listeners hear of each step")
        void listeners() {
            List<String> told = new ArrayList<>();
            Unknown data = new Unknown(batch(1, 2, 3), batch(6), batch(5));
            builder(line, 0)
                    .accumulate(2)
                    .listener(onBatch(r -> told.add("batch " + r.batch() + " of " + r.batches().orElse(-1) + ", samples " + r.samples() + ", loss " + r.loss())))
                    .build()
                    .fit(data, 2);
            Expect.that("what a listener hears of the first epoch: batches [1, 2, 3], [6], [5], two to a step")
                    .rule("progress.stepDone(group, loss) after each step")
                    .value(told.subList(0, Math.min(2, told.size())), List.of("batch 2 of -1, samples 4, loss 3.0", "batch 3 of -1, samples 1, loss 5.0"));
            Expect.that("and of the second epoch")
                    .rule("state counted the batches of the first: step must tell it the size of each group")
                    .value(told.subList(2, told.size()), List.of("batch 2 of 3, samples 4, loss 3.0", "batch 3 of 3, samples 1, loss 5.0"));
            Expect.that("how often iterator() was called in 2 epochs").rule("one pass for each epoch").value(data.passes, 2);
        }

        @Test
        @Order(5)
        @DisplayName("the model is in training mode, and sees every sample once")
        void mode() {
            Watcher watcher = new Watcher();
            Sequential model = new Sequential(watcher, line);
            Trainer.builder(model, DISTANCE, new Sgd(line.parameters(), 0)).build().fit(unequal, 1);
            Expect.that("isTraining() while the batches come by").value(watcher.training, List.of(true, true));
            Expect.that("samples that came by").rule("each sample once in an epoch").value(watcher.samples, 4);
        }

        @Test
        @Order(6)
        @DisplayName("no data")
        void nothing() {
            Expect.that("fit(List.of(), 1)")
                    .rule("0 / 0 is NaN, which nobody would understand: Evaluator.some(...) says what is wrong")
                    .error(IllegalArgumentException.class, "fit: there is no batch", () -> trainer(line, 0.1).fit(List.of(), 1));
        }

        @Test
        @Order(7)
        @DisplayName("in use: small images of ten signs")
        void glyphs() {
            Generator generator = new Generator(1);
            Sequential model = new Sequential(new Linear(144, 16, generator), new ReLU(), new Linear(16, 10, generator));
            Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.005))
                    .metrics(new Accuracy())
                    .validation(images(Glyphs.of(100, 2)))
                    .build();
            double accuracy = trainer.fit(images(Glyphs.of(300, 1)).shuffled(generator), 8).last().get("val_accuracy");
            Expect.that("the accuracy on new images after 8 epochs is above 0.9; it is " + accuracy).value(accuracy > 0.9, true);
        }

        private Batches images(Glyphs images) {
            return Batches.of(Tensors.of(images.pixels()), Tensors.of(Arrays.stream(images.labels()).asDoubleStream().toArray()), 20);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 8.7: patience, and a copy of the best")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Stopping {

        private final EarlyStopping stopping = EarlyStopping.lowest("val_loss", 2);

        /** Whether to end, after each of these values. */
        private List<Boolean> observe(EarlyStopping stopping, double... values) {
            Linear line = line(1);
            return IntStream.range(0, values.length).mapToObj(i -> stopping.observe(i + 1, values[i], line)).toList();
        }

        @Test
        @Order(1)
        @DisplayName("four epochs by hand")
        void byHand() {
            Expect.that("whether to end, patience 2, after the values 0.9, 0.7, 0.8, 0.75")
                    .rule("0.7 is the best so far and must be remembered; 0.8 and 0.75 are not better: two epochs in vain are enough")
                    .value(() -> observe(stopping, 0.9, 0.7, 0.8, 0.75), List.of(false, false, false, true));
            Expect.that("bestEpoch() and best() after it")
                    .rule("remember the best value and its epoch, not the last one")
                    .numbers(new double[] {stopping.bestEpoch(), stopping.best()}, 2, 0.7);
        }

        @Test
        @Order(2)
        @DisplayName("a better value, and the waiting begins anew")
        void anew() {
            Expect.that("whether to end, patience 2, after the values 0.9, 0.95, 0.8, 0.85, 0.7")
                    .rule("patience is for epochs in a row: each better value sets the waiting back to 0")
                    .value(observe(stopping, 0.9, 0.95, 0.8, 0.85, 0.7), List.of(false, false, false, false, false));
        }

        @Test
        @Order(3)
        @DisplayName("the weights of the best epoch, not of today")
        void copies() {
            Linear line = line(1);
            stopping.observe(1, 0.5, line);
            line.weight().mutableData()[0] = 9; // as an optimiser does: in place
            stopping.observe(2, 0.6, line);
            stopping.restoreBest(line);
            Expect.that("w after restoreBest; it was 1 in epoch 1 with the value 0.5, and 9 in epoch 2 with 0.6")
                    .rule("keep a copy: the tensors of stateDict() share their numbers with the model, which goes on learning")
                    .number(weight(line), 1);
            line.weight().mutableData()[0] = 7;
            stopping.observe(3, 0.4, line);
            line.weight().mutableData()[0] = 8;
            stopping.restoreBest(line);
            Expect.that("w after restoreBest; it was 7 in epoch 3 with the value 0.4").rule("each better epoch is copied").number(weight(line), 7);
        }

        @Test
        @Order(4)
        @DisplayName("equal is not better, and NaN is nothing")
        void edges() {
            Expect.that("whether to end, patience 2, after the values NaN, 0.5, NaN, 0.5")
                    .rule("neither NaN nor the same value again is better: ask isBetter(value)")
                    .value(observe(stopping, Double.NaN, 0.5, Double.NaN, 0.5), List.of(false, false, false, true));
            EarlyStopping highest = EarlyStopping.highest("val_accuracy", 1);
            Expect.that("whether to end, highest, patience 1, after the values 0.5, 0.7, 0.6")
                    .rule("of an accuracy more is better: isBetter(value) knows")
                    .value(observe(highest, 0.5, 0.7, 0.6), List.of(false, false, true));
        }

        @Test
        @Order(5)
        @DisplayName("in use: fit ends in time and brings the best weights back")
        void inUse() {
            Linear line = line(1);
            Trainer trainer = builder(line, 0.1)
                    .validation(halfway()) // while training pulls w down to 0
                    .earlyStopping(stopping)
                    .build();
            History history = trainer.fit(List.of(batch(1, 2, 3)), 10);
            Expect.that("val_loss = |w - 0.55|, while w goes 0.8, 0.6, 0.4, 0.2")
                    .rule("two epochs after the best one it is over, though 10 were allowed")
                    .numbers(history.series("val_loss"), 0.25, 0.05, 0.15, 0.35);
            Expect.that("w at the end").rule("that of epoch 2, the best").number(weight(line), 0.6);
        }
    }

    /** A part of a checkpoint that throws when it is given something else than it has. */
    private record Refusing(double number, Supplier<RuntimeException> complaint) implements Stateful {
        @Override
        public Map<String, Tensor> stateDict() {
            return Map.of("number", Tensors.scalar(number));
        }

        @Override
        public void loadStateDict(Map<String, Tensor> state) {
            if (state.get("number").item() != number) {
                throw complaint.get();
            }
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 8.8: load everything or nothing")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Loading {

        @TempDir
        Path folder;

        private final Linear line = line(1);

        private Path saved(Checkpoint checkpoint) throws IOException {
            Path file = folder.resolve("run.safetensors");
            checkpoint.save(file);
            return file;
        }

        @Test
        @Order(1)
        @DisplayName("what was saved comes back")
        void comesBack() throws IOException {
            Generator generator = new Generator(5);
            Checkpoint checkpoint = new Checkpoint().model(line).generator("shuffle", generator);
            Path file = saved(checkpoint);
            line.weight().mutableData()[0] = 9;
            generator.nextLong();
            Expect.that("w and the generator's state after load; saved with 1 and 5, then changed")
                    .rule("read the file and give its contents to the parts: apply(loaded)")
                    .numbers(
                            () -> {
                                checkpoint.load(file);
                                return new double[] {weight(line), generator.state()};
                            },
                            1,
                            5);
        }

        @Test
        @Order(2)
        @DisplayName("one part does not fit: all others get back what they had")
        void rollsBack() throws IOException {
            Path file = saved(new Checkpoint().model(line(1)).part("other", new Refusing(3, () -> new IllegalArgumentException(""))));
            line.weight().mutableData()[0] = 9;
            Checkpoint here = new Checkpoint().model(line).part("other", new Refusing(4, () -> new IllegalArgumentException("4 is not 3")));
            Expect.that("loading a file whose part 'other' does not fit")
                    .rule("say which file does not fit and why: the message of the misfit")
                    .error(IllegalArgumentException.class, "run.safetensors does not fit: other: 4 is not 3", () -> here.load(file));
            Expect.that("w after that; it was 9 here, 1 in the file")
                    .rule("the model had been loaded already when the next part refused: apply(before), or the run is half old and half new")
                    .number(weight(line), 9);
        }

        @Test
        @Order(3)
        @DisplayName("whatever goes wrong")
        void anyException() throws IOException {
            Path file = saved(new Checkpoint().model(line(1)).part("other", new Refusing(3, () -> new IllegalArgumentException(""))));
            line.weight().mutableData()[0] = 9;
            Checkpoint here = new Checkpoint().model(line).part("other", new Refusing(4, () -> new IllegalStateException("broken")));
            Expect.that("loading a file over which a part throws an IllegalStateException")
                    .rule("a part may throw any RuntimeException; all of them mean: it does not fit")
                    .error(IllegalArgumentException.class, "does not fit: broken", () -> here.load(file));
            Expect.that("w after that; it was 9 here, 1 in the file").rule("apply(before)").number(weight(line), 9);
        }

        @Test
        @Order(4)
        @DisplayName("no such file")
        void noFile() {
            Expect.that("loading a file that does not exist")
                    .rule("a file that cannot be read is an IOException: reading comes before the try")
                    .error(NoSuchFileException.class, "there is no such file", () -> new Checkpoint().model(line).load(folder.resolve("none")));
            Expect.that("w after that").number(weight(line), 1);
        }

        @Test
        @Order(5)
        @DisplayName("another setup")
        void anotherSetup() throws IOException {
            Path file = saved(new Checkpoint().model(line(2)));
            Checkpoint more = new Checkpoint().model(line).optimizer(new Sgd(line.parameters(), 0.1));
            Expect.that("loading a file without an optimizer into a model and an optimizer")
                    .error(IllegalArgumentException.class, "it lacks the parts optimizer", () -> more.load(file));
            Expect.that("w after that").number(weight(line), 1);
        }

        @Test
        @Order(6)
        @DisplayName("in use: Adam goes on as if nothing had happened")
        void adam() throws IOException {
            Optimizer optimizer = new Adam(line.parameters(), 0.1);
            Trainer trainer = Trainer.builder(line, DISTANCE, optimizer).build();
            trainer.step(List.of(batch(1)));
            trainer.step(List.of(batch(2)));
            Path file = saved(new Checkpoint().model(line).optimizer(optimizer));
            trainer.step(List.of(batch(3)));

            Linear other = line(50);
            Optimizer another = new Adam(other.parameters(), 0.1);
            new Checkpoint().model(other).optimizer(another).load(file);
            Trainer.builder(other, DISTANCE, another).build().step(List.of(batch(3)));
            Expect.that("w after the third step of Adam in a new process, against the old one")
                    .rule("the weights and Adam's averages come from the file")
                    .value(weight(other), weight(line));
        }
    }

    @Nested
    @Order(9)
    @DisplayName("Task 8.9: what a run must remember")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Remembering {

        private static final int EPOCHS = 6;

        @TempDir
        Path folder;

        /** How a run is set up, from a seed: model, optimiser and all else. */
        private interface Setup {
            TrainerBuilder builder(long seed);
        }

        private Batches data(long seed) {
            return Batches.of(X, Y, 6).shuffled(new Generator(seed));
        }

        /** Trains for six epochs at once, and again with an interruption after some; both must measure the same. */
        private void goesOn(String with, String rule, Setup setup) throws IOException {
            goesOn(with, rule, setup, this::data);
        }

        private void goesOn(String with, String rule, Setup setup, LongFunction<Iterable<Batch>> data) throws IOException {
            Trainer whole = setup.builder(1).build();
            History expected = whole.fit(data.apply(1), EPOCHS);
            for (int interrupted : new int[] {2, 3}) {
                Path file = folder.resolve("after" + interrupted);
                setup.builder(1).checkpoint(file).build().fit(data.apply(1), interrupted);
                History got = setup.builder(50).build().resume(file).fit(data.apply(50), EPOCHS);
                for (String name : expected.names()) {
                    Expect.that(name + " of each epoch, " + with + ", interrupted after epoch " + interrupted + ", against a run that was not")
                            .rule(rule)
                            .numbers(got.series(name), expected.series(name));
                }
                Expect.that("the same, compared bit for bit").value(got, expected);
            }
        }

        private TrainerBuilder plain(Sequential model, Optimizer optimizer) {
            return Trainer.builder(model, new CrossEntropyLoss(), optimizer);
        }

        @Test
        @Order(1)
        @DisplayName("the weights")
        void weights() throws IOException {
            goesOn("plain Sgd", "a resumed run starts from the saved weights: model", seed -> {
                Sequential model = network(seed);
                return plain(model, new Sgd(model.parameters(), 0.1));
            });
        }

        @Test
        @Order(2)
        @DisplayName("what the optimiser remembers")
        void optimizer() throws IOException {
            goesOn("Sgd with momentum", "the velocity is as much a part of the run as the weights: optimizer", seed -> {
                Sequential model = network(seed);
                return plain(model, new Sgd(model.parameters(), 0.1).momentum(0.9));
            });
        }

        @Test
        @Order(3)
        @DisplayName("where the generators of the model stand")
        void dropout() throws IOException {
            goesOn("Dropout", "Dropout must go on to drop what it would have dropped: the generators of the model, Generators.ofModel", seed -> {
                Generator generator = new Generator(seed);
                Sequential model = new Sequential(
                        new Linear(4, 8, generator), new ReLU(), new Dropout(0.5, new Generator(seed + 1)), new Linear(8, 3, generator));
                return plain(model, new Sgd(model.parameters(), 0.1));
            });
        }

        @Test
        @Order(4)
        @DisplayName("where the schedules stand")
        void schedules() throws IOException {
            goesOn("a rate that halves every 3 steps", "a schedule must know how many steps it has made: step_schedule", seed -> {
                Sequential model = network(seed);
                Optimizer optimizer = new Sgd(model.parameters(), 0.5);
                return plain(model, optimizer).scheduleEachStep(new StepLr(optimizer, 3, 0.5));
            });
            goesOn("a rate that halves when train_loss was not lower for 1 epoch", "a schedule must know how long it has waited: epoch_schedule", seed -> {
                Sequential model = network(seed);
                Optimizer optimizer = new Sgd(model.parameters(), 5);
                return plain(model, optimizer).scheduleEachEpoch(new ReduceOnPlateau(optimizer).patience(1).factor(0.5), "train_loss");
            });
        }

        @Test
        @Order(5)
        @DisplayName("how long early stopping has waited, and for what")
        void earlyStopping() throws IOException {
            Linear[] last = new Linear[1];
            goesOn("early stopping, which ends this run after epoch 4", "it must know the best value and how long it has waited: early_stopping", seed -> {
                last[0] = line(seed);
                return builder(last[0], 0.1).validation(halfway()).earlyStopping(EarlyStopping.lowest("val_loss", 2));
            }, seed -> List.of(batch(1, 2, 3)));
            Expect.that("w at the end of the resumed run; it was best in epoch 2, before the interruption")
                    .rule("the best weights are part of what early stopping remembers")
                    .number(weight(last[0]), 0.6);
        }

        @Test
        @Order(6)
        @DisplayName("generators that only you know of")
        void ownGenerators() throws IOException {
            Generator noise = new Generator(0);
            goesOn("data to which builder.generator(\"noise\", ...) adds chance", "the generators handed to the builder: setup.generators", seed -> {
                Sequential model = network(seed);
                noise.state(seed);
                return plain(model, new Sgd(model.parameters(), 0.1)).generator("noise", noise);
            }, seed -> () -> Batches.of(X.add(Tensors.randn(noise, 23, 4)), Y, 6).iterator());
        }

        @Test
        @Order(7)
        @DisplayName("under the names that older checkpoints have")
        void names() throws IOException {
            Generator generator = new Generator(1);
            Sequential model = new Sequential(new Linear(4, 3, generator), new Dropout(0.1, generator));
            Optimizer optimizer = new Sgd(model.parameters(), 0.1);
            Path file = folder.resolve("names");
            plain(model, optimizer)
                    .scheduleEachStep(new StepLr(optimizer, 3, 0.5))
                    .scheduleEachEpoch(new StepLr(optimizer, 3, 0.5))
                    .earlyStopping(EarlyStopping.lowest("train_loss", 3))
                    .generator("noise", generator)
                    .checkpoint(file)
                    .build()
                    .fit(data(1), 1);
            SafeTensors saved = SafeTensors.read(file);
            Expect.that("the parts of a checkpoint, in alphabetical order")
                    .rule("the comment above checkpoint() says what they are called")
                    .value(
                            Arrays.stream(saved.metadata().get("parts").split(",")).sorted().toList(),
                            List.of("early_stopping", "epoch_schedule", "model", "optimizer", "step_schedule"));
            Expect.that("the generators of a checkpoint, those of the data left out")
                    .rule("'model.' and the path of the layer, 'own.' and the name")
                    .value(
                            saved.metadata().keySet().stream().filter(name -> name.startsWith("generator.")).sorted().toList(),
                            List.of("generator.model.1", "generator.own.noise"));
        }
    }
}
