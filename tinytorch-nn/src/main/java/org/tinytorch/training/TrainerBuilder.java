package org.tinytorch.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.GradientClipping;
import org.tinytorch.optim.LearningRateSchedule;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/** Collects what a {@link Trainer} needs; begun by {@link Trainer#builder}. Everything but model, loss and optimiser may be left out. */
public final class TrainerBuilder {
    /** A schedule and the value it is told after each epoch, if any. */
    record EpochSchedule(LearningRateSchedule schedule, Optional<String> watched) {}

    final Layer model;
    final Loss loss;
    final Optimizer optimizer;
    final List<Metric> metrics = new ArrayList<>();
    final List<TrainingListener> listeners = new ArrayList<>();
    final Map<String, Generator> generators = new LinkedHashMap<>();
    final Map<String, String> settings = new LinkedHashMap<>();
    Optional<LearningRateSchedule> stepSchedule = Optional.empty();
    Optional<EpochSchedule> epochSchedule = Optional.empty();
    Consumer<List<Tensor>> clipping = parameters -> {};
    int batchesPerStep = 1;
    Optional<Iterable<Batch>> validation = Optional.empty();
    Optional<EarlyStopping> earlyStopping = Optional.empty();
    Optional<Path> checkpoint = Optional.empty();

    TrainerBuilder(Layer model, Loss loss, Optimizer optimizer) {
        this.model = model;
        this.loss = loss;
        this.optimizer = optimizer;
    }

    /** Sets the learning rate anew after each optimiser step. */
    public TrainerBuilder scheduleEachStep(LearningRateSchedule schedule) {
        stepSchedule = Optional.of(schedule);
        return this;
    }

    /** Sets the learning rate anew after each epoch. */
    public TrainerBuilder scheduleEachEpoch(LearningRateSchedule schedule) {
        epochSchedule = Optional.of(new EpochSchedule(schedule, Optional.empty()));
        return this;
    }

    /**
     * Sets the learning rate anew after each epoch, depending on a value.
     *
     * @param watched the name of a value in {@link EpochResult}, such as {@code val_loss}
     */
    public TrainerBuilder scheduleEachEpoch(LearningRateSchedule schedule, String watched) {
        epochSchedule = Optional.of(new EpochSchedule(schedule, Optional.of(watched)));
        return this;
    }

    /**
     * Scales the gradients before each step so that their common norm is at most this.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public TrainerBuilder clipNorm(double maxNorm) {
        checkPositive("clipNorm", maxNorm);
        clipping = parameters -> GradientClipping.byNorm(parameters, maxNorm);
        return this;
    }

    /**
     * Cuts every number of the gradients off at this and its negative before each step.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public TrainerBuilder clipValue(double limit) {
        checkPositive("clipValue", limit);
        clipping = parameters -> GradientClipping.byValue(parameters, limit);
        return this;
    }

    private static void checkPositive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    "trainer: " + name + " " + value + " is not possible; it must be positive");
        }
    }

    /**
     * Makes one step for several batches, as if they were one big batch, in the memory of a small one. Their gradients are weighted by their sizes; what
     * is left at the end of an epoch makes a smaller step.
     *
     * @param batches at least 1
     * @throws IllegalArgumentException if it is less
     */
    public TrainerBuilder accumulate(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException(
                    "trainer: a step from " + batches + " batches is not possible; use at least 1");
        }
        batchesPerStep = batches;
        return this;
    }

    /** Measures these too, whenever the model is evaluated. */
    public TrainerBuilder metrics(Metric... more) {
        metrics.addAll(List.of(more));
        return this;
    }

    /** Tells a listener what happens. */
    public TrainerBuilder listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Evaluates the model on these data after each epoch. */
    public TrainerBuilder validation(Iterable<Batch> data) {
        validation = Optional.of(data);
        return this;
    }

    /** Stops when a value no longer gets better; at the end of training the model has the weights of the best epoch. */
    public TrainerBuilder earlyStopping(EarlyStopping stopping) {
        earlyStopping = Optional.of(stopping);
        return this;
    }

    /**
     * Saves a checkpoint to this file after each epoch.
     *
     * @throws IllegalArgumentException if its folder does not exist: better now than after the first epoch
     */
    public TrainerBuilder checkpoint(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("trainer: the checkpoint " + file
                    + " cannot be saved: there is no folder " + folder + "; make it first");
        }
        checkpoint = Optional.of(file);
        return this;
    }

    /**
     * Keeps one more generator in checkpoints. Those of {@code Dropout} layers, of layers and of data that are {@link Stochastic} are found by
     * themselves.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public TrainerBuilder generator(String name, Generator generator) {
        if (generators.putIfAbsent(name, generator) != null) {
            throw new IllegalArgumentException(
                    "trainer: there already is a generator named '" + name + "'; names must differ");
        }
        return this;
    }

    /**
     * Notes in checkpoints how the run was set up, such as its batch size. {@link Trainer#resume} refuses a checkpoint in which a setting differs, because the
     * run would go on as another one.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public TrainerBuilder setting(String name, String value) {
        if (settings.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException(
                    "trainer: there already is a setting named '" + name + "'; names must differ");
        }
        return this;
    }

    /**
     * The trainer.
     *
     * @throws IllegalArgumentException if the optimiser has none of the model's parameters, two metrics have the same name, or a value that is watched
     *     will not be measured
     */
    public Trainer build() {
        if (model.parameters().stream()
                .noneMatch(parameter -> optimizer.parameters().stream().anyMatch(own -> own == parameter))) {
            throw new IllegalArgumentException(
                    "trainer: the optimizer has none of the model's parameters; make it with model.parameters()");
        }
        Set<String> names = new LinkedHashSet<>(List.of(Trainer.TRAIN_LOSS, Trainer.LEARNING_RATE));
        Set<String> scores = new LinkedHashSet<>(List.of(Scores.LOSS));
        for (Metric metric : metrics) {
            if (!scores.add(metric.name())) {
                throw new IllegalArgumentException(
                        "trainer: two metrics are named '" + metric.name() + "'; leave one out or rename it");
            }
        }
        validation.ifPresent(data -> scores.forEach(name -> names.add(Trainer.VALIDATION + name)));
        earlyStopping.ifPresent(stopping -> checkWatched("early stopping", stopping.watched(), names));
        epochSchedule
                .flatMap(EpochSchedule::watched)
                .ifPresent(watched -> checkWatched("the schedule", watched, names));
        return new Trainer(this);
    }

    private static void checkWatched(String who, String watched, Set<String> names) {
        if (!names.contains(watched)) {
            throw new IllegalArgumentException(
                    "trainer: " + who + " watches '" + watched + "', which is not measured; there will be " + names
                            + ". Is validation(data) or a metric missing?");
        }
    }
}
