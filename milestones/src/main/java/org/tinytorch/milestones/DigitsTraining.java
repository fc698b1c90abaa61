package org.tinytorch.milestones;

import org.tinytorch.data.DataLoader;
import org.tinytorch.data.Dataset;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.Adam;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Evaluator;
import org.tinytorch.training.History;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainingListener;

/**
 * How networks are trained to read digits; for all of them the same.
 *
 * @param epochs rounds through the training images
 * @param learningRate how far a step of Adam goes
 * @param seed start of the random numbers
 * @param listener is told how it goes
 */
record DigitsTraining(int epochs, double learningRate, long seed, TrainingListener listener) {
    private static final int BATCH = 64;

    /** A trained network and what was measured on its way. */
    record Trained(Sequential model, History history) {
        /** The share of images that are read right. */
        double accuracy(Dataset images) {
            return new Evaluator(model, new CrossEntropyLoss(), new Accuracy())
                    .evaluate(DataLoader.of(images, BATCH))
                    .get("accuracy");
        }
    }

    /**
     * Trains a fresh network.
     *
     * @param images of what size they are, and of how many classes
     * @param train the same images, perhaps transformed
     * @param test what the second curve is measured on; it decides nothing: no epoch is picked by it
     */
    Trained train(DigitModel kind, ImageDataset images, Dataset train, Dataset test) {
        Generator generator = new Generator(seed);
        Sequential model = kind.build(images.imageShape(), images.classes(), generator);
        DataLoader batches = DataLoader.of(train, BATCH).shuffled(generator.split());
        History history = Trainer.builder(model, new CrossEntropyLoss(), new Adam(model.parameters(), learningRate))
                .validation(DataLoader.of(test, BATCH))
                .metrics(new Accuracy())
                .listener(listener)
                .build()
                .fit(batches, epochs);
        return new Trained(model, history);
    }
}
