// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/IntegerPooling.java. Read it, don't edit it.
package org.tinytorch.precision;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link IntegerMaxPool} with vectors: many channels of one place at a time. */
final class IntegerPooling {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_128;
    private static final int LANES = SPECIES.length();

    private IntegerPooling() {}

    static IntegerMap max(IntegerMaxPool pool, IntegerMap in) {
        IntegerMap.Size out = pool.size(in.shape());
        int channels = out.channels();
        if (channels % LANES != 0) {
            return pool.forward(in);
        }
        byte[] values = new byte[out.count()];
        for (int i = 0; i < out.rows(); i++) {
            for (int j = 0; j < out.columns(); j++) {
                int first = (pool.rows().start(i) * in.shape().columns()
                                + pool.columns().start(j))
                        * channels;
                for (int c = 0; c < channels; c += LANES) {
                    largest(pool, in, first + c).intoArray(values, (i * out.columns() + j) * channels + c);
                }
            }
        }
        return new IntegerMap(values, out, in.how());
    }

    private static ByteVector largest(IntegerMaxPool pool, IntegerMap in, int first) {
        byte[] from = in.values();
        int step = pool.columns().dilation() * in.shape().channels();
        int rowStep = pool.rows().dilation() * in.shape().columns() * in.shape().channels();
        ByteVector largest = ByteVector.fromArray(SPECIES, from, first);
        for (int a = 0; a < pool.rows().size(); a++) {
            for (int b = 0; b < pool.columns().size(); b++) {
                largest = largest.max(ByteVector.fromArray(SPECIES, from, first + a * rowStep + b * step));
            }
        }
        return largest;
    }
}
