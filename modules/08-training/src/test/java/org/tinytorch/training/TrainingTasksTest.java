package org.tinytorch.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.checks.Expect;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.loss.Reduction;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.nn.Tanh;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The checks of module 08, task by task; a task's checks need its own code and that of the tasks before it. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
final class TrainingTasksTest {

    private static final Loss MSE = new MseLoss();

    /** A line through the origin, to begin with: y = 0x + 0. */
    private static Linear line() {
        return Linear.of(Tensors.of(new double[][] {{0}}), Tensors.of(0.0));
    }

    private static double[] weights(Linear line) {
        return new double[] {line.weight().item(), line.bias().orElseThrow().item()};
    }

    /** Points of y = 2x. */
    private static Batch points(double... x) {
        Tensor column = Tensors.of(x).reshape(x.length, 1);
        return new Batch(column, column.mul(2).detach());
    }

    /** Forgets nothing of what went through it, and lets everything pass. */
    private static final class Witness extends Layer {
        private final List<Boolean> training = new ArrayList<>();
        private boolean fails;

        @Override
        protected Tensor compute(Tensor x) {
            training.add(isTraining());
            if (fails) {
                throw new IllegalStateException("the model gives up");
            }
            return x;
        }
    }

    private static double loss(double[] w, Batch batch) {
        double total = 0;
        for (int i = 0; i < batch.size(); i++) {
            double error = w[0] * batch.input().data()[i] + w[1] - batch.target().data()[i];
            total += error * error;
        }
        return total / batch.size();
    }

    /** One step of descent on y = wx + b, worked out sample by sample. */
    private static double[] naiveStep(double[] w, double rate, Batch batch) {
        double dw = 0;
        double db = 0;
        for (int i = 0; i < batch.size(); i++) {
            double x = batch.input().data()[i];
            double error = w[0] * x + w[1] - batch.target().data()[i];
            dw += 2 * error * x / batch.size();
            db += 2 * error / batch.size();
        }
        return new double[] {w[0] - rate * dw, w[1] - rate * db};
    }

    @Nested
    @Order(1)
    @DisplayName("Task 8.1: count, over batches of any size")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Counting {

        private final Accuracy accuracy = new Accuracy();

        @Test
        @Order(1)
        @DisplayName("one batch")
        void one() {
            accuracy.update(Tensors.of(new double[][] {{0.1, 0.9}, {0.8, 0.2}}), Tensors.of(1, 1));
            Expect.that("Accuracy of the scores [[0.1, 0.9], [0.8, 0.2]] for the labels [1, 1]")
                    .rule("the first sample's highest score is that of class 1, which is right; the second's is that of class 0, which is wrong")
                    .number(accuracy.value(), 0.5);
        }

        @Test
        @Order(2)
        @DisplayName("batches of different sizes")
        void unequal() {
            accuracy.update(Tensors.of(new double[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}}), Tensors.of(0, 0, 0, 0));
            accuracy.update(Tensors.of(new double[][] {{1, 0}}), Tensors.of(1));
            Expect.that("Accuracy after a batch of 4, all right, and a batch of 1, wrong")
                    .rule("4 of 5 samples: an average of the two accuracies would let the one sample weigh as much as the four")
                    .number(accuracy.value(), 0.8);
        }

