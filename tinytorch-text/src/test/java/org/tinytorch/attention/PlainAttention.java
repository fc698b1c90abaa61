package org.tinytorch.attention;

import org.tinytorch.activation.Activations;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Attention by its formula, {@code softmax(Q·Kᵀ/√D) · V}, one head after the other. */
final class PlainAttention {
    private PlainAttention() {}

    /** @param mask broadcasts to {@code (B, H, Tq, Tk)} */
    static Tensor of(Tensor q, Tensor k, Tensor v, Tensor mask) {
        int heads = q.dim(2);
        int share = heads / k.dim(2);
        Tensor allowed = mask.expand(q.dim(0), heads, q.dim(1), k.dim(1));
        Tensor[] results = new Tensor[heads];
        for (int h = 0; h < heads; h++) {
            Tensor scores =
                    q.select(2, h).matmul(k.select(2, h / share).transpose()).div(Math.sqrt(q.dim(3)));
            Tensor seen =
                    Tensors.where(allowed.select(1, h), scores, Tensors.full(scores.shape(), Double.NEGATIVE_INFINITY));
            results[h] = Activations.softmax(seen, -1).matmul(v.select(2, h / share));
        }
        return Tensors.stack(2, results);
    }

    /** A mask that allows everything. */
    static Tensor everything() {
        return Tensors.ones(1, 1, 1, 1);
    }
}
