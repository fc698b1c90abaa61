// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/SpatialCosts.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import org.tinytorch.spatial.AdaptiveAvgPool;
import org.tinytorch.spatial.AvgPool;
import org.tinytorch.spatial.BatchNormalise;
import org.tinytorch.spatial.ChannelStatistics;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.spatial.ConvolutionInputGradient;
import org.tinytorch.spatial.ConvolutionRelu;
import org.tinytorch.spatial.ConvolutionWeightGradient;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.spatial.Window;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** The costs of convolutions, pooling and batch normalisation (module 09). */
final class SpatialCosts {
    private SpatialCosts() {}

    static CostTable addTo(CostTable table) {
        return norms(pools(convolutions(table)));
    }

    /** Each of the two gradients takes as many multiply-adds as the way forward. */
    private static CostTable convolutions(CostTable table) {
        return table.with(Convolution.class, (op, out, in) -> convolution(op, 0, out, in))
                .with(ConvolutionRelu.class, (op, out, in) -> convolution(op.convolution(), out.size(), out, in))
                .with(
                        ConvolutionInputGradient.class,
                        (op, out, in) -> Cost.of(
                                MultiplyAdds.of(op.convolution(), op.sizes(in[0].shape(), in[1].shape())), 0, out, in))
                .with(
                        ConvolutionWeightGradient.class,
                        (op, out, in) -> Cost.of(
                                MultiplyAdds.of(op.convolution(), op.sizes(in[0].shape(), in[1].shape())), 0, out, in));
    }

    private static Cost convolution(Convolution op, long more, Tensor out, Tensor... in) {
        long bias = in.length > 2 ? out.size() : 0;
        return Cost.of(MultiplyAdds.of(op, op.sizes(in[0].shape(), in[1].shape())), bias + more, out, in);
    }

    /** One comparison or addition for each pixel of each window; the gradient of a maximum looks for it again. */
    private static CostTable pools(CostTable table) {
        return table.with(MaxPool.class, (op, out, in) -> pool(op.rows(), op.columns(), out, out, in))
                .with(
                        MaxPool.Gradient.class,
                        (op, out, in) -> pool(op.pool().rows(), op.pool().columns(), in[1], out, in))
                .with(AvgPool.class, (op, out, in) -> pool(op.rows(), op.columns(), out, out, in))
                .with(
                        AvgPool.Gradient.class,
                        (op, out, in) -> pool(op.pool().rows(), op.pool().columns(), in[0], out, in))
                .with(AdaptiveAvgPool.class, (op, out, in) -> adaptive(op, in[0].shape(), out, in))
                .with(AdaptiveAvgPool.Gradient.class, (op, out, in) -> adaptive(op.pool(), op.input(), out, in));
    }

    private static Cost pool(Window rows, Window columns, Tensor windows, Tensor out, Tensor... in) {
        return Cost.of(0, (long) windows.size() * rows.size() * columns.size(), out, in);
    }

    /** One multiply-add for each pixel of each cell. */
    private static Cost adaptive(AdaptiveAvgPool pool, Shape x, Tensor out, Tensor... in) {
        long planes = (long) x.dim(0) * x.dim(1);
        return Cost.of(planes * covered(x.dim(2), pool.height()) * covered(x.dim(3), pool.width()), 0, out, in);
    }

    /** How many rows (or columns) the cells of {@link AdaptiveAvgPool} have together; one that two cells share counts twice. Three cells have 2, 3 and 2 of 5 rows: 7. */
    private static long covered(int length, int cells) {
        long covered = 0;
        for (long cell = 0; cell < cells; cell++) {
            long from = cell * length / cells;
            long to = ((cell + 1) * length + cells - 1) / cells;
            covered += to - from;
        }
        return covered;
    }

    /** For each number, after the formulas of {@link BatchNormalise}; what is done once a channel is left out. */
    private static CostTable norms(CostTable table) {
        return table.with(ChannelStatistics.class, (op, out, in) -> forEach(in[0], 1, 2, out, in))
                .with(BatchNormalise.class, (op, out, in) -> forEach(in[0], 1, 1, out, in))
                .with(BatchNormalise.ParameterGradients.class, (op, out, in) -> forEach(in[0], 1, 2, out, in))
                .with(BatchNormalise.InputGradient.class, (op, out, in) -> forEach(in[0], 1, 3, out, in));
    }

    /** So many multiply-adds and other operations for each number of x. */
    static Cost forEach(Tensor x, int multiplyAdds, int others, Tensor out, Tensor... in) {
        return Cost.of((long) multiplyAdds * x.size(), (long) others * x.size(), out, in);
    }
}
