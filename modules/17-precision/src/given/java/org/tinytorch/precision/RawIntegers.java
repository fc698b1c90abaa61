// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/RawIntegers.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;

/**
 * How weights of integers lie in a file. Under a name the integers in {@link DataType#I8}, those of up to 4 bits two to a byte; under {@code name.scale} a number for each part, in single precision or in
 * 16 bits; zero points are 0. If an integer has not 8 bits, under {@code name.bits} how many, and under {@code name.shape} the shape. Of what turns an input into integers {@code name.scale}, and under
 * {@code name.zero_point} the integer that means 0, the least and the greatest.
 */
final class RawIntegers {
    static final String SCALE = ".scale";
    private static final String ZERO_POINT = ".zero_point";
    private static final String BITS = ".bits";
    private static final String SHAPE = ".shape";

    /** Integers of up to so many bits are stored two to a byte. */
    private static final int HALF_A_BYTE = 4;

    private RawIntegers() {}

    /** The entries of a tensor. */
    static Map<String, RawTensor> of(String name, QuantizedTensor tensor) {
        Map<String, RawTensor> entries = new LinkedHashMap<>();
        boolean halves = tensor.bits() <= HALF_A_BYTE;
        byte[] bytes = halves ? pack(tensor.values()) : tensor.values();
        entries.put(name, new RawTensor(DataType.I8, halves ? Shape.of(bytes.length) : tensor.shape(), bytes));
        int parts = tensor.parts().size();
        double[] scales = new double[parts];
        for (int i = 0; i < parts; i++) {
            scales[i] = tensor.part(i).scale();
        }
        entries.put(name + SCALE, StoredNumbers.of(scales));
        if (tensor.bits() != Byte.SIZE) {
            double[] dims =
                    Arrays.stream(tensor.shape().dims()).asDoubleStream().toArray();
            entries.put(name + BITS, RawTensor.of(Tensors.of(tensor.bits()), DataType.I8));
            entries.put(name + SHAPE, RawTensor.of(Tensors.of(dims), DataType.F64));
        }
        return entries;
    }

    /** The entries of what turns an input into integers. */
    static Map<String, RawTensor> of(String name, Quantization input) {
        Map<String, RawTensor> entries = new LinkedHashMap<>();
        entries.put(name + SCALE, RawTensor.of(Tensors.of(input.scale()), DataType.F32));
        entries.put(
                name + ZERO_POINT,
                RawTensor.of(Tensors.of(input.zeroPoint(), input.least(), input.greatest()), DataType.I8));
        return entries;
    }

    /**
     * A tensor from its entries.
     *
     * @throws IllegalArgumentException if one is missing, or they do not fit together
     */
    static QuantizedTensor tensor(String name, Map<String, RawTensor> entries) {
        RawTensor integers = entry(name, DataType.I8, entries);
        double[] scales = numbers(name + SCALE, entries);
        boolean whole = !entries.containsKey(name + BITS);
        int bits = whole ? Byte.SIZE : integers(name + BITS, 1, entries)[0];
        if (bits < 2 || bits > Byte.SIZE) {
            throw new IllegalArgumentException(
                    "quantized model: " + name + BITS + " is " + bits + ", but must be 2 to " + Byte.SIZE);
        }
        Shape shape = whole
                ? integers.shape()
                : Shape.of(integers(
                        name + SHAPE, entry(name + SHAPE, entries).shape().size(), entries));
        byte[] values = bits <= HALF_A_BYTE ? unpack(name, integers.bytes(), shape.size()) : integers.bytes();
        int greatest = (1 << bits - 1) - 1;
        List<Quantization> parts = new ArrayList<>();
        for (double scale : scales) {
            parts.add(new Quantization(scale, 0, -greatest - 1, greatest));
        }
        return new QuantizedTensor(values, shape, bits, parts);
    }

    /** What turns an input into integers, from its entries. */
    static Quantization input(String name, Map<String, RawTensor> entries) {
        double[] scale = numbers(name + SCALE, entries);
        int[] integers = integers(name + ZERO_POINT, 3, entries);
        if (scale.length != 1) {
            throw new IllegalArgumentException(
                    "quantized model: " + name + SCALE + " holds " + scale.length + " numbers, but must hold one");
        }
        return new Quantization(scale[0], integers[0], integers[1], integers[2]);
    }

    /**
     * Some whole numbers.
     *
     * @throws IllegalArgumentException if there are more or fewer, or one is not whole or beyond an int
     */
    static int[] integers(String name, int count, Map<String, RawTensor> entries) {
        RawTensor entry = entry(name, entries);
        if (entry.shape().size() != count || entry.type() == DataType.I64 || entry.type() == DataType.U64) {
            throw new IllegalArgumentException(
                    "quantized model: " + name + " holds " + entry.shape().size() + " numbers in " + entry.type()
                            + ", but must hold " + count + " small integers");
        }
        double[] numbers = entry.tensor().data();
        int[] integers = new int[count];
        for (int i = 0; i < count; i++) {
            integers[i] = (int) numbers[i];
            if (integers[i] != numbers[i]) {
                throw new IllegalArgumentException(
                        "quantized model: " + name + " holds " + numbers[i] + ", which is no whole number of an int");
            }
        }
        return integers;
    }

    private static RawTensor entry(String name, DataType type, Map<String, RawTensor> entries) {
        RawTensor entry = entry(name, entries);
        if (entry.type() != type) {
            throw new IllegalArgumentException(
                    "quantized model: " + name + " is kept in " + entry.type() + ", but must be in " + type);
        }
        return entry;
    }

    private static RawTensor entry(String name, Map<String, RawTensor> entries) {
        RawTensor entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("quantized model: there is no " + name
                    + "; the file is not complete, or not one of a quantised model");
        }
        return entry;
    }

    /** Numbers in single precision, or in 16 bits. */
    static double[] numbers(String name, Map<String, RawTensor> entries) {
        RawTensor entry = entry(name, entries);
        if (!StoredNumbers.TYPES.contains(entry.type())) {
            throw new IllegalArgumentException(
                    "quantized model: " + name + " is kept in " + entry.type() + ", but must be in F32, F16 or BF16");
        }
        return entry.tensor().data();
    }

    /** Two integers in each byte, the first in the lower half. */
    private static byte[] pack(byte... values) {
        byte[] packed = new byte[(values.length + 1) / 2];
        for (int i = 0; i < values.length; i++) {
            packed[i / 2] |= (byte) ((values[i] & 0xf) << i % 2 * HALF_A_BYTE);
        }
        return packed;
    }

    private static byte[] unpack(String name, byte[] packed, int count) {
        if (packed.length != (count + 1) / 2) {
            throw new IllegalArgumentException("quantized model: " + name + ": " + packed.length + " bytes do not hold "
                    + count + " integers of 4 bits; the file is corrupt");
        }
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
            values[i] = (byte) ((packed[i / 2] << (1 - i % 2) * HALF_A_BYTE & 0xf0) << 24 >> 28);
        }
        return values;
    }
}
