package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.tinytorch.compression.ChannelPruner;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.CosineWithWarmup;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.precision.Calibrator;
import org.tinytorch.precision.StaticQuantization;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Evaluator;
import org.tinytorch.training.Trainer;

/**
 * A network that recognises images, a batch at a time.
 *
 * @param name in tables
 * @param trained stays as it is
 * @param fresh makes another network of the same architecture
 * @param task its images
 * @param pruning which share of its channels and hidden units is removed, and how it is trained afterwards
 */
record ImageSpeedup(String name, Sequential trained, Supplier<Sequential> fresh, ImageTask task, Pruning pruning)
        implements SpeedupModel {
    /** Of a hundred thousand numbers that occur, ten are cut off. */
    private static final double PERCENTILE = 99.99;

    /**
     * What is removed.
     *
     * @param share of the units of each layer but the last
     * @param epochs of training afterwards
     * @param learningRate at the most, for Adam
     */
    record Pruning(double share, int epochs, double learningRate) {}

    @Override
    public String item() {
        return "image";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%s: %,d parameters; a run is a batch of %d images. Compression removes %.0f %% of all channels and hidden units and trains for %d more %s.",
                name,
                trained.parameterCount(),
                batch().dim(0),
                100 * pruning.share(),
                pruning.epochs(),
                pruning.epochs() == 1 ? "epoch" : "epochs");
    }

    @Override
    public List<Technique> techniques() {
        return List.of(Technique.ACCELERATION, Technique.PRECISION, Technique.COMPRESSION);
    }

    @Override
    public Quality quality() {
        return Quality.ACCURACY;
    }

    @Override
    public Workload with(Set<Technique> used) {
        Sequential dense = fresh.get();
        dense.loadStateDict(trained.stateDict());
        if (used.contains(Technique.COMPRESSION)) {
            compress(dense);
        }
        Layer model = used.contains(Technique.PRECISION)
                ? StaticQuantization.with(Calibrator.percentile(PERCENTILE)).convert(dense.eval(), task.calibration())
                : dense;
        Evaluator evaluator = new Evaluator(model, new CrossEntropyLoss(), new Accuracy());
        Tensor images = batch();
        return new Workload(
                count -> evaluator.predict(images), images.dim(0), false, WeightBytes.of(model), () -> evaluator
                        .evaluate(task.test())
                        .get("accuracy"));
    }

    private Tensor batch() {
        return task.calibration().get(0).input();
    }

    private void compress(Sequential model) {
        ChannelPruner pruner = new ChannelPruner(model);
        pruner.rewire(pruner.strongest(pruning.share()));
        var batches = task.training().get();
        Optimizer optimizer = new Adam(model.parameters(), pruning.learningRate());
        int steps = batches.count() * pruning.epochs();
        Trainer.builder(model, new CrossEntropyLoss(), optimizer)
                .scheduleEachStep(new CosineWithWarmup(optimizer, 0, steps))
                .build()
                .fit(batches, pruning.epochs());
    }
}
