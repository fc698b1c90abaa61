// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/IdxArray.java. Read it, don't edit it.
package org.tinytorch.data;

import java.io.IOException;
import org.tinytorch.tensor.Shape;

/** What an IDX file holds: unsigned bytes and their shape. */
public final class IdxArray {
    private final String name;
    private final Shape shape;
    private final byte[] values;

    IdxArray(String name, Shape shape, byte[] values) {
        this.name = name;
        this.shape = shape;
        this.values = values;
    }

    /** The size along each axis. */
    public Shape shape() {
        return shape;
    }

    /** A copy of the bytes, in row-major order. */
    public byte[] values() {
        return values.clone();
    }

    /** The bytes themselves, for readers in this package that give nothing away. */
    byte[] live() {
        return values;
    }

    /** Where this was read from, for messages. */
    String name() {
        return name;
    }

    /** This, if it has a number of axes. */
    IdxArray withRank(int rank, String meaning) throws IOException {
        if (shape.rank() != rank) {
            throw new IOException("idx: " + name + ": expected " + meaning + ", found shape " + shape
                    + "; is this another of the data set's files?");
        }
        return this;
    }
}
