package org.tinytorch.milestones;

/**
 * How a network for CIFAR-10 is trained, all of it in one place: stochastic gradient descent with momentum, its rate warmed up and then lowered along half a cosine.
 *
 * @param epochs rounds through the training images
 * @param batch images in a step
 * @param learningRate the highest rate
 * @param momentum the part of the velocity that stays
 * @param weightDecay how strongly weights are drawn towards 0; biases and what batch normalisation learns are left alone
 * @param warmUp the part of all steps in which the rate rises
 * @param labelSmoothing the part of each target that is spread over all classes
 * @param crop by how many pixels an image may be moved
 * @param target the least test accuracy that passes
 */
record Cifar10Recipe(
        int epochs,
        int batch,
        double learningRate,
        double momentum,
        double weightDecay,
        double warmUp,
        double labelSmoothing,
        int crop,
        double target) {
    /** The same but for what a user may choose. */
    Cifar10Recipe with(int otherEpochs, int otherBatch, double otherRate) {
        return new Cifar10Recipe(
                otherEpochs, otherBatch, otherRate, momentum, weightDecay, warmUp, labelSmoothing, crop, target);
    }
}
