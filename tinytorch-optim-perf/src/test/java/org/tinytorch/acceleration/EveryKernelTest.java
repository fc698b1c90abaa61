package org.tinytorch.acceleration;

import java.util.List;
import org.tinytorch.tensor.Backend;
import org.tinytorch.testing.BackendContract;

/** The whole registry of operations with kernels that find nothing too small: its samples are mostly smaller than what a backend hands to them. */
class EveryKernelTest extends BackendContract {
    private static final Workers TWO = new Workers(2);

    @Override
    protected Backend backend() {
        return new KernelBackend("nothing is too small") {
            @Override
            List<Kernels> kernels() {
                return List.of(
                        new FewRowProducts(TWO, 0),
                        new Products(new VectorGemm(), TWO, 0),
                        new WinogradConvolutions(TWO, 1, 1),
                        new Convolutions(DoublePixels::new, TWO),
                        new Pooling(TWO),
                        new BatchNormKernels(TWO, 1),
                        new NormKernels(TWO, 1),
                        new AttentionKernels(new VectorGemm(), TWO),
                        new Permutations(TWO),
                        new VectorMaps(TWO, 1),
                        new BinaryKernels(TWO, 1),
                        new RowKernels(TWO, 1));
            }
        };
    }
}
