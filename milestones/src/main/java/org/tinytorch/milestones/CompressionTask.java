package org.tinytorch.milestones;

import java.util.function.Supplier;
import org.tinytorch.compression.ChannelPruner;
import org.tinytorch.compression.CubicSparsity;
import org.tinytorch.compression.Distillation;
import org.tinytorch.compression.DistillationLoss;
import org.tinytorch.compression.MagnitudePruner;
import org.tinytorch.compression.PruningSchedule;
import org.tinytorch.data.DataLoader;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.Calibrator;
import org.tinytorch.precision.StaticQuantization;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Evaluator;
import org.tinytorch.training.TrainerBuilder;
import org.tinytorch.training.TrainingListener;

/**
 * A trained network, and what is needed to make it smaller in each way.
 *
 * @param trained stays as it is
 * @param fresh makes another network of the same architecture
 * @param student makes a network that is much smaller, always with the same weights
 * @param images to learn from and to be tested on
 * @param sizes how much is removed and trained
 */
record CompressionTask(
        Sequential trained,
        Supplier<Sequential> fresh,
        Supplier<Sequential> student,
        ImageTask images,
        CompressionSizes sizes) {
    /**
     * Makes a network, which may take minutes, and tests it.
     *
     * @param listener is told how trainings go
     */
    CompressedNetwork with(Compression how, TrainingListener listener) {
        Layer dense =
                switch (how) {
                    case TRAINED, INT8 -> copy();
                    case PRUNED -> pruned(listener);
                    case CHANNELS -> withFewerChannels(listener);
                    case ALONE -> alone(listener);
                    case DISTILLED -> distilled(listener);
                };
        Layer network = how == Compression.INT8
                ? StaticQuantization.with(Calibrator.percentile(ImageSpeedup.PERCENTILE))
                        .convert(dense.eval(), images.calibration())
                : dense;
        double accuracy = new Evaluator(network, new CrossEntropyLoss(), new Accuracy())
                .evaluate(images.test())
                .get("accuracy");
        return CompressedNetwork.of(how, network.eval(), dense, accuracy);
    }

    private Sequential copy() {
        Sequential copy = fresh.get();
        copy.loadStateDict(trained.stateDict());
        return copy;
    }

    /** More and more in the first half of the training; in the second half what is left recovers. */
    private Layer pruned(TrainingListener listener) {
        Sequential network = copy();
        DataLoader batches = images.training().get();
        long steps = (long) batches.count() * sizes.pruned().epochs();
        CubicSparsity growing = new CubicSparsity(0, sizes.sparsity(), 1, Math.max(2, steps / 2));
        PruningSchedule schedule = PruningSchedule.gradual(network, MagnitudePruner.global(), growing, sizes.every());
        return fit(network, sizes.pruned(), new CrossEntropyLoss(), batches, batches, schedule, listener);
    }

    private Layer withFewerChannels(TrainingListener listener) {
        Sequential network = copy();
        ChannelPruner pruner = new ChannelPruner(network);
        pruner.rewire(pruner.strongest(sizes.share()));
        DataLoader batches = images.training().get();
        return fit(network, sizes.channels(), new CrossEntropyLoss(), batches, batches, listener);
    }

    private Layer alone(TrainingListener listener) {
        DataLoader batches = images.training().get();
        return fit(student.get(), sizes.student(), new CrossEntropyLoss(), batches, batches, listener);
    }

    private Layer distilled(TrainingListener listener) {
        DataLoader batches = images.training().get();
        Iterable<Batch> taught = Distillation.batches(copy(), batches);
        DistillationLoss loss = new DistillationLoss(sizes.temperature(), sizes.alpha());
        return fit(student.get(), sizes.student(), loss, batches, taught, listener);
    }

    private static Layer fit(
            Layer network,
            FineTuning tuning,
            Loss loss,
            DataLoader counted,
            Iterable<Batch> batches,
            TrainingListener... listeners) {
        TrainerBuilder trainer = tuning.trainer(network, loss, counted.count());
        for (TrainingListener listener : listeners) {
            trainer.listener(listener);
        }
        trainer.build().fit(batches, tuning.epochs());
        return network;
    }
}
