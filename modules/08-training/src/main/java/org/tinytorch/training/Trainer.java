// Yours: tasks 8.6, 8.5, 8.4. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Trainer.java.
package org.tinytorch.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.tinytorch.autograd.ReuseMemory;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Trains a model: the loop that would otherwise be written anew for each model, with the mistakes it invites.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), 1e-3))
 *         .metrics(new Accuracy())
 *         .validation(Batches.of(xTest, yTest, 256))
 *         .checkpoint(Path.of("run.safetensors"))
 *         .build();
 * History history = trainer.fit(Batches.of(x, y, 64).shuffled(new Generator(1)), 10);
 * }</pre>
 *
 * <p>The loss must be one number, the average over the batch ({@code Reduction.MEAN}, the default): averages over several batches weight it by their
 * sizes. Not thread-safe.
 */
public final class Trainer {
    static final String TRAIN_LOSS = "train_loss";
    static final String LEARNING_RATE = "learning_rate";
    static final String VALIDATION = "val_";

    private final TrainerBuilder setup;
    private final Layer model;
    private final Loss loss;
    private final Optimizer optimizer;
    private final List<Tensor> parameters;
    private final List<Generator> modelGenerators;
    private final Evaluator evaluator;
    final RunState state;

    Trainer(TrainerBuilder setup) {
        this.setup = setup;
        this.model = setup.model;
        this.loss = setup.loss;
        this.optimizer = setup.optimizer;
        this.parameters = optimizer.parameters();
        this.modelGenerators = List.copyOf(Generators.ofModel(model).values());
        this.evaluator = new Evaluator(model, loss, setup.metrics.toArray(Metric[]::new));
        this.state = new RunState(setup);
    }

    /** Begins a trainer. */
    public static TrainerBuilder builder(Layer model, Loss loss, Optimizer optimizer) {
        return new TrainerBuilder(model, loss, optimizer);
    }

    // ---- training

    /**
     * Trains until so many epochs are done: those before, in an earlier call or before a {@link #resume}, count. Ends earlier if
     * {@link EarlyStopping} says so; then, and at the end, the model gets the weights of the best epoch. Afterwards every layer is in the mode it was in
     * before. The memory of a step's results is used again for the next step's: a forward hook that keeps one must {@code copy()} it.
     *
     * @param train the data; one pass for each epoch
     * @param epochs the number of the last epoch
     * @return what was measured in all epochs so far
     * @throws IllegalArgumentException if there is no data, or it does not fit the model or the checkpoint resumed from
     * @throws DivergedException if a loss or gradient is NaN or infinite; the parameters are those from before that step
     * @throws UncheckedIOException if the checkpoint cannot be written
     */
    public History fit(Iterable<Batch> train, int epochs) {
        state.begin(train);
        tell(listener -> listener.onTrainBegin(state.epochs() + 1, epochs));
        try (Modes modes = Modes.training(model);
                ReuseMemory scope = ReuseMemory.enter()) {
            while (state.epochs() < epochs
                    && !setup.earlyStopping.map(EarlyStopping::isOver).orElse(false)) {
                EpochResult result = epoch(state.epochs() + 1, train);
                tell(listener -> listener.onEpochEnd(result));
            }
        }
        setup.earlyStopping.ifPresent(stopping -> stopping.restoreBest(model));
        tell(listener -> listener.onTrainEnd(state.history()));
        return state.history();
    }

    /** One epoch with everything that follows it. */
    private EpochResult epoch(int number, Iterable<Batch> train) {
        tell(listener -> listener.onEpochBegin(number));
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(TRAIN_LOSS, trainEpoch(train));
        values.put(LEARNING_RATE, state.lastRate());
        setup.validation.ifPresent(
                data -> evaluate(data).values().forEach((name, value) -> values.put(VALIDATION + name, value)));
        EpochResult result = new EpochResult(number, values);
        setup.epochSchedule.ifPresent(each -> each.watched()
                .ifPresentOrElse(watched -> each.schedule().step(result.get(watched)), () -> each.schedule()
                        .step()));
        setup.earlyStopping.ifPresent(stopping -> stopping.observe(number, result.get(stopping.watched()), model));
        state.epochDone(result);
        setup.checkpoint.ifPresent(this::save);
        return result;
    }

    /**
     * One pass over the data, a step for every {@code setup.batchesPerStep} batches; at the end, for what is left. Steps on 3 samples and on 1 sample with the
     * losses 2 and 6 have the average {@code (3 · 2 + 1 · 6) / 4 = 3}. {@code progress} is told after each step.
     *
     * @return the average loss of a sample, each measured just before its step
     * @throws IllegalArgumentException if there is no data
     */
    private double trainEpoch(Iterable<Batch> train) {
        Progress progress = new Progress(train);
        model.train();
        // region Task 8.6: one epoch
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 8.6
        throw new UnsupportedOperationException("Task 8.6: one epoch is not written yet: ./tito hint 8.6");
        // endregion
    }

