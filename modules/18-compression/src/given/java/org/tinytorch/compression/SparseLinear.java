// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/SparseLinear.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Optional;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * A {@link Linear} that skips the zeros of its weight. For inference only: it has no parameters and saves nothing, so save the dense model, and convert it after loading.
 *
 * <p>Shapes: x {@code (…, in)}, result {@code (…, out)}.
 */
public final class SparseLinear extends Layer {
    private final SparseMatrix weight;
    private final Optional<Tensor> bias;

    private SparseLinear(SparseMatrix weight, Optional<Tensor> bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /** With the numbers, copied, of a dense layer, as a {@link CsrMatrix}. */
    public static SparseLinear of(Linear dense) {
        return new SparseLinear(CsrMatrix.of(dense.weight()), dense.bias().map(Tensor::copy));
    }

    /** With the numbers, copied, of a dense layer, as a {@link BlockSparseMatrix}. */
    public static SparseLinear inBlocks(Linear dense) {
        return new SparseLinear(
                BlockSparseMatrix.of(dense.weight()), dense.bias().map(Tensor::copy));
    }

    /** The weight, {@code out x in}. */
    public SparseMatrix weight() {
        return weight;
    }

    /** The dense layer again. */
    public Linear toDense() {
        return bias.map(values -> Linear.of(weight.toDense(), values.copy()))
                .orElseGet(() -> Linear.of(weight.toDense()));
    }

    @Override
    protected Tensor compute(Tensor x) {
        checkInput(x);
        Tensor rows = x.rank() == 2 ? x : x.reshape(-1, weight.columns());
        Tensor product = Operation.run(new SparseProduct(weight), rows);
        Tensor y = bias.isPresent() ? product.add(bias.get()) : product;
        return x.rank() == 2 ? y : y.reshape(x.shape().with(-1, weight.rows()));
    }

    private void checkInput(Tensor x) {
        if (x.rank() == 0 || x.dim(-1) != weight.columns()) {
            throw new IllegalArgumentException("sparse linear: input " + x.shape() + " does not end in "
                    + weight.columns() + " features, which the layer expects");
        }
        if (x.requiresGrad() && !NoGrad.isActive()) {
            throw new IllegalStateException("sparse linear: it is for inference, and sends no gradients back to its"
                    + " input; compute under NoGrad, or train the dense layer");
        }
    }

    @Override
    protected String options() {
        return "in=" + weight.columns() + ", out=" + weight.rows() + ", density=" + weight.roundedDensity() + ", bias="
                + bias.isPresent();
    }
}
