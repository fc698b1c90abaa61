package org.tinytorch.milestones;

import java.util.stream.IntStream;
import org.tinytorch.data.ImageDataset;

/** The first images of a set, where all of them would take too long. */
final class FirstImages {
    private FirstImages() {}

    /** So many, or all if there are no more. */
    static ImageDataset of(ImageDataset images, int count) {
        return images.select(IntStream.range(0, Math.min(count, images.size())).toArray());
    }
}
