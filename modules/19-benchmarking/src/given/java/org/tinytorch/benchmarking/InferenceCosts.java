// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/InferenceCosts.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import org.tinytorch.caching.IncrementalAttention;
import org.tinytorch.compression.SparseProduct;
import org.tinytorch.precision.IntegerOperation;
import org.tinytorch.precision.IntegerWork;
import org.tinytorch.tensor.Tensor;

/** The costs of what makes inference cheaper: caches, small integers and sparse weights (modules 16 to 18). */
final class InferenceCosts {
    private InferenceCosts() {}

    static CostTable addTo(CostTable table) {
        return table.with(IncrementalAttention.class, InferenceCosts::attention)
                .with(IntegerOperation.class, (op, out, in) -> integers(op.work(in[0].shape())))
                .with(SparseProduct.class, InferenceCosts::sparseProduct);
    }

    /** One query of each head looks at each key that is kept; the room behind them is not read. */
    private static Cost attention(IncrementalAttention op, Tensor out, Tensor... in) {
        int width = in[1].dim(3);
        int valueWidth = in[2].dim(3);
        long heads = (long) in[0].dim(0) * in[0].dim(2);
        long groups = (long) in[1].dim(0) * in[1].dim(2);
        long looks = heads * op.kept();
        long numbersRead = in[0].size() + groups * op.kept() * (width + valueWidth);
        return new Cost(
                looks * (width + valueWidth),
                looks * TextCosts.LOOK,
                Double.BYTES * numbersRead,
                (long) Double.BYTES * out.size());
    }

    /** A multiply-add of integers counts as one of real numbers; that it is quicker shows in the time, and that an integer takes one byte, in the bytes. */
    private static Cost integers(IntegerWork work) {
        return new Cost(work.multiplyAdds(), work.others(), work.bytesRead(), work.bytesWritten());
    }

    /** For each sample, a multiply-add for each number that is stored; for each of these numbers its place is read too. */
    private static Cost sparseProduct(SparseProduct op, Tensor out, Tensor... in) {
        return new Cost(
                (long) in[0].dim(0) * op.weight().stored(),
                0,
                (long) Double.BYTES * in[0].size() + op.weight().bytes(),
                (long) Double.BYTES * out.size());
    }
}
