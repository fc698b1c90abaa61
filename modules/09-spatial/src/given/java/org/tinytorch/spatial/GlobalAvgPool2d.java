// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/spatial/GlobalAvgPool2d.java. Read it, don't edit it.
package org.tinytorch.spatial;

import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/** The mean of each whole feature map, {@code (N, C, H, W)} to {@code (N, C)}: how much of each feature there is, wherever it is (Lin et al., 2013). */
public final class GlobalAvgPool2d extends Layer {
    @Override
    protected Tensor compute(Tensor x) {
        ImageShape.check("globalAvgPool2d", x.shape());
        return x.mean(2, 3);
    }
}
