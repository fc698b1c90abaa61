package org.tinytorch.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files by hand, right and wrong ones. */
final class IdxBytes {
    private IdxBytes() {}

    /** A header with any magic number and sizes, and any values after it. */
    static byte[] file(int magic, int[] dims, byte... values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(4 + 4 * dims.length + values.length).putInt(magic);
        for (int dim : dims) {
            buffer.putInt(dim);
        }
        return buffer.put(values).array();
    }

    static byte[] labels(int... values) {
        return file(0x801, new int[] {values.length}, bytes(values));
    }

    static byte[] images(int count, int rows, int columns, int... values) {
        return file(0x803, new int[] {count, rows, columns}, bytes(values));
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
