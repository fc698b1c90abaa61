// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Compose.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.List;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/**
 * Transforms one after another, after {@code torchvision.transforms.Compose}. Of no transforms, it changes nothing.
 *
 * @param transforms the first one first
 */
public record Compose(List<Transform> transforms) implements Transform {
    /** Keeps a copy of the list. */
    public Compose {
        transforms = List.copyOf(transforms);
    }

    /** The transforms in the order given. */
    public Compose(Transform... transforms) {
        this(List.of(transforms));
    }

    @Override
    public Tensor apply(Tensor sample, Generator random) {
        Tensor result = sample;
        for (Transform transform : transforms) {
            result = transform.apply(result, random);
        }
        return result;
    }
}
