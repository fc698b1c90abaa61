// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/GlobalMaxPool2d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/** The largest number of each whole feature map, {@code (N, C, H, W)} to {@code (N, C)}: whether a feature was found anywhere. Equal ones share the gradient. */
public final class GlobalMaxPool2d extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
        ImageShape.check("globalMaxPool2d", x.shape());
        return x.max(2, 3);
    }
}
