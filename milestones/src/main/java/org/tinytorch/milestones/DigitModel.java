package org.tinytorch.milestones;

import java.util.Locale;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;

/** The networks that read digits: images {@code (N, channels, rows, columns)} to logits {@code (N, classes)}. */
enum DigitModel {
    /** 1986: a hidden layer, for which an image is a list of pixels in no order. */
    MLP,

    /** 1989: convolutions, which know what is beside what and see the same thing at any place (LeCun). */
    CNN;

    private static final int HIDDEN = 128;
    private static final int CHANNELS = 16;
    private static final double DROPOUT = 0.25;

    /** A fresh network with weights drawn from a generator. */
    Sequential build(Shape image, int classes, Generator generator) {
        return switch (this) {
            case MLP ->
                new Sequential(
                        new Flatten(),
                        new Linear(image.size(), HIDDEN, generator),
                        new ReLU(),
                        new Linear(HIDDEN, classes, generator));
            case CNN ->
                new Sequential(
                        Conv2d.builder(image.dim(0), CHANNELS, 3).same().build(generator),
                        new ReLU(),
                        new MaxPool2d(2),
                        Conv2d.builder(CHANNELS, 2 * CHANNELS, 3).same().build(generator),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Dropout(DROPOUT, generator.split()),
                        new Linear(2 * CHANNELS * (image.dim(1) / 4) * (image.dim(2) / 4), HIDDEN, generator),
                        new ReLU(),
                        new Linear(HIDDEN, classes, generator));
        };
    }

    /** As the user types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
