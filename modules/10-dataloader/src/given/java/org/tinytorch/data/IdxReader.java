// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/IdxReader.java. Read it, don't edit it.
package org.tinytorch.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.tinytorch.tensor.Shape;

/**
 * Reads files in the IDX format, in which MNIST and its relatives are distributed, with or without gzip around it (the content decides, not the name).
 *
 * <p>The format: two zero bytes, a byte for the type ({@code 08}: unsigned bytes, the only one read here), a byte for the number of axes, the size of
 * each axis as a big-endian 32-bit integer, then the values in row-major order and nothing more.
 *
 * <p>A file is believed only as far as its length allows: no memory is taken for values that it cannot hold.
 */
public final class IdxReader {
    private static final int UNSIGNED_BYTES = 8;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** Deflate makes nothing smaller than by this factor: 258 bytes in 2 bits. */
    private static final int DEFLATE_LIMIT = 1032;

    private final String name;
    private final long storedLength;

    private IdxReader(String name, long storedLength) {
        this.name = name;
        this.storedLength = storedLength;
    }

    /**
     * Reads one file.
     *
     * @throws IOException if it cannot be read, is not IDX with unsigned bytes, or is truncated, too long or corrupt; the message names the file
     */
    public static IdxArray read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("idx: " + file + ": there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), Files.size(file));
        }
    }

    /** Reads a stream to its end. */
    static IdxArray read(InputStream in, String name, long storedLength) throws IOException {
        IdxReader reader = new IdxReader(name, storedLength);
        try {
            BufferedInputStream raw = new BufferedInputStream(in);
            return isGzip(raw) ? reader.parse(new GZIPInputStream(raw), true) : reader.parse(raw, false);
        } catch (EOFException e) {
            throw reader.error("truncated: its " + storedLength + " bytes end before its content does", e);
        } catch (ZipException e) {
            throw reader.error("corrupt: not valid gzip: " + e.getMessage(), e);
        }
    }

    private static boolean isGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }

    private IdxArray parse(InputStream stream, boolean gzip) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        Shape shape = header(in);
        long headerLength = 4L + 4L * shape.rank();
        checkLength(shape, headerLength, gzip);
        byte[] values = in.readNBytes(shape.size());
        if (values.length < shape.size()) {
            throw error("truncated: shape " + shape + " takes " + shape.size() + " values, found " + values.length);
        }
        if (in.read() >= 0) {
            throw error(
                    "too long: shape " + shape + " takes " + (headerLength + shape.size()) + " bytes, but more follow");
        }
        return new IdxArray(name, shape, values);
    }

    private Shape header(DataInputStream in) throws IOException {
        int magic = in.readInt();
        int rank = magic & 0xff;
        if (magic >>> 16 != 0 || rank == 0) {
            throw error(String.format(
                    "not an IDX file: expected a magic number 00 00 08 and the number of axes, found %08x", magic));
        }
        int type = magic >>> 8;
        if (type != UNSIGNED_BYTES) {
            throw error(String.format("expected values of type 08 (unsigned bytes), found type %02x", type));
        }
        int[] dims = new int[rank];
        long size = 1;
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = in.readInt();
            if (dims[axis] < 0) {
                throw error("corrupt: axis " + axis + " has a size of " + Integer.toUnsignedString(dims[axis])
                        + ", more than an array can hold");
            }
            size *= dims[axis];
            if (size > LARGEST_ARRAY) {
                throw error(
                        "corrupt: axes 0 to " + axis + " alone take " + size + " values, more than an array can hold");
            }
        }
        return Shape.of(dims);
    }

    /** Compares what the header promises with the length of the file, before any memory is taken. */
    private void checkLength(Shape shape, long headerLength, boolean gzip) throws IOException {
        long promised = headerLength + shape.size();
        if (!gzip && promised != storedLength) {
            throw error((storedLength < promised ? "truncated" : "too long") + ": shape " + shape + " takes " + promised
                    + " bytes, found " + storedLength);
        }
        if (gzip && promised > storedLength * DEFLATE_LIMIT) {
            throw error("corrupt: shape " + shape + " takes " + promised + " bytes, which do not fit into "
                    + storedLength + " bytes of gzip");
        }
    }

    private IOException error(String message) {
        return new IOException("idx: " + name + ": " + message);
    }

    private IOException error(String message, Exception cause) {
        return new IOException("idx: " + name + ": " + message, cause);
    }
}
