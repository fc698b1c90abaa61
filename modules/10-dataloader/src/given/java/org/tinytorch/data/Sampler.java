// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Sampler.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.List;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.Stochastic;

/** Decides which samples an epoch visits, and in what order. After {@code torch.utils.data.Sampler}. */
public interface Sampler extends Stochastic {
    /** The number of samples in an epoch, the same in each. */
    int size();

    /** The samples of the next epoch: {@link #size()} indices, in order. All random numbers that it takes are drawn now. */
    int[] indices();

    /** Where random numbers come from; none by default. */
    @Override
    default List<Generator> generators() {
        return List.of();
    }
}
