// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/RawTensor.java. Read it, don't edit it.
package org.tinytorch.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A tensor as a file holds it: bytes, not doubles. A weight of a million numbers in {@link DataType#I8} takes a megabyte, where a {@link Tensor} takes eight.
 *
 * @see RawTensors
 */
public final class RawTensor {
    private final DataType type;
    private final Shape shape;
    private final byte[] littleEndian;

    /**
     * A tensor over bytes, which it shares.
     *
     * @param type how a number is kept
     * @param littleEndian the numbers in row-major order, the lowest byte of each first
     * @throws IllegalArgumentException if there are too few bytes for the shape, or too many
     */
    public RawTensor(DataType type, Shape shape, byte[] littleEndian) {
        if (littleEndian.length != type.bytes(shape.size())) {
            throw new IllegalArgumentException("raw tensor: " + type + " of shape " + shape + " takes "
                    + type.bytes(shape.size()) + " bytes, but there are " + littleEndian.length);
        }
        this.type = type;
        this.shape = shape;
        this.littleEndian = littleEndian;
    }

    /**
     * The bytes of a tensor.
     *
     * @param type {@link DataType#F64}, {@link DataType#F32}, or {@link DataType#I8} for integers in −128 … 127
     * @throws IllegalArgumentException if the type is another one, a number is none that it holds, or there are more than 2³¹ − 1 bytes
     */
    public static RawTensor of(Tensor tensor, DataType type) {
        type.checkWritable();
        byte[] bytes = new byte[length(type, tensor.shape())];
        ByteBuffer to = littleEndian(bytes);
        for (double number : tensor.data()) {
            type.put(number, to);
        }
        return new RawTensor(type, tensor.shape(), bytes);
    }

    /**
     * How many bytes a tensor takes, which must be one array.
     *
     * @throws IllegalArgumentException if they are too many
     */
    static int length(DataType type, Shape shape) {
        long bytes = type.bytes(shape.size());
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("raw tensor: " + type + " of shape " + shape + " takes " + bytes
                    + " bytes, more than one array holds; use SafeTensors, or split it");
        }
        return (int) bytes;
    }

    /** How a number is kept. */
    public DataType type() {
        return type;
    }

    /** The size along each axis. */
    public Shape shape() {
        return shape;
    }

    /** The numbers in row-major order, the lowest byte of each first: the live array, for reading only. */
    public byte[] bytes() {
        return littleEndian;
    }

    /**
     * The numbers as doubles.
     *
     * @throws ArithmeticException if an integer is beyond 2⁵³, more than a double holds exactly
     */
    public Tensor tensor() {
        ByteBuffer bytes = littleEndian(littleEndian);
        double[] numbers = new double[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = type.get(bytes);
        }
        return Tensors.of(numbers, shape);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** As in {@code RawTensor(I8, (128, 64))}. */
    @Override
    public String toString() {
        return "RawTensor(" + type + ", " + shape + ")";
    }
}
