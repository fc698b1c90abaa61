package org.tinytorch.milestones;

import java.util.Locale;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Fan;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Init;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;

/** The networks for CIFAR-10, {@code (N, 3, 32, 32)} to logits {@code (N, 10)}, each with the recipe that trains it. */
enum Cifar10Models {
    /** Five 3x3 convolutions, the images smaller and the channels more from stage to stage, as in VGG (Simonyan and Zisserman, 2014). */
    SMALL,

    /**
     * Residual blocks (He et al., 2015), few and wide, and the images made smaller early, in the manner of Page's network of nine layers (2018): wide layers keep a processor
     * busier than many narrow ones.
     */
    RESNET,

    /** Two small convolutions, for loops that are written to be understood and not to be fast. */
    TINY;

    private static final int CLASSES = 10;

    /** What trains it. Columns: epochs, batch, rate, momentum, decay, warm-up, smoothing, crop, target. */
    Cifar10Recipe recipe() {
        return switch (this) {
            case SMALL -> new Cifar10Recipe(6, 128, 0.1, 0.9, 5e-4, 0.2, 0, 4, 0.75);
            case RESNET -> new Cifar10Recipe(18, 128, 0.2, 0.9, 5e-4, 0.2, 0, 4, 0.88);
            case TINY -> new Cifar10Recipe(12, 32, 0.05, 0.9, 5e-4, 0.1, 0, 0, 0.42);
        };
    }

    /** A fresh network with weights drawn from a generator. */
    Layer build(Generator generator) {
        return switch (this) {
            case SMALL -> small(generator);
            case RESNET -> resnet(generator);
            case TINY -> tiny(generator);
        };
    }

    /** As the user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Most of the work is done where images are small already: a pooling follows the first convolution at once. */
    private static Layer small(Generator generator) {
        return Sequential.builder()
                .add("stage1", new Sequential(unit(3, 32, generator), new MaxPool2d(2)))
                .add("stage2", new Sequential(unit(32, 64, generator), unit(64, 64, generator), new MaxPool2d(2)))
                .add("stage3", new Sequential(unit(64, 128, generator), new MaxPool2d(2), unit(128, 128, generator)))
                .add("flatten", new Flatten())
                .add("dropout", new Dropout(0.2, generator.split()))
                .add("classes", new Linear(128 * 4 * 4, CLASSES, generator))
                .build();
    }

    /** A convolution, normalised and cut off at 0. */
    static Layer unit(int in, int out, Generator generator) {
        return new Sequential(conv3(in, out, 1, generator), new BatchNorm2d(out), new ReLU());
    }

    private static Layer tiny(Generator generator) {
        return new Sequential(
                conv3(3, 8, 2, generator),
                new BatchNorm2d(8),
                new ReLU(),
                conv3(8, 16, 2, generator),
                new BatchNorm2d(16),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(16 * 4 * 4, CLASSES, generator));
    }

    private static Layer resnet(Generator generator) {
        return Sequential.builder()
                .add("stem", new Sequential(unit(3, 32, generator), new MaxPool2d(2)))
                .add("widen1", unit(32, 64, generator))
                .add("block1", new Sequential(new ResidualBlock(64, generator), new MaxPool2d(2)))
                .add("widen2", unit(64, 128, generator))
                .add("block2", new Sequential(new ResidualBlock(128, generator), new MaxPool2d(2)))
                .add("widen3", unit(128, 256, generator))
                .add("pool", new GlobalAvgPool2d())
                .add("classes", new Linear(256, CLASSES, generator))
                .build();
    }

    /** A 3x3 convolution with He's initial weights, and no bias: the batch normalisation behind it would take it away again. */
    static Conv2d conv3(int in, int out, int stride, Generator generator) {
        Conv2d convolution =
                Conv2d.builder(in, out, 3).stride(stride).padding(1).noBias().build(generator);
        Init.kaimingNormal(convolution.weight(), Fan.OUT, Init.RELU_GAIN, generator);
        return convolution;
    }
}
