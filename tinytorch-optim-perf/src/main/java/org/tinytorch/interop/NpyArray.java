package org.tinytorch.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;

/**
 * One array in NumPy's format, wherever it stands: the byte 0x93, {@code NUMPY}, two bytes of version, the length of the header (little-endian, 2 bytes in version 1.0, 4 in 2.0 and 3.0), the header (Latin-1, from 3.0 on
 * UTF-8), and the numbers.
 */
final class NpyArray {
    /** The longest header that is read, in bytes: what NumPy itself reads without being asked to trust the file. */
    static final int HEADER_LIMIT = 10_000;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final byte[] ZIP = {'P', 'K'};
    private static final byte[] PICKLE = {(byte) 0x80};
    private static final int BEFORE_LENGTH = 8;
    private static final int ALIGNMENT = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    /** HotSpot keeps some words for itself and answers larger requests with an error, whatever memory there is. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private NpyArray() {}

    /**
     * Reads an array that fills its place. What the header says is checked against the number of bytes and the limit before memory for the numbers is taken.
     *
     * @param bytes how many there are, header and numbers; no more is read
     * @param limit how many bytes the tensor may take, at 8 for each number
     * @throws IOException if they are not such an array, or a tensor cannot hold it; the message does not name the file
     */
    static Tensor read(InputStream in, long bytes, long limit) throws IOException {
        byte[] begin = fill(in, (int) Math.min(bytes, BEFORE_LENGTH));
        checkMagic(begin);
        checkThere(bytes, BEFORE_LENGTH + Short.BYTES, "the length of the header");
        int version = version(begin);
        boolean first = version == 1;
        int before = BEFORE_LENGTH + (first ? Short.BYTES : Integer.BYTES);
        checkThere(bytes, before, "the length of the header");
        ByteBuffer field = ByteBuffer.wrap(fill(in, before - BEFORE_LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
        long headerBytes = first ? Short.toUnsignedLong(field.getShort()) : Integer.toUnsignedLong(field.getInt());
        checkThere(bytes, before + headerBytes, "the header");
        if (headerBytes > HEADER_LIMIT) {
            throw new IOException(
                    "the header has " + headerBytes + " bytes, but that of an array of numbers never more than "
                            + HEADER_LIMIT + "; save the array again with numpy.save");
        }
        // What is no UTF-8 becomes a character that no header of numbers has.
        Charset charset = version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        NpyHeader header = NpyDict.parse(new String(fill(in, (int) headerBytes), charset), version < 3);
        checkSize(header, bytes - before - headerBytes, limit);
        return Tensors.of(numbers(in, header), header.shape());
    }

    private static void checkMagic(byte[] begin) throws IOException {
        if (startsWith(begin, MAGIC)) {
            return;
        }
        String what;
        if (startsWith(begin, ZIP)) {
            what = "this is a zip, as numpy.savez writes it: read it with Npz.read";
        } else if (startsWith(begin, PICKLE)) {
            what = "this looks like a pickle, which would run code from the file: save the array with numpy.save";
        } else {
            what = "this is no array of NumPy's: fetch it again, or save it with numpy.save";
        }
        throw new IOException("the first " + MAGIC.length + " bytes are not 0x93 and NUMPY; " + what);
    }

    /** Whether bytes are the first of an array. */
    static boolean isMagic(byte[] begin) {
        return startsWith(begin, MAGIC);
    }

    private static boolean startsWith(byte[] bytes, byte[] wanted) {
        return bytes.length >= wanted.length && Arrays.equals(bytes, 0, wanted.length, wanted, 0, wanted.length);
    }

    private static int version(byte[] begin) throws IOException {
        int major = Byte.toUnsignedInt(begin[MAGIC.length]);
        int minor = Byte.toUnsignedInt(begin[MAGIC.length + 1]);
        if (major < 1 || major > 3 || minor != 0) {
            throw new IOException(
                    "the format's version is " + major + "." + minor
                            + ", but this reader knows 1.0, 2.0 and 3.0; the file is corrupt, or too new: save it with numpy.save of NumPy 2");
        }
        return major;
    }

    private static void checkThere(long bytes, long needed, String what) throws IOException {
        if (bytes < needed) {
            throw new IOException(what + " ends at byte " + needed + ", but there are " + bytes
                    + "; the file is cut off: fetch it again");
        }
    }

    private static void checkSize(NpyHeader header, long there, long limit) throws IOException {
        long needed = header.dataBytes();
        if (needed != there) {
            String advice = needed > there
                    ? "the file is cut off: fetch it again"
                    : "something follows the array, perhaps a second one: save each by itself, or all with numpy.savez";
            throw new IOException("the header says " + header.type().type() + " of shape " + header.shape()
                    + ", which takes " + needed + " bytes, but " + there + " follow it; " + advice);
        }
        if (header.shape().size() > LARGEST_ARRAY) {
            throw new IOException("shape " + header.shape() + " has more than " + LARGEST_ARRAY
                    + " numbers, the most that a Java array holds; save the array in parts");
        }
        if ((long) Double.BYTES * header.shape().size() > limit) {
            throw new IOException("shape " + header.shape() + " takes "
                    + (long) Double.BYTES * header.shape().size()
                    + " bytes of memory, more than the limit leaves, which is " + limit
                    + "; if you trust the file, raise the limit: Npz.read(file, limit)");
        }
    }

    private static double[] numbers(InputStream in, NpyHeader header) throws IOException {
        NpyType type = header.type();
        double[] numbers = new double[header.shape().size()];
        ColumnMajor places = new ColumnMajor(header.shape());
        int chunk = BUFFER_BYTES / type.type().bytes();
        for (int from = 0, count; from < numbers.length; from += count) {
            count = Math.min(chunk, numbers.length - from);
            double[] part = part(in, type, count);
            if (header.fortranOrder()) {
                for (double number : part) {
                    numbers[places.next()] = number;
                }
            } else {
                System.arraycopy(part, 0, numbers, from, count);
            }
        }
        return numbers;
    }

    private static double[] part(InputStream in, NpyType type, int count) throws IOException {
        int width = type.type().bytes();
        byte[] bytes = fill(in, count * width);
        if (type.order() == ByteOrder.BIG_ENDIAN) {
            reverseEach(bytes, width);
        }
        try {
            return new RawTensor(type.type(), Shape.of(count), bytes).tensor().data();
        } catch (ArithmeticException e) {
            String advice = type.type() == DataType.BOOL
                    ? "; the file is corrupt: fetch it again"
                    : "; if rounding does no harm, save array.astype('float64') in Python";
            throw new IOException(e.getMessage() + advice, e);
        }
    }

    private static void reverseEach(byte[] bytes, int width) {
        for (int from = 0; from < bytes.length; from += width) {
            for (int left = from, right = from + width - 1; left < right; left++, right--) {
                byte kept = bytes[left];
                bytes[left] = bytes[right];
                bytes[right] = kept;
            }
        }
    }

    private static byte[] fill(InputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        if (in.readNBytes(bytes, 0, count) < count) {
            throw new IOException(
                    "the bytes end before the array does; the file is corrupt, or was written meanwhile: fetch it again");
        }
        return bytes;
    }

    /**
     * Writes an array in version 1.0, row-major and little-endian; its numbers begin at a multiple of 64 bytes.
     *
     * @throws IllegalArgumentException if the type is neither F64 nor F32, or the tensor has more axes than NumPy allows
     */
    static void write(Tensor tensor, DataType type, OutputStream out) throws IOException {
        int before = BEFORE_LENGTH + Short.BYTES;
        byte[] header = NpyHeader.encode(type, tensor.shape(), before, ALIGNMENT);
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) header.length, (byte) (header.length >> 8)});
        out.write(header);
        double[] numbers = tensor.data();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : numbers) {
            if (type == DataType.F32) {
                buffer.putFloat((float) number);
            } else {
                buffer.putDouble(number);
            }
            if (!buffer.hasRemaining()) {
                out.write(buffer.array());
                buffer.clear();
            }
        }
        out.write(buffer.array(), 0, buffer.position());
    }

    /** How many bytes {@link #write} writes. */
    static long bytes(Tensor tensor, DataType type) {
        int before = BEFORE_LENGTH + Short.BYTES;
        return before
                + NpyHeader.encode(type, tensor.shape(), before, ALIGNMENT).length
                + (long) type.bytes() * tensor.size();
    }
}
