// Given code, written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/MaskView.java. Read it, don't edit it.
package org.tinytorch.attention;

import org.tinytorch.tensor.Tensor;

/** Reads a mask as if it had the shape of the weights; without one, everything may be looked at. */
@SuppressWarnings("ArrayRecordComponent") // a view of a tensor's numbers, never compared
public record MaskView(double[] mask, int ofBatch, int ofHead, int ofQuery, int ofKey) {
    private static final double[] ALL = {1};

    /** The mask among the inputs of an attention. */
    public static MaskView of(DotProductAttention attention, AttentionShape shape, Tensor... inputs) {
        if (inputs.length <= attention.tensors()) {
            return new MaskView(ALL, 0, 0, 0, 0);
        }
        int[] strides = inputs[attention.tensors()].shape().stridesWithin(shape.weights());
        return new MaskView(inputs[attention.tensors()].data(), strides[0], strides[1], strides[2], strides[3]);
    }

    /** Whether there is nothing to be read. */
    public boolean allowsAll() {
        return mask == ALL;
    }

    /** Where the row of a query begins. */
    public int row(int b, int h, int query) {
        return b * ofBatch + h * ofHead + query * ofQuery;
    }

    /** Whether a key may be looked at. */
    public boolean allows(int row, int key) {
        return mask[row + key * ofKey] != 0;
    }
}
