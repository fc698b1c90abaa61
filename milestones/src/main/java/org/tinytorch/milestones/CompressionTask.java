package org.tinytorch.milestones;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.tinytorch.compression.ChannelPruner;
import org.tinytorch.compression.CubicSparsity;
import org.tinytorch.compression.Distillation;
import org.tinytorch.compression.DistillationLoss;
import org.tinytorch.compression.MagnitudePruner;
import org.tinytorch.compression.PruningSchedule;
import org.tinytorch.data.DataLoader;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.precision.Calibrator;
import org.tinytorch.precision.StaticQuantization;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Accuracy;
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
    /** Whether a way trains, so that its network is worth going back to. */
    static boolean trains(Compression how) {
        return how != Compression.TRAINED && how != Compression.INT8;
    }

    /**
     * Makes a network, which may take minutes, and tests it.
     *
     * @param listener is told how the training goes
     */
    CompressedNetwork with(Compression how, TrainingListener listener) {
        Sequential network = untrained(how);
        DataLoader batches = images.training().get();
        switch (how) {
            case TRAINED, INT8 -> {}
            case PRUNED -> fit(network, sizes.pruned(), batches, schedule(network, batches), listener);
            case CHANNELS -> fit(network, sizes.channels(), batches, listener);
            case ALONE -> fit(network, sizes.student(), batches, listener);
            case DISTILLED -> distil(network, batches, listener);
        }
        return tested(how, network);
    }

    /**
     * The network that an earlier run has left, tested again.
     *
     * @param weights by name
     * @throws IllegalArgumentException if they do not fit
     */
    CompressedNetwork with(Compression how, Map<String, Tensor> weights) {
        Sequential network = untrained(how);
        network.loadStateDict(weights);
        return tested(how, network);
    }

    /** What a network depends on, in a line: what is done, and a sum over the weights that it begins with and those that it learns from. */
    String origin(Compression how) {
        CRC32 sum = new CRC32();
        for (Sequential network : List.of(trained, untrained(how))) {
            network.stateDict().values().forEach(tensor -> {
                for (double value : tensor.data()) {
                    sum.update(
                            ByteBuffer.allocate(Double.BYTES).putDouble(value).flip());
                }
            });
        }
        return sizes.words(how) + "; " + Long.toHexString(sum.getValue());
    }

    private Sequential untrained(Compression how) {
        if (how == Compression.ALONE || how == Compression.DISTILLED) {
            return student.get();
        }
        Sequential network = copy();
        if (how == Compression.CHANNELS) {
            ChannelPruner pruner = new ChannelPruner(network);
            pruner.rewire(pruner.strongest(sizes.share()));
        }
        return network;
    }

    private Sequential copy() {
        Sequential copy = fresh.get();
        copy.loadStateDict(trained.stateDict());
        return copy;
    }

    private CompressedNetwork tested(Compression how, Layer dense) {
        Layer network = how == Compression.INT8
                ? StaticQuantization.with(Calibrator.percentile(ImageSpeedup.PERCENTILE))
                        .convert(dense.eval(), images.calibration())
                : dense;
        double accuracy = new Evaluator(network, new CrossEntropyLoss(), new Accuracy())
                .evaluate(images.test())
                .get("accuracy");
        return CompressedNetwork.of(how, network.eval(), dense, accuracy);
    }

    /** More and more in the first half of the training; in the second half what is left recovers. */
    private PruningSchedule schedule(Layer network, DataLoader batches) {
        long steps = (long) batches.count() * sizes.pruned().epochs();
        CubicSparsity growing = new CubicSparsity(0, sizes.sparsity(), 1, Math.max(2, steps / 2));
        return PruningSchedule.gradual(network, MagnitudePruner.global(), growing, sizes.every());
    }

    private void distil(Layer network, DataLoader batches, TrainingListener listener) {
        DistillationLoss loss = new DistillationLoss(sizes.temperature(), sizes.alpha());
        TrainerBuilder trainer = sizes.student().trainer(network, loss, batches.count());
        trainer.listener(listener)
                .build()
                .fit(Distillation.batches(copy(), batches), sizes.student().epochs());
    }

    private static void fit(Layer network, FineTuning tuning, DataLoader batches, TrainingListener... listeners) {
        TrainerBuilder trainer = tuning.trainer(network, new CrossEntropyLoss(), batches.count());
        for (TrainingListener listener : listeners) {
            trainer.listener(listener);
        }
        trainer.build().fit(batches, tuning.epochs());
    }
}
