// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/WeightBlocks.java. Read it, don't edit it.
package org.tinytorch.compression;

import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A weight {@code (outputs, …)} cut into blocks: the numbers that some neighbouring outputs have for the same input. Where the outputs cannot be divided by the height, the last blocks are lower. Blocks
 * of height 1 are single numbers.
 *
 * @param weight of any rank above 0
 * @param height outputs in a block
 */
record WeightBlocks(Tensor weight, int height) {
    private int inputs() {
        return weight.size() / weight.dim(0);
    }

    /** How many blocks there are. */
    int count() {
        return (weight.dim(0) + height - 1) / height * inputs();
    }

    /** The block of a number. */
    private int block(int position) {
        return position / inputs() / height * inputs() + position % inputs();
    }

    /** The average magnitude of the numbers of each block: of {@code [[1, 5], [-3, 5]]} in blocks of two, 2 and 5. */
    double[] magnitudes() {
        double[] sums = new double[count()];
        int[] numbers = new int[count()];
        for (int i = 0; i < weight.size(); i++) {
            sums[block(i)] += Math.abs(weight.data()[i]);
            numbers[block(i)]++;
        }
        for (int block = 0; block < sums.length; block++) {
            sums[block] /= numbers[block];
        }
        return sums;
    }

    /** What is said of each block, said of each number. The first block's is at {@code from}. */
    Tensor expand(double[] ofBlocks, int from) {
        double[] data = new double[weight.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = ofBlocks[from + block(i)];
        }
        return Tensors.of(data, weight.shape());
    }
}
