// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/TransformedDataset.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.Arrays;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

/** The samples of another data set, with their inputs transformed when they are fetched. Made by {@link Dataset#transformed}. */
final class TransformedDataset implements Dataset {
    private static final long FIXED_SEED = 0;

    /** Odd and irregular, so that seeds of neighbouring samples have little in common before they are stirred, too. */
    private static final long STRIDE = 0xD1342543DE82EF95L;

    private final Dataset source;
    private final Transform transform;

    TransformedDataset(Dataset source, Transform transform) {
        this.source = source;
        this.transform = transform;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Batch batch(int... indices) {
        return batch(indices, FIXED_SEED);
    }

    @Override
    public Batch batch(int[] indices, long epochSeed) {
        // A source that draws, too, gets another seed: the same numbers twice would tie a crop to a flip.
        Batch raw = source.batch(indices, new Generator(epochSeed).nextLong());
        Shape rawShape = raw.input().shape().without(0);
        double[] all = raw.input().data();
        int rawSize = rawShape.size();
        Tensor out = raw.input();
        for (int i = 0; i < indices.length; i++) {
            Tensor sample = Tensors.of(Arrays.copyOfRange(all, i * rawSize, (i + 1) * rawSize), rawShape);
            Tensor result = transform.apply(sample, random(epochSeed, indices[i]));
            if (i == 0) {
                out = Tensors.zeros(Rows.shape(indices.length, result.shape()));
            }
            check(result.shape(), out.shape().without(0), indices[i], indices[0]);
            System.arraycopy(result.data(), 0, out.data(), i * result.size(), result.size());
        }
        return new Batch(out, raw.target());
    }

    /** What a sample of an epoch draws from: no other sample, batch or thread has a part in it. */
    private static Generator random(long epochSeed, int index) {
        return new Generator(epochSeed + index * STRIDE).split();
    }

    private static void check(Shape shape, Shape expected, int index, int first) {
        if (!shape.equals(expected)) {
            throw new IllegalArgumentException("transformed: sample " + index + " became " + shape + ", but sample "
                    + first + " of the same batch " + expected + "; a transform must give one shape");
        }
    }
}
