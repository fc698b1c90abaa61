// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/BasicCosts.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import org.tinytorch.activation.Activation;
import org.tinytorch.activation.LogSoftmax;
import org.tinytorch.activation.Softmax;
import org.tinytorch.tensor.ArgReduce;
import org.tinytorch.tensor.BinaryOp;
import org.tinytorch.tensor.Concat;
import org.tinytorch.tensor.CumSum;
import org.tinytorch.tensor.Expand;
import org.tinytorch.tensor.Gather;
import org.tinytorch.tensor.IndexSelect;
import org.tinytorch.tensor.MatMul;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Pad;
import org.tinytorch.tensor.Permute;
import org.tinytorch.tensor.ProdOfOthers;
import org.tinytorch.tensor.Reduce;
import org.tinytorch.tensor.Reshape;
import org.tinytorch.tensor.Slice;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Triangle;
import org.tinytorch.tensor.UnaryOp;
import org.tinytorch.tensor.Unslice;
import org.tinytorch.tensor.Where;

/** The costs of tensor operations and activations (modules 02 and 03). */
final class BasicCosts {
    /** Of a softmax, for each number: compare with the maximum, subtract it, raise, sum up, divide (or, for the logarithm, subtract). */
    static final int SOFTMAX = 5;

    private BasicCosts() {}

    static CostTable addTo(CostTable table) {
        return moves(table)
                .with(
                        MatMul.class,
                        (op, out, in) -> Cost.of(MultiplyAdds.of(op.sizes(in[0].shape(), in[1].shape())), 0, out, in))
                .with(UnaryOp.class, BasicCosts::oneForEach)
                .with(BinaryOp.class, BasicCosts::oneForEach)
                .with(Where.class, BasicCosts::oneForEach)
                .with(Activation.Gradient.class, (op, out, in) -> Cost.of(0, 2L * out.size(), out, in))
                .with(Softmax.class, BasicCosts::softmax)
                .with(LogSoftmax.class, BasicCosts::softmax)
                .with(Reduce.class, BasicCosts::oneForEachInput)
                .with(ArgReduce.class, BasicCosts::oneForEachInput)
                .with(CumSum.class, BasicCosts::oneForEachInput)
                .with(ProdOfOthers.class, (op, out, in) -> Cost.of(0, 2L * out.size(), out, in))
                .with(Gather.Scatter.class, BasicCosts::oneForEachInput)
                .with(IndexSelect.Scatter.class, BasicCosts::oneForEachInput);
    }

    /** What only moves numbers. A reshaped tensor shares them: nothing is moved. */
    private static CostTable moves(CostTable table) {
        return table.with(Reshape.class, (op, out, in) -> Cost.NONE)
                .with(Expand.class, BasicCosts::copy)
                .with(Permute.class, BasicCosts::copy)
                .with(Concat.class, BasicCosts::copy)
                .with(Pad.class, BasicCosts::copy)
                .with(Triangle.class, BasicCosts::copy)
                .with(Unslice.class, BasicCosts::copy)
                .with(Slice.class, (op, out, in) -> pick(out, 0))
                .with(Gather.class, (op, out, in) -> pick(out, in[1].size()))
                .with(IndexSelect.class, (op, out, in) -> pick(out, in[1].size()));
    }

    private static Cost oneForEach(Operation op, Tensor out, Tensor... inputs) {
        return Cost.of(0, out.size(), out, inputs);
    }

    private static Cost oneForEachInput(Operation op, Tensor out, Tensor... inputs) {
        return Cost.of(0, inputs[0].size(), out, inputs);
    }

    private static Cost softmax(Operation op, Tensor out, Tensor... inputs) {
        return Cost.of(0, (long) SOFTMAX * out.size(), out, inputs);
    }

    private static Cost copy(Operation op, Tensor out, Tensor... inputs) {
        return Cost.of(0, 0, out, inputs);
    }

    /** Reads no more of the input than it returns, and perhaps an index. */
    static Cost pick(Tensor out, long indices) {
        return new Cost(0, 0, Double.BYTES * (out.size() + indices), (long) Double.BYTES * out.size());
    }
}
