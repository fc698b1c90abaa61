package org.tinytorch.compression;

import java.util.List;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.SpecProvider;
import org.tinytorch.testing.Values;

/** The specifications of module 18. */
public final class CompressionOperations implements SpecProvider {
    @Override
    public List<OperationSpec> specs() {
        OperationSpec.Builder spec =
                OperationSpec.of("sparse product", SparseProduct.class).tolerance(1e-12);
        sample(spec, 1, 7, 5, 0.4);
        sample(spec, 3, 30, 20, 0.3);
        sample(spec, 4, 9, 6, 0.5);
        sample(spec, 5, 1, 1, 1);
        sample(spec, 13, 8, 3, 0);
        sample(spec, 37, 19, 23, 0.2);
        sample(spec, 70, 33, 9, 0.6);
        sample(spec, 70, 150, 60, 0.3);
        return List.of(spec.rejects(
                        IllegalArgumentException.class,
                        "sparse product: input (2, 4) does not fit a weight of 2 x 3; it needs (N, 3)",
                        new SparseProduct(CsrMatrix.of(Values.spread(1, 1, 2, 2, 3))),
                        Values.spread(2, -1, 1, 2, 4))
                .build());
    }

    private static void sample(OperationSpec.Builder spec, int samples, int in, int out, double density) {
        Tensor weight = CsrMatrixTest.random(new Generator(samples + in), out, in, density);
        Tensor x = Values.spread(2, -1, 1, samples, in);
        spec.sample(new SparseProduct(CsrMatrix.of(weight)), inputs -> product(inputs[0], weight), x);
        spec.sample(new SparseProduct(BlockSparseMatrix.of(weight)), inputs -> product(inputs[0], weight), x);
    }

    /** The formula, one number at a time. */
    private static Tensor product(Tensor x, Tensor weight) {
        return Naive.fill(new int[] {x.dim(0), weight.dim(0)}, at -> {
            double sum = 0;
            for (int k = 0; k < x.dim(1); k++) {
                sum += x.get(at[0], k) * weight.get(at[1], k);
            }
            return sum;
        });
    }
}
