package org.tinytorch.milestones;

import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;

/** Networks with less than a tenth of the parameters of those that teach them; images {@code (N, channels, rows, columns)} to logits {@code (N, classes)}. */
final class Students {
    private static final int CHANNELS = 9;
    private static final int FEW_CHANNELS = 4;
    private static final int CLASSES = 10;

    private Students() {}

    /** For photographs of CIFAR-10: {@link Cifar10Models#SMALL} with little more than a quarter of its channels. 28,117 parameters. */
    static Sequential ofPhotographs(Generator generator) {
        return new Sequential(
                Cifar10Models.unit(3, CHANNELS, generator),
                new MaxPool2d(2),
                Cifar10Models.unit(CHANNELS, 2 * CHANNELS, generator),
                Cifar10Models.unit(2 * CHANNELS, 2 * CHANNELS, generator),
                new MaxPool2d(2),
                Cifar10Models.unit(2 * CHANNELS, 4 * CHANNELS, generator),
                new MaxPool2d(2),
                Cifar10Models.unit(4 * CHANNELS, 4 * CHANNELS, generator),
                new Flatten(),
                new Linear(4 * CHANNELS * 4 * 4, CLASSES, generator));
    }

    /** For digits: {@link DigitModel#CNN} without its hidden layer, and with a quarter of its channels. */
    static Sequential ofDigits(Shape image, int classes, Generator generator) {
        return new Sequential(
                Conv2d.builder(image.dim(0), FEW_CHANNELS, 3).same().build(generator),
                new ReLU(),
                new MaxPool2d(2),
                Conv2d.builder(FEW_CHANNELS, 2 * FEW_CHANNELS, 3).same().build(generator),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(2 * FEW_CHANNELS * (image.dim(1) / 4) * (image.dim(2) / 4), classes, generator));
    }
}
