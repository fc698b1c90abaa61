package org.tinytorch.milestones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tinytorch.data.DataLoader;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.Dataset;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.Batch;

/**
 * The images that a network which recognises them is made faster with.
 *
 * @param training makes the batches to go on learning from
 * @param calibration a few training images, nothing random about them
 * @param test the images to be tested on
 * @param remark what must be said of them
 */
record ImageTask(Supplier<DataLoader> training, List<Batch> calibration, DataLoader test, Optional<String> remark) {
    private static final int CALIBRATION = 512;
    private static final int BATCH = 64;

    /** Digits. */
    static ImageTask of(DataSplit digits, long seed) {
        return new ImageTask(
                () -> DataLoader.of(digits.train(), BATCH).shuffled(new Generator(seed)),
                batches(FirstImages.of(digits.train(), CALIBRATION)),
                DataLoader.of(digits.test(), BATCH),
                Optional.empty());
    }

    /** Photographs, which are moved and mirrored while the network learns. */
    static ImageTask of(Cifar10Data photographs, Cifar10Recipe recipe, long seed) {
        return new ImageTask(
                () -> photographs.trainLoader(recipe.batch(), recipe.crop(), new Generator(seed)),
                batches(FirstImages.of(photographs.train(), CALIBRATION).transformed(photographs.normalize())),
                photographs.testLoader(),
                photographs.remark());
    }

    private static List<Batch> batches(Dataset images) {
        List<Batch> all = new ArrayList<>();
        DataLoader.of(images, BATCH).forEach(all::add);
        return all;
    }
}
