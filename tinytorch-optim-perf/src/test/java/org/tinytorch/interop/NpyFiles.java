package org.tinytorch.interop;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files of NumPy's, byte by byte from the definition of the format. */
final class NpyFiles {
    private NpyFiles() {}

    /** A dict as NumPy writes it. */
    static String dict(String descr, boolean fortranOrder, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': " + (fortranOrder ? "True" : "False") + ", 'shape': "
                + shape + ", }";
    }

    /** A file of version 1.0 in C order. */
    static byte[] file(String descr, String shape, byte[] data) {
        return file(1, dict(descr, false, shape), data);
    }

    /** A file whose header is a text, ended by a line feed but not filled up. */
    static byte[] file(int version, String header, byte[] data) {
        byte[] text = (header + "\n").getBytes(version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, text.length);
        return concat(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0},
                version == 1 ? new byte[] {length.get(0), length.get(1)} : length.array(),
                text,
                data);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] bytes(int... bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int b : bytes) {
            all.write(b);
        }
        return all.toByteArray();
    }

    static byte[] doubles(double... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            buffer.putDouble(number);
        }
        return buffer.array();
    }
}