        @Test
        @Order(3)
        @DisplayName("after reset")
        void reset() {
            accuracy.update(Tensors.of(new double[][] {{1, 0}}), Tensors.of(1));
            accuracy.reset();
            accuracy.update(Tensors.of(new double[][] {{1, 0}, {0, 1}, {0, 1}}), Tensors.of(0, 1, 0));
            Expect.that("Accuracy of 2 right samples of 3, after reset()").number(accuracy.value(), 2 / 3.0);
        }
    }

    @Nested
    @Order(2)
    @DisplayName("Task 8.2: one step")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Step {

        private final Linear line = line();

        private Trainer trainer(double rate) {
            return Trainer.builder(line, MSE, new Sgd(line.parameters(), rate)).build();
        }

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            trainer(0.1).step(List.of(points(1, 2)));
            Expect.that("y = 0x + 0 after a step at rate 0.1 from (1, 2) and (2, 4), as [w, b]")
                    .rule("forward, backward, step: the gradient is [-10, -6], and the weights go against it")
                    .numbers(weights(line), 1, 0.6);
        }

        @Test
        @Order(2)
        @DisplayName("what it returns")
        void value() {
            Trainer trainer = trainer(0.1);
            Expect.that("step(points (1, 2) and (2, 4)) of y = 0x + 0")
                    .rule("(4 + 16) / 2 = 10, the loss before the step")
                    .number(trainer.step(List.of(points(1, 2))), 10);
            Expect.that("steps() after it").rule("state.stepDone(…) counts the step").number(trainer.steps(), 1);
        }

        @Test
        @Order(3)
        @DisplayName("a second step")
        void second() {
            Trainer trainer = trainer(0.1);
            trainer.step(List.of(points(1, 2)));
            trainer.step(List.of(points(1, 2)));
            Expect.that("[w, b] after two steps at rate 0.1 from (1, 2) and (2, 4)")
                    .rule("old gradients are forgotten first: otherwise backward() adds the second to the first, and w would be 2.32")
                    .numbers(weights(line), 1.32, 0.78);
        }

        @Test
        @Order(4)
        @DisplayName("several batches as one")
        void group() {
            double value = trainer(0.01).step(List.of(points(1), points(2, 3, 4)));
            Expect.that("[w, b] after one step at rate 0.01 from a batch of 1 and a batch of 3")
                    .rule("each batch has a share in the gradient that grows with its size: 1/4 and 3/4, as if the four samples were one batch")
                    .numbers(weights(line), naiveStep(new double[] {0, 0}, 0.01, points(1, 2, 3, 4)));
            Expect.that("the loss that step returns for a batch of 1 (loss 4) and a batch of 3 (loss 116/3)")
                    .rule("1/4 of the first and 3/4 of the second")
                    .number(value, 30);
        }

        @Test
        @Order(5)
        @DisplayName("with clipping")
        void clipped() {
            Trainer trainer = Trainer.builder(line, MSE, new Sgd(line.parameters(), 0.1))
                    .clipNorm(1)
                    .build();
            trainer.step(List.of(points(1, 2)));
            double scale = 1 / (Math.sqrt(136) + 1e-6);
            Expect.that("[w, b] after a step at rate 0.1 with the gradient [-10, -6] clipped to norm 1")
                    .rule("clip after backward, when the gradients are there, and before the optimiser takes them")
                    .numbers(weights(line), 0.1 * 10 * scale, 0.1 * 6 * scale);
        }

        @Test
        @Order(6)
        @DisplayName("a gradient that is not finite")
        void notFinite() {
            Loss root = new Loss() {
                @Override
                public Tensor forward(Tensor prediction, Tensor target) {
                    return prediction.sqrt().mean();
                }

                @Override
                public Tensor gradient(Tensor prediction, Tensor target) {
                    throw new UnsupportedOperationException("autograd works it out");
                }
            };
            Trainer trainer =
                    Trainer.builder(line, root, new Sgd(line.parameters(), 0.1)).build();
            Expect.that("a step with the loss sqrt(0), whose slope is infinite")
                    .rule("check the gradients before the step: one infinite gradient makes every later loss NaN")
                    .error(DivergedException.class, "the loss is finite, but the gradient", () -> trainer.step(List.of(points(1))));
            Expect.that("[w, b] after it").rule("the parameters stay as they were").numbers(weights(line), 0, 0);
        }

        @Test
        @Order(7)
        @DisplayName("many steps find the line")
        void property() {
            Trainer trainer = trainer(0.05);
            double[] w = {0, 0};
            for (int i = 0; i < 20; i++) {
                Batch batch = points(i % 3, 1 + i % 2);
                w = naiveStep(w, 0.05, batch);
                trainer.step(List.of(batch));
            }
            Expect.that("[w, b] after 20 steps from changing batches, against descent written out")
                    .numbers(weights(line), w);
        }
    }

    @Nested
    @Order(3)
    @DisplayName("Task 8.3: one pass over the data")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Epoch {

        private final Linear line = line();
        private final List<BatchResult> news = new ArrayList<>();

        private TrainerBuilder builder(double rate) {
            return Trainer.builder(line, MSE, new Sgd(line.parameters(), rate)).listener(new TrainingListener() {
                @Override
                public void onBatchEnd(BatchResult result) {
                    news.add(result);
                }
            });
        }

        @Test
        @Order(1)
        @DisplayName("a step for each batch")
        void steps() {
            List<Batch> data = List.of(points(1, 2), points(3), points(4, 5));
            Trainer trainer = builder(0.01).build();
            trainer.fit(data, 2);
            double[] w = {0, 0};
            for (Batch batch : List.of(data.get(0), data.get(1), data.get(2), data.get(0), data.get(1), data.get(2))) {
                w = naiveStep(w, 0.01, batch);
            }
            Expect.that("[w, b] after two passes over batches of 2, 1 and 2")
                    .rule("every batch once in each pass, in their order, with a step for each")
                    .numbers(weights(line), w);
        }

        @Test
        @Order(2)
        @DisplayName("the average loss of a sample")
        void loss() {
            History history = builder(0).build().fit(List.of(points(1, 2), points(3)), 1);
            Expect.that("train_loss over a batch of 2 with loss 10 and a batch of 1 with loss 36, at rate 0")
                    .rule("(10 * 2 + 36 * 1) / 3: an average over samples, so that a small last batch does not count too much")
                    .number(history.last().get("train_loss"), 56 / 3.0);
        }

        @Test
        @Order(3)
        @DisplayName("several batches for one step")
        void groups() {
            Trainer trainer = builder(0.01).accumulate(2).build();
            trainer.fit(List.of(points(1), points(2), points(3), points(4), points(5)), 1);
            Expect.that("steps() after one pass over 5 batches, accumulate(2)")
                    .rule("next(batches, setup.batchesPerStep) gives groups of 2, 2 and, at the end, 1")
                    .number(trainer.steps(), 3);
            double[] w = naiveStep(naiveStep(naiveStep(new double[] {0, 0}, 0.01, points(1, 2)), 0.01, points(3, 4)), 0.01, points(5));
            Expect.that("[w, b] after it").numbers(weights(line), w);
        }

        @Test
        @Order(4)
        @DisplayName("word of every step")
        void progress() {
            builder(0.01).build().fit(List.of(points(1, 2), points(3)), 1);
            Expect.that("how many times a listener heard of a step, of 2")
                    .rule("progress.stepDone(group, value) after each step, or a progress bar stands still")
                    .value(news.size(), 2);
            Expect.that("the loss that the listener heard of first").number(news.get(0).loss(), 10);
        }

        @Test
        @Order(5)
        @DisplayName("in training mode")
        void mode() {
            Witness witness = new Witness();
            Sequential model = new Sequential(witness, line);
            Trainer.builder(model, MSE, new Sgd(line.parameters(), 0.01))
                    .listener(new TrainingListener() {
                        @Override
                        public void onEpochBegin(int epoch) {
                            model.eval();
                        }
                    })
                    .build()
                    .fit(List.of(points(1)), 1);
            Expect.that("isTraining() in the forward pass of an epoch, after a listener has put the model into evaluation mode")
                    .rule("an epoch begins with model.train(): dropout must drop, whatever was done between the epochs")
                    .value(witness.training, List.of(true));
        }

        @Test
        @Order(6)
        @DisplayName("without data")
        void nothing() {
            Expect.that("fit(no batch, 1 epoch)")
                    .rule("0 / 0 is NaN: Evaluator.some(…) says in words what is wrong")
                    .error(IllegalArgumentException.class, "there is no batch in the data", () -> builder(0.1)
                            .build()
                            .fit(List.of(), 1));
        }
    }

    @Nested
    @Order(4)
    @DisplayName("Task 8.4: look without touching")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Looking {

        @Test
        @Order(1)
        @DisplayName("in evaluation mode")
        void evaluation() {
            Sequential model = new Sequential(new Dropout(0.5, new Generator(1)));
            Expect.that("predict([1, 2, 3, 4]) of a model with dropout")
                    .rule("who predicts wants all neurons: in evaluation mode dropout lets everything pass")
                    .numbers(() -> new Evaluator(model, MSE).predict(Tensors.of(1.0, 2, 3, 4)).data(), 1, 2, 3, 4);
        }

        @Test
        @Order(2)
        @DisplayName("the modes come back")
        void restored() {
            Witness left = new Witness();
            Witness right = new Witness();
            Sequential model = new Sequential(left, right);
            right.eval();
            new Evaluator(model, MSE).predict(Tensors.of(1.0));
            Expect.that("isTraining() of two layers, the second in evaluation mode before predict, after it")
                    .rule("every layer goes back to the mode it was in: not all to training mode, for somebody may have frozen one")
                    .value(List.of(left.isTraining(), right.isTraining()), List.of(true, false));
        }

        @Test
        @Order(3)
        @DisplayName("nothing is recorded")
        void unrecorded() {
            Linear line = line();
            Tensor out = new Evaluator(line, MSE).predict(points(1).input());
            Expect.that("whether predict's result has a history on the tape, though the weights require gradients")
                    .rule("nobody will call backward() on a prediction: without NoGrad its whole graph stays in memory")
                    .value(out.gradFn().isPresent(), false);
            Expect.that("whether a forward pass after predict is recorded")
                    .rule("the NoGrad scope ends with the work")
                    .value(line.forward(points(1).input()).gradFn().isPresent(), true);
        }

        @Test
        @Order(4)
        @DisplayName("also after an exception")
        void failing() {
            Witness witness = new Witness();
            witness.fails = true;
            Expect.that("predict with a model that throws")
                    .error(IllegalStateException.class, "the model gives up", () -> new Evaluator(witness, MSE).predict(Tensors.of(1.0)));
            Expect.that("isTraining() after it")
                    .rule("try-with-resources closes both scopes, whatever happens in them")
                    .value(witness.isTraining(), true);
            Expect.that("whether a forward pass after it is recorded")
                    .rule("try-with-resources closes both scopes, whatever happens in them")
                    .value(line().forward(points(1).input()).gradFn().isPresent(), true);
        }
    }

    @Nested
    @Order(5)
    @DisplayName("Task 8.5: the loss of a sample")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Evaluating {

        @Test
        @Order(1)
        @DisplayName("over batches of different sizes")
        void loss() {
            Scores scores = new Evaluator(line(), MSE).evaluate(List.of(points(1, 2), points(3)));
            Expect.that("the loss of y = 0x + 0 over a batch of 2 with loss 10 and a batch of 1 with loss 36")
                    .rule("each batch weighs as much as it has samples: (10 * 2 + 36) / 3, not (10 + 36) / 2")
                    .number(scores.loss(), 56 / 3.0);
        }

        @Test
        @Order(2)
        @DisplayName("metrics too")
        void metrics() {
            Linear scores = Linear.of(Tensors.of(new double[][] {{1}, {-1}}));
            Batch first = new Batch(Tensors.of(new double[][] {{1}, {2}, {-1}}), Tensors.of(0, 0, 0));
            Batch second = new Batch(Tensors.of(new double[][] {{-1}}), Tensors.of(1));
            Evaluator evaluator = new Evaluator(scores, new CrossEntropyLoss(), new Accuracy());
            Expect.that("accuracy over a batch with 2 right of 3 and a batch with 1 right of 1")
                    .rule("every metric is told of every batch: its prediction and its target")
                    .number(evaluator.evaluate(List.of(first, second)).get("accuracy"), 0.75);
            Expect.that("accuracy of a second evaluation, of the last batch alone")
                    .number(evaluator.evaluate(List.of(second)).get("accuracy"), 1);
        }

        @Test
        @Order(3)
        @DisplayName("nothing is learned")
        void unchanged() {
            Linear line = line();
            new Evaluator(line, MSE).evaluate(List.of(points(1, 2)));
            Expect.that("[w, b] after evaluate").numbers(weights(line), 0, 0);
            Expect.that("whether the weight has a gradient after evaluate")
                    .rule("evaluating is no training: no backward() here")
                    .value(line.weight().grad().isPresent(), false);
        }

        @Test
        @Order(4)
        @DisplayName("a loss that is not one number")
        void notOne() {
            Expect.that("evaluate with Reduction.NONE")
                    .rule("one(…) refuses a loss for each sample, which cannot be averaged by sizes")
                    .error(IllegalArgumentException.class, "must be one number", () -> new Evaluator(line(), new MseLoss(Reduction.NONE))
                            .evaluate(List.of(points(1, 2))));
        }

        @Test
        @Order(5)
        @DisplayName("without data")
        void nothing() {
            Expect.that("evaluate(no batch)")
                    .rule("0 / 0 is NaN: some(…) says in words what is wrong")
                    .error(IllegalArgumentException.class, "there is no batch in the data", () -> new Evaluator(line(), MSE).evaluate(List.of()));
        }
    }

    @Nested
    @Order(6)
    @DisplayName("Task 8.6: patience")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Patience {

        private final Linear line = line();

        /** Tells of one epoch after the other, in which the weight is 1, 2, 3, …; what was answered. */
        private List<Boolean> observe(EarlyStopping stopping, double... values) {
            List<Boolean> answers = new ArrayList<>();
            for (int epoch = 1; epoch <= values.length; epoch++) {
                line.weight().mutableData()[0] = epoch;
                answers.add(stopping.observe(epoch, values[epoch - 1], line));
            }
            return answers;
        }

        @Test
        @Order(1)
        @DisplayName("the example")
        void example() {
            EarlyStopping stopping = EarlyStopping.lowest("val_loss", 2);
            Expect.that("observe of the losses 0.5, 0.4, 0.45, 0.41 with patience 2")
                    .rule("0.4 is the best; after it two epochs in a row are not better: 1, 2, over")
                    .value(observe(stopping, 0.5, 0.4, 0.45, 0.41), List.of(false, false, false, true));
            Expect.that("bestEpoch() after them").rule("the best was seen in epoch 2").number(stopping.bestEpoch(), 2);
            Expect.that("best() after them").number(stopping.best(), 0.4);
        }

        @Test
        @Order(2)
        @DisplayName("a better value starts the count again")
        void again() {
            Expect.that("observe of the losses 0.5, 0.6, 0.4, 0.5, 0.6 with patience 2")
                    .rule("so many epochs in a row: the better value in epoch 3 sets the count back to 0")
                    .value(observe(EarlyStopping.lowest("val_loss", 2), 0.5, 0.6, 0.4, 0.5, 0.6), List.of(false, false, false, false, true));
        }

        @Test
        @Order(3)
        @DisplayName("the weights of the best epoch")
        void weights() {
            EarlyStopping stopping = EarlyStopping.lowest("val_loss", 2);
            observe(stopping, 0.5, 0.4, 0.45, 0.41);
            stopping.restoreBest(line);
            Expect.that("the weight after restoreBest, of weights 1, 2, 3, 4 in the epochs; epoch 2 was the best")
                    .rule("remember a copy: the tensors of stateDict() are the model's own and go on changing")
                    .number(line.weight().item(), 2);
        }

        @Test
        @Order(4)
        @DisplayName("equal is not better, and NaN never is")
        void notBetter() {
            Expect.that("observe of the losses NaN, 0.5, 0.5, NaN with patience 2")
                    .rule("NaN, better, equal, NaN: isBetter decides, and the first NaN is waited for, too")
                    .value(observe(EarlyStopping.lowest("val_loss", 2), Double.NaN, 0.5, 0.5, Double.NaN), List.of(false, false, false, true));
        }

        @Test
        @Order(5)
        @DisplayName("higher can be better")
        void highest() {
            EarlyStopping stopping = EarlyStopping.highest("val_accuracy", 1);
            Expect.that("observe of the accuracies 0.7, 0.9, 0.8 with patience 1")
                    .rule("isBetter knows in which direction better lies")
                    .value(observe(stopping, 0.7, 0.9, 0.8), List.of(false, false, true));
            Expect.that("best() after them").number(stopping.best(), 0.9);
        }
    }

    @Nested
    @Order(7)
    @DisplayName("Task 8.7: a copy of everything")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Copying {

        private final Linear line = line();
        private final Generator generator = new Generator(5);
        private final Checkpoint checkpoint =
                new Checkpoint().model(line).optimizer(new Sgd(line.parameters(), 0.25)).generator("shuffle", generator);

        @Test
        @Order(1)
        @DisplayName("the parts")
        void parts() {
            Checkpoint.Contents now = checkpoint.contents();
            Expect.that("the parts of a checkpoint of a model and an optimiser")
                    .rule("one entry for each part, under the part's name")
                    .value(List.copyOf(now.parts().keySet()), List.of("model", "optimizer"));
            Expect.that("the model's tensors in it")
                    .rule("under the names that stateDict() gives them")
                    .value(List.copyOf(now.parts().get("model").keySet()), List.copyOf(line.stateDict().keySet()));
            Expect.that("the optimiser's learning rate in it")
                    .number(now.parts().get("optimizer").get("group.0.lr").item(), 0.25);
        }

        @Test
        @Order(2)
        @DisplayName("the texts")
        void texts() {
            Expect.that("the texts of a checkpoint with a generator")
                    .rule("a random generator is no tensor: its state is a text, from text.save().get(). Forget it, and the next shuffle is another one")
                    .value(checkpoint.contents().texts(), Map.of("generator.shuffle", Long.toString(generator.state())));
        }

        @Test
        @Order(3)
        @DisplayName("a copy")
        void copy() {
            Checkpoint.Contents before = checkpoint.contents();
            line.weight().mutableData()[0] = 7;
            Expect.that("the weight in a copy that was made before the weight changed from 0 to 7")
                    .rule("copy every tensor: stateDict() gives the model's own, which go on changing")
                    .number(before.parts().get("model").get("weight").item(), 0);
        }

        @Test
        @Order(4)
        @DisplayName("in a file")
        void file(@TempDir Path directory) throws IOException {
            line.weight().mutableData()[0] = 3;
            checkpoint.save(directory.resolve("run.safetensors"));
            SafeTensors read = SafeTensors.read(directory.resolve("run.safetensors"));
            Expect.that("model.weight in a saved checkpoint")
                    .number(read.tensors().get("model.weight").item(), 3);
            Expect.that("generator.shuffle in a saved checkpoint")
                    .value(read.metadata().get("generator.shuffle"), Long.toString(generator.state()));
        }
    }

    @Nested
    @Order(8)
    @DisplayName("Task 8.8: all of it or nothing")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    final class Loading {

        /** A number that can be saved and loaded, if it is not the one that is refused. */
        private static final class Box {
            private double value;
            private final double refused;

            Box(double value, double refused) {
                this.value = value;
                this.refused = refused;
            }

            Stateful state() {
                return Stateful.of(() -> Map.of("value", Tensors.scalar(value)), state -> {
                    double read = state.get("value").item();
                    if (read == refused) {
                        throw new IllegalArgumentException("the value " + read + " is refused");
                    }
                    value = read;
                });
            }
        }

        @TempDir
        private Path directory;

        private Path file() {
            return directory.resolve("run.safetensors");
        }

        @Test
        @Order(1)
        @DisplayName("what was saved comes back")
        void roundTrip() throws IOException {
            Linear line = line();
            Checkpoint checkpoint = new Checkpoint().model(line);
            line.weight().mutableData()[0] = 3;
            checkpoint.save(file());
            line.weight().mutableData()[0] = 7;
            checkpoint.load(file());
            Expect.that("the weight, saved as 3, then set to 7, after load")
                    .rule("load applies what the file holds")
                    .number(line.weight().item(), 3);
        }

        @Test
        @Order(2)
        @DisplayName("what does not fit changes nothing")
        void rollback() throws IOException {
            new Checkpoint().part("a", new Box(1, -1).state()).part("b", new Box(2, -1).state()).save(file());
            Box first = new Box(5, -1);
            Box second = new Box(6, 2);
            Checkpoint checkpoint = new Checkpoint().part("a", first.state()).part("b", second.state());
            Expect.that("load of a = 1, b = 2 into a part that takes 1 and a part that refuses 2")
                    .rule("say which file does not fit, and why")
                    .error(IllegalArgumentException.class, "does not fit", () -> checkpoint.load(file()));
            Expect.that("the two parts after it, which were 5 and 6")
                    .rule("the first part had taken its 1 already: give it back its 5. Half of one run and half of another is worse than either")
                    .numbers(new double[] {first.value, second.value}, 5, 6);
        }

        @Test
        @Order(3)
        @DisplayName("the reason is told")
        void reason() throws IOException {
            new Checkpoint().part("b", new Box(2, -1).state()).save(file());
            Checkpoint refusing = new Checkpoint().part("b", new Box(6, 2).state());
            Expect.that("load of b = 2 into a part that refuses 2")
                    .rule("the message of the part belongs into yours: it knows what is wrong")
                    .error(IllegalArgumentException.class, "the value 2.0 is refused", () -> refusing.load(file()));
        }

        @Test
        @Order(4)
        @DisplayName("an interrupted run goes on as if nothing had happened")
        void resume() throws IOException {
            double[] whole = losses(run().fit(data(), 6));
            Trainer first = run();
            first.fit(data(), 3);
            double[] resumed = losses(run().resume(file()).fit(data(), 6));
            Expect.that("the losses of 6 epochs in one go, and of 3 epochs, a new process and 3 more")
                    .rule("to the last bit: weights, Adam's averages, the shuffle and the epochs all came back")
                    .value(Arrays.toString(resumed), Arrays.toString(whole));
        }

        private Iterable<Batch> data() {
            Generator generator = new Generator(3);
            Tensor x = Tensors.randn(generator, 20, 2);
            return Batches.of(x, x.sum(1).unsqueeze(1), 8).shuffled(new Generator(4));
        }

        private Trainer run() {
            Generator generator = new Generator(2);
            Sequential model = new Sequential(
                    new Linear(2, 4, generator), new Tanh(), new Dropout(0.2, new Generator(6)), new Linear(4, 1, generator));
            return Trainer.builder(model, MSE, new Adam(model.parameters(), 0.01))
                    .checkpoint(file())
                    .build();
        }

        private double[] losses(History history) {
            return history.series("train_loss");
        }
    }
}
