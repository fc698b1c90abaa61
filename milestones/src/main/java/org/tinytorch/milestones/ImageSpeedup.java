package org.tinytorch.milestones;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tinytorch.compression.ChannelPruner;
import org.tinytorch.data.DataLoader;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.Calibrator;
import org.tinytorch.precision.StaticQuantization;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Evaluator;

/** A network that recognises images, a batch at a time, and as many batches in a run as it takes to be timed. */
final class ImageSpeedup implements SpeedupModel {
    /** Of a hundred thousand numbers that occur, ten are cut off. */
    static final double PERCENTILE = 99.99;

    private final String name;
    private final Sequential trained;
    private final Supplier<Sequential> fresh;
    private final ImageTask task;
    private final int batches;
    private final Pruning pruning;
    private Optional<Sequential> tuned = Optional.empty();

    /**
     * A trained network and its images.
     *
     * @param name in tables
     * @param trained stays as it is
     * @param fresh makes another network of the same architecture
     * @param task its images
     * @param batches in a run
     * @param pruning what compression does
     */
    ImageSpeedup(
            String name, Sequential trained, Supplier<Sequential> fresh, ImageTask task, int batches, Pruning pruning) {
        this.name = name;
        this.trained = trained;
        this.fresh = fresh;
        this.task = task;
        this.batches = batches;
        this.pruning = pruning;
    }

    /**
     * What is removed.
     *
     * @param share of the units of each layer but the last
     * @param tuning trains what is left
     */
    record Pruning(double share, FineTuning tuning) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public String item() {
        return "image";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%s: %,d parameters; a run is %d %s of %d images. Compression removes %.0f %% of all channels and hidden units and trains for %d more %s.%s",
                name,
                trained.parameterCount(),
                batches,
                batches == 1 ? "batch" : "batches",
                batch().dim(0),
                100 * pruning.share(),
                pruning.tuning().epochs(),
                pruning.tuning().epochs() == 1 ? "epoch" : "epochs",
                task.remark().map(remark -> " " + remark).orElse(""));
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
        Sequential dense = used.contains(Technique.COMPRESSION) ? compressed() : copy();
        Layer model = used.contains(Technique.PRECISION)
                ? StaticQuantization.with(Calibrator.percentile(PERCENTILE)).convert(dense.eval(), task.calibration())
                : dense;
        Evaluator evaluator = new Evaluator(model, new CrossEntropyLoss(), new Accuracy());
        Tensor images = batch();
        long weightBytes = WeightBytes.of(model);
        return new Workload(
                count -> predict(evaluator, images, count),
                batches * images.dim(0),
                false,
                weightBytes,
                () -> evaluator.evaluate(task.test()).get("accuracy"),
                () -> Counted.of(model, images.slice(0, 0, 1), weightBytes).figures());
    }

    /** Batch after batch, until so many images are done. */
    private static void predict(Evaluator evaluator, Tensor images, int count) {
        for (int done = 0; done < count; done += images.dim(0)) {
            evaluator.predict(images);
        }
    }

    private Tensor batch() {
        return task.calibration().get(0).input();
    }

    private Sequential copy() {
        Sequential copy = fresh.get();
        copy.loadStateDict(trained.stateDict());
        return copy;
    }

    /** A copy of what is left; it is trained once, however often it is asked for. */
    private Sequential compressed() {
        if (tuned.isEmpty()) {
            Sequential left = pruned();
            tune(left);
            tuned = Optional.of(left);
        }
        Sequential copy = pruned();
        copy.loadStateDict(tuned.get().stateDict());
        return copy;
    }

    private Sequential pruned() {
        Sequential model = copy();
        ChannelPruner pruner = new ChannelPruner(model);
        pruner.rewire(pruner.strongest(pruning.share()));
        return model;
    }

    private void tune(Sequential model) {
        DataLoader batches = task.training().get();
        FineTuning tuning = pruning.tuning();
        tuning.trainer(model, new CrossEntropyLoss(), batches.count()).build().fit(batches, tuning.epochs());
    }
}
