// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/DataType.java. Read it, don't edit it.
package org.tinytorch.training;

import java.nio.ByteBuffer;

/**
 * How a number is kept in a safetensors file. All are read into doubles; {@link #F64}, {@link #F32} and, for integers, {@link #I8} are written from doubles. Rounding to two bytes is
 * the business of module 17, whose tensors are written as {@link RawTensor}s.
 */
public enum DataType {
    /** IEEE 754 double precision, 8 bytes: exactly what a tensor holds. */
    F64(8),
    /** IEEE 754 single precision, 4 bytes: half the size, some 7 decimal digits. */
    F32(4),
    /** IEEE 754 half precision, 2 bytes. */
    F16(2),
    /** The upper half of an {@link #F32}, 2 bytes. */
    BF16(2),
    /** Signed integer, 8 bytes. */
    I64(8),
    /** Signed integer, 4 bytes. */
    I32(4),
    /** Signed integer, 2 bytes. */
    I16(2),
    /** Signed integer, 1 byte. */
    I8(1),
    /** Unsigned integer, 8 bytes. */
    U64(8),
    /** Unsigned integer, 4 bytes. */
    U32(4),
    /** Unsigned integer, 2 bytes. */
    U16(2),
    /** Unsigned integer, 1 byte. */
    U8(1),
    /** 0 or 1, 1 byte. */
    BOOL(1);

    private static final long LARGEST_EXACT = 1L << 53;

    private final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes for one number. */
    public int bytes() {
        return bytes;
    }

    /** Bytes for so many numbers. */
    long bytes(int count) {
        return (long) bytes * count;
    }

    /** Whether this library writes the type. */
    boolean writable() {
        return this == F64 || this == F32 || this == I8;
    }

    /** @throws IllegalArgumentException if this library does not write the type */
    void checkWritable() {
        if (!writable()) {
            throw new IllegalArgumentException("safetensors: " + this
                    + " can be read but not written; use F64, F32 or, for integers, I8, or make RawTensors");
        }
    }

    /** Takes one number from a little-endian buffer. */
    double get(ByteBuffer from) {
        return switch (this) {
            case F64 -> from.getDouble();
            case F32 -> from.getFloat();
            case F16 -> half(from.getShort());
            case BF16 -> Float.intBitsToFloat(from.getShort() << 16);
            case I64 -> exact(from.getLong(), false);
            case I32 -> from.getInt();
            case I16 -> from.getShort();
            case I8 -> from.get();
            case U64 -> exact(from.getLong(), true);
            case U32 -> Integer.toUnsignedLong(from.getInt());
            case U16 -> Short.toUnsignedInt(from.getShort());
            case U8 -> Byte.toUnsignedInt(from.get());
            case BOOL -> bool(from.get());
        };
    }

    /**
     * Puts one number into a little-endian buffer, rounded to the nearest that the type has.
     *
     * @throws IllegalArgumentException if the type is for integers and this is none that it has, or the type is not written
     */
    void put(double value, ByteBuffer to) {
        switch (this) {
            case F64 -> to.putDouble(value);
            case F32 -> to.putFloat((float) value);
            case I8 -> to.put(integer(value));
            default -> checkWritable();
        }
    }

    private static byte integer(double value) {
        byte integer = (byte) value;
        if (integer != value) {
            throw new IllegalArgumentException(value + " is not an integer in " + Byte.MIN_VALUE + " … "
                    + Byte.MAX_VALUE + ", all that I8 holds; quantise the tensor, or use F32");
        }
        return integer;
    }

    /** The number that the bits of an {@link #F16} stand for: 1 sign bit, 5 bits of exponent biased by 15, 10 bits of fraction. */
    public static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude =
                switch (exponent) {
                    case 0 -> fraction * 0x1p-24;
                    case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
                };
        return bits < 0 ? -magnitude : magnitude;
    }

    private static double exact(long value, boolean unsigned) {
        if (value > LARGEST_EXACT || value < (unsigned ? 0 : -LARGEST_EXACT)) {
            throw new ArithmeticException(
                    "the integer " + (unsigned ? Long.toUnsignedString(value) : Long.toString(value))
                            + " is beyond 2^53, more than a double holds exactly");
        }
        return value;
    }

    private static double bool(byte value) {
        if (value != 0 && value != 1) {
            throw new ArithmeticException("the byte " + Byte.toUnsignedInt(value) + " is not a BOOL, which is 0 or 1");
        }
        return value;
    }
}
