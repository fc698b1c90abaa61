package org.tinytorch.acceleration;

import java.util.Arrays;
import java.util.Optional;
import org.tinytorch.attention.AttentionShape;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/**
 * Attention block by block: the scores of some queries with all keys they see are a matrix product, their weighted averages of the values another one, and nothing larger is ever in memory. So the
 * memory grows with the length of the sequence and not with its square (Rabe and Staats, 2021).
 */
final class AttentionKernels implements Kernels {
    private final Gemm gemm;
    private final Workers workers;

    /** @param gemm on one thread */
    AttentionKernels(Gemm gemm, Workers workers) {
        this.gemm = gemm;
        this.workers = workers;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (op instanceof DotProductAttention attention) {
            AttentionShape shape = AttentionShape.of(attention, inputs);
            return worthIt(shape) ? Optional.of(forward(attention, shape, inputs)) : Optional.empty();
        }
        if (op instanceof DotProductAttention.Gradient gradient) {
            Tensor[] before = Arrays.copyOf(inputs, inputs.length - 1);
            Tensor g = inputs[inputs.length - 1];
            AttentionShape shape = AttentionShape.of(gradient.of(), before);
            DotProductAttention.Gradient.checkGradient(g, shape);
            return worthIt(shape) ? Optional.of(backward(gradient.of(), shape, g, before)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** An empty sum has no product. */
    private static boolean worthIt(AttentionShape shape) {
        return shape.weights().size() > 0 && shape.width() > 0 && shape.valueWidth() > 0;
    }

    private Tensor forward(DotProductAttention attention, AttentionShape shape, Tensor... inputs) {
        double[] out = Results.array(shape.result().size());
        int heads = shape.batch() * shape.heads();
        share(heads, shape, (from, to) -> {
            AttentionBlock block = new AttentionBlock(gemm, attention, shape, inputs);
            for (int head = from; head < to; head++) {
                block.head(head / shape.heads(), head % shape.heads());
                for (int query = 0; query < shape.queries(); query += AttentionBlock.ROWS) {
                    block.look(query);
                    block.mix(out);
                }
            }
        });
        return Results.tensor(out, shape.result());
    }

    /** Heads that share keys and values add to the same gradients: one thread takes them all. */
    private Tensor backward(DotProductAttention attention, AttentionShape shape, Tensor g, Tensor... inputs) {
        int size = shape.gradientSize();
        double[] gradients = Results.array(size);
        int together = shape.heads() / shape.groups();
        share(shape.batch() * shape.groups(), shape, (from, to) -> {
            AttentionBlock block = new AttentionBlock(gemm, attention, shape, inputs);
            for (int group = from; group < to; group++) {
                int b = group / shape.groups();
                int firstHead = group % shape.groups() * together;
                for (int h = firstHead; h < firstHead + together; h++) {
                    block.head(b, h);
                    block.prepareGradients();
                    int lastStart = (shape.queries() - 1) / AttentionBlock.ROWS * AttentionBlock.ROWS;
                    for (int query = lastStart; query >= 0; query -= AttentionBlock.ROWS) { // the last sees all keys
                        block.look(query);
                        block.sendBack(g.data(), gradients, h == firstHead && query == lastStart);
                    }
                }
            }
        });
        return Results.tensor(gradients, Shape.of(size));
    }

    private void share(int count, AttentionShape shape, Workers.Range range) {
        long multiplyAdds = (long) shape.weights().size() * (shape.width() + shape.valueWidth());
        workers.share(count, SplitGemm.parts(multiplyAdds, count, workers.threads()), range);
    }
}
