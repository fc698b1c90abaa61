// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/SparseKernels.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Optional;
import org.tinytorch.acceleration.KernelProvider;
import org.tinytorch.acceleration.Kernels;
import org.tinytorch.acceleration.Workers;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * {@link SparseProduct} with vectors, on all threads. A number of the weight is multiplied with the same input of many samples at once, which therefore lie side by side in panels; with few samples
 * that does not pay, and each result is a sum of its own.
 */
public final class SparseKernels implements KernelProvider {
    /** Fewer samples than this leave most of a vector empty. */
    private static final int FEW = 4;

    /** Multiply-adds that are worth another thread; their inputs are gathered from all over. */
    private static final int WORTH_A_THREAD = 16_384;

    /** For the {@link java.util.ServiceLoader}. */
    public SparseKernels() {}

    @Override
    public Kernels kernels(Workers workers) {
        return (op, inputs) -> op instanceof SparseProduct product
                ? Optional.of(compute(workers, product, inputs[0]))
                : Optional.empty();
    }

    private static Tensor compute(Workers workers, SparseProduct product, Tensor x) {
        product.check(x.shape());
        SparseMatrix weight = product.weight();
        int samples = x.dim(0);
        double[] out = new double[samples * weight.rows()];
        int most = (int) Math.min(weight.rows(), (long) samples * weight.stored() / WORTH_A_THREAD);
        if (weight instanceof BlockSparseMatrix blocks) {
            workers.share(
                    blocks.blockRows(), most, (from, to) -> new BlockRows(blocks, x.data(), out).multiply(from, to));
        } else if (weight instanceof CsrMatrix csr && samples < FEW) {
            workers.share(csr.rows(), most, (from, to) -> few(csr, from, to, x.data(), samples, out));
        } else if (weight instanceof CsrMatrix csr) {
            panels(workers, most, csr, x.data(), samples, out);
        }
        return Tensors.of(out, samples, weight.rows());
    }

    /** A panel to each thread; or if there are not enough of them, a part of the rows of each. */
    private static void panels(Workers workers, int most, CsrMatrix weight, double[] x, int samples, double[] out) {
        int panels = SparsePanel.count(samples);
        int threads = Math.max(1, Math.min(most, workers.threads()));
        int cuts = panels >= 2 * threads ? 1 : threads;
        workers.share(panels * cuts, threads, (first, end) -> {
            for (int part = first; part < end; part++) {
                SparsePanel panel = SparsePanel.of(part / cuts, x, samples, weight.columns());
                int from = (int) ((long) weight.rows() * (part % cuts) / cuts);
                int to = (int) ((long) weight.rows() * (part % cuts + 1) / cuts);
                panel.multiply(weight, from, to, out);
            }
        });
    }

    private static void few(CsrMatrix weight, int from, int to, double[] x, int samples, double[] out) {
        for (int sample = 0; sample < samples; sample++) {
            for (int row = from; row < to; row++) {
                out[sample * weight.rows() + row] = dot(weight, row, x, sample * weight.columns());
            }
        }
    }

    /** Four sums side by side, because each addition waits for the one before it. */
    private static double dot(CsrMatrix weight, int row, double[] x, int start) {
        double[] values = weight.values();
        int[] columns = weight.columnIndices();
        int end = weight.rowStart(row + 1);
        int p = weight.rowStart(row);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (; p + 4 <= end; p += 4) {
            s0 += values[p] * x[start + columns[p]];
            s1 += values[p + 1] * x[start + columns[p + 1]];
            s2 += values[p + 2] * x[start + columns[p + 2]];
            s3 += values[p + 3] * x[start + columns[p + 3]];
        }
        for (; p < end; p++) {
            s0 += values[p] * x[start + columns[p]];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
