// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/DataSplit.java. Read it, don't edit it.
package org.tinytorch.data;

/**
 * Images to learn from, and images to be tested on that were kept apart from them.
 *
 * @param train to learn from
 * @param test to measure with
 */
public record DataSplit(ImageDataset train, ImageDataset test) {
    /**
     * Checks that a model for one fits the other.
     *
     * @throws IllegalArgumentException if the images differ in shape or the classes in number
     */
    public DataSplit {
        if (!train.imageShape().equals(test.imageShape()) || train.classes() != test.classes()) {
            throw new IllegalArgumentException("data split: training images " + train.imageShape() + " of "
                    + train.classes() + " classes and test images " + test.imageShape() + " of " + test.classes()
                    + " classes do not belong together; shapes and classes must be equal");
        }
    }
}
