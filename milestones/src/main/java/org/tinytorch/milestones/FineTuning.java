package org.tinytorch.milestones;

import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Layer;
import org.tinytorch.optim.Adam;
import org.tinytorch.optim.CosineWithWarmup;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.training.Trainer;
import org.tinytorch.training.TrainerBuilder;

/**
 * A training with Adam, its rate lowered along half a cosine: for what is left of a network, or for a small one.
 *
 * @param epochs rounds through the training images
 * @param learningRate the highest rate
 */
record FineTuning(int epochs, double learningRate) {
    /**
     * A trainer, to which more can be added.
     *
     * @param batches in an epoch
     */
    TrainerBuilder trainer(Layer model, Loss loss, int batches) {
        Optimizer optimizer = new Adam(model.parameters(), learningRate);
        return Trainer.builder(model, loss, optimizer)
                .scheduleEachStep(new CosineWithWarmup(optimizer, 0, batches * epochs));
    }
}
