package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.CosineWithWarmup;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.History;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainerBuilder;
import org.tinytorch.training.TrainingListener;

/** One network, one recipe and the images, put together: what is trained, saved after each epoch and gone on with. */
final class Cifar10Training implements LongTraining {
    private final Cifar10Recipe recipe;
    private final Cifar10Data data;
    private final RunCheckpoint checkpoint;
    private final Layer network;
    private final TimedBatches train;
    private final Trainer trainer;

    /**
     * Sets a training up.
     *
     * @param arithmetic how products are computed, in a word: a resumed run must do it in the same way
     * @param checkpoint in a folder that exists
     * @param listeners are told in this order; after them nobody is
     */
    Cifar10Training(
            Cifar10Models model,
            Cifar10Recipe recipe,
            Cifar10Data data,
            long seed,
            String arithmetic,
            Path checkpoint,
            TrainingListener... listeners) {
        this.recipe = recipe;
        this.data = data;
        this.checkpoint = new RunCheckpoint(checkpoint, "epoch", settings(model, recipe, data, seed, arithmetic));
        Generator generator = new Generator(seed);
        this.network = model.build(generator);
        this.train = new TimedBatches(data.trainLoader(recipe.batch(), recipe.crop(), generator.split()));
        this.trainer = trainer(listeners);
    }

    private static Map<String, String> settings(
            Cifar10Models model, Cifar10Recipe recipe, Cifar10Data data, long seed, String arithmetic) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("model", model.toString());
        all.put("epochs", Integer.toString(recipe.epochs()));
        all.put("batch", Integer.toString(recipe.batch()));
        all.put("lr", Double.toString(recipe.learningRate()));
        all.put("seed", Long.toString(seed));
        all.put("arithmetic", arithmetic);
        all.put("train_images", Integer.toString(data.train().size()));
        all.put("test_images", Integer.toString(data.test().size()));
        all.put("tested_on", data.tested());
        return all;
    }

    private Trainer trainer(TrainingListener... listeners) {
        int steps = train.count() * recipe.epochs();
        Optimizer optimizer = optimizer();
        TrainerBuilder builder = Trainer.builder(
                        network, new CrossEntropyLoss().labelSmoothing(recipe.labelSmoothing()), optimizer)
                .scheduleEachStep(new CosineWithWarmup(
                        optimizer, Math.min(steps - 1, (int) Math.round(recipe.warmUp() * steps)), steps))
                // The test images draw the second curve and decide nothing: the last epoch counts, whatever the others
                // were.
                .validation(data.testLoader())
                .metrics(new Accuracy());
        checkpoint.saveFrom(builder);
        List.of(listeners).forEach(builder::listener);
        return builder.build();
    }

    private Optimizer optimizer() {
        return new Sgd(WeightDecay.ofMatrices(network, recipe.weightDecay()), recipe.learningRate())
                .momentum(recipe.momentum());
    }

    /** How many numbers the network learns. */
    long parameterCount() {
        return network.parameterCount();
    }

    @Override
    public RunCheckpoint checkpoint() {
        return checkpoint;
    }

    @Override
    public int resume() throws IOException {
        checkpoint.resume(trainer);
        return done();
    }

    @Override
    public int done() {
        return trainer.history().size();
    }

    @Override
    public int all() {
        return recipe.epochs();
    }

    @Override
    public History run() {
        return trainer.fit(train, recipe.epochs());
    }

    /** The share of the time in which the training did not wait for a batch. */
    double busy() {
        return train.busy();
    }

    /** What the network takes each test image for. */
    int[] predictions() {
        Tensor classes = trainer.predict(data.testLoader()).argmax(1);
        return IntStream.range(0, classes.size()).map(i -> (int) classes.get(i)).toArray();
    }
}
