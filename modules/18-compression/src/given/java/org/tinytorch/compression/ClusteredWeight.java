// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/ClusteredWeight.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Arrays;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** A weight whose numbers are codes of a few values. Code 0 is the value 0, code c the c-th value of the codebook. */
public final class ClusteredWeight {
    static final int MOST_VALUES = 65_536;

    private final double[] codebook;
    private final int[] codes;
    private final Shape shape;

    private ClusteredWeight(double[] codebook, int[] codes, Shape shape) {
        this.codebook = codebook;
        this.codes = codes;
        this.shape = shape;
    }

    /** @param codebook ascending */
    static ClusteredWeight of(Tensor weight, double[] codebook) {
        int[] codes = new int[weight.size()];
        for (int i = 0; i < codes.length; i++) {
            double value = weight.data()[i];
            codes[i] = value == 0 ? 0 : 1 + nearest(codebook, value);
        }
        return new ClusteredWeight(codebook, codes, weight.shape());
    }

    /** The position of the nearest value, the lower of two that are as near: of {@code [1, 3]}, 2 is nearest to the first. */
    static int nearest(double[] ascending, double number) {
        int found = Arrays.binarySearch(ascending, number);
        int above = found >= 0 ? found : -found - 1; // the first that is not less
        if (above == 0) {
            return 0;
        }
        boolean isLast = above == ascending.length;
        return isLast || number - ascending[above - 1] <= ascending[above] - number ? above - 1 : above;
    }

    /** The shape of the weight. */
    public Shape shape() {
        return shape;
    }

    /** The values that are not 0, ascending. */
    public Tensor codebook() {
        return Tensors.of(codebook.clone());
    }

    /** The weight, with its values in place of their codes. */
    public Tensor toTensor() {
        double[] data = new double[codes.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = codes[i] == 0 ? 0 : codebook[codes[i] - 1];
        }
        return Tensors.of(data, shape);
    }

    /** How many bits a code takes: enough for the values, and for 0 if it occurs. Sixteen values without 0 take 4 bits. */
    public int bitsPerWeight() {
        boolean zeros = Arrays.stream(codes).anyMatch(code -> code == 0);
        int different = codebook.length + (zeros ? 1 : 0);
        return different <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(different - 1);
    }

    /** What it would take on a disk: the codes, packed, and the values with 32 bits each. */
    public long bytes() {
        long bits = (long) codes.length * bitsPerWeight() + 32L * codebook.length;
        return (bits + 7) / 8;
    }
}