    /**
     * One optimiser step: forward, backward, clip, update. Several batches count as one, each with a share that grows with its size. {@code state.stepDone}
     * is told of the step, and of how many batches went into it, which may change the learning rate of the next one. What clips is {@code setup.clipping}, which accepts
     * the parameters.
     *
     * @param group at least one batch
     * @return the average loss of a sample, before the step
     * @throws DivergedException if a loss or gradient is NaN or infinite; the parameters are then untouched
     */
    public double step(List<Batch> group) {
        Evaluator.some("step", samples(group));
        // region Task 8.5: one training step
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 8.5
        throw new UnsupportedOperationException("Task 8.5: one training step is not written yet: ./tito hint 8.5");
        // endregion
    }

    /**
     * Adds to the gradients those of the average loss over all samples of the batches, with one small graph after the other in memory. Batches of 3 samples and 1
     * sample with the losses 2 and 6 have the average {@code ¾ · 2 + ¼ · 6 = 3}, and in the same way the gradient is ¾ of the one and ¼ of the other.
     * The way back from a loss begins with a tensor of the loss's shape, filled with the batch's share.
     *
     * @param group at least one batch
     * @return the average loss of a sample
     * @throws DivergedException if a loss is NaN or infinite
     */
    double accumulate(List<Batch> group) {
        // region Task 8.4: several batches count as one
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 8.4
        throw new UnsupportedOperationException(
                "Task 8.4: several batches count as one is not written yet: ./tito hint 8.4");
        // endregion
    }

    /** The loss of a batch, which must be one finite number. */
    private Tensor forward(Batch batch) {
        long[] before = modelGenerators.stream().mapToLong(Generator::state).toArray();
        Tensor value = Evaluator.one(loss.forward(model.forward(batch.input()), batch.target()));
        if (!Double.isFinite(value.item())) {
            FiniteCheck.Finding finding = FiniteCheck.find(model, batch, modelGenerators, before);
            throw diverged("the loss is " + value.item() + "; " + finding.text(), finding.layer());
        }
        return value;
    }

    /** Throws if the gradient of a parameter is not finite. */
    private void checkGradients() {
        FiniteCheck.withoutFiniteGradient(parameters).ifPresent(broken -> {
            String name = model.namedParameters().entrySet().stream()
                    .filter(entry -> entry.getValue() == broken)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("outside the model");
            throw diverged("the loss is finite, but the gradient of parameter '" + name + "' is not", Optional.empty());
        });
    }

    private DivergedException diverged(String what, Optional<String> layer) {
        optimizer.zeroGrad();
        return new DivergedException(what, state.epochs() + 1, state.steps() + 1, layer);
    }

    /** The next batches, so many or as many as are left. */
    private static List<Batch> next(Iterator<Batch> batches, int most) {
        List<Batch> group = new ArrayList<>();
        while (group.size() < most && batches.hasNext()) {
            group.add(batches.next());
        }
        return group;
    }

    /** How many samples these batches have. */
    private static long samples(List<Batch> group) {
        return group.stream().mapToLong(Batch::size).sum();
    }

    // ---- evaluating

    /** {@link Evaluator#evaluate} with this trainer's loss and metrics. */
    public Scores evaluate(Iterable<Batch> data) {
        return evaluator.evaluate(data);
    }

    /** {@link Evaluator#predict(Tensor)}. */
    public Tensor predict(Tensor input) {
        return evaluator.predict(input);
    }

    /** {@link Evaluator#predict(Iterable)}. */
    public Tensor predict(Iterable<Batch> data) {
        return evaluator.predict(data);
    }

    // ---- state

    /** What was measured so far. */
    public History history() {
        return state.history();
    }

    /** Optimiser steps so far, over all epochs. */
    public long steps() {
        return state.steps();
    }

    /**
     * Goes back to a checkpoint that a trainer set up in the same way saved, in this or another process. {@link #fit} then goes on with the next epoch
     * and gives, bit for bit, the losses of a run that was not interrupted, on the same JDK and backend: others may round the last digit differently.
     *
     * @return this
     * @throws IOException if there is no such file or it is damaged
     * @throws IllegalArgumentException if it does not fit; the message says what differs, and nothing has changed
     */
    public Trainer resume(Path file) throws IOException {
        state.resume(file);
        return this;
    }

    private void save(Path file) {
        try {
            state.checkpoint().save(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "trainer: the checkpoint of epoch " + state.epochs() + " was not saved: " + e.getMessage(), e);
        }
    }

    private void tell(Consumer<TrainingListener> news) {
        setup.listeners.forEach(news);
    }

    /** Counts the batches of an epoch for the listeners. */
    private final class Progress {
        private final OptionalInt total;
        private int seen;

        Progress(Iterable<Batch> train) {
            total = state.batches(train);
        }

        void stepDone(List<Batch> group, double value) {
            seen += group.size();
            BatchResult result =
                    new BatchResult(state.epochs() + 1, seen, total, state.steps(), (int) samples(group), value);
            tell(listener -> listener.onBatchEnd(result));
        }
    }
}
