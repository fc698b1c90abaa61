package org.tinytorch.precision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;

/**
 * How quantised tensors lie in a file. Under a name the integers in {@link DataType#I8}, those of up to 4 bits two to a byte; under {@code name.scale} a number in single precision for each part; under
 * {@code name.zero_point} one integer for each part, if not all are 0; under {@code name.bits} the bits of an integer, and if they are not 8, under {@code name.shape} the shape.
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
        double[] zeroPoints = new double[parts];
        for (int i = 0; i < parts; i++) {
            scales[i] = tensor.part(i).scale();
            zeroPoints[i] = tensor.part(i).zeroPoint();
        }
        entries.put(name + SCALE, RawTensor.of(Tensors.of(scales), DataType.F32));
        if (!tensor.isSymmetric()) {
            entries.put(name + ZERO_POINT, RawTensor.of(Tensors.of(zeroPoints), DataType.I8));
        }
        if (tensor.bits() != Byte.SIZE) {
            double[] dims = java.util.Arrays.stream(tensor.shape().dims())
                    .asDoubleStream()
                    .toArray();
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
        RawTensor integers = entry(name, entries);
        double[] scales = entry(name + SCALE, entries).tensor().data();
        int bits = entries.containsKey(name + BITS)
                ? (int) entry(name + BITS, entries).tensor().item()
                : Byte.SIZE;
        Shape shape = entries.containsKey(name + SHAPE)
                ? Shape.of(java.util.Arrays.stream(
                                entry(name + SHAPE, entries).tensor().data())
                        .mapToInt(dim -> (int) dim)
                        .toArray())
                : integers.shape();
        byte[] values = bits <= HALF_A_BYTE ? unpack(integers.bytes(), shape.size()) : integers.bytes();
        boolean symmetric = !entries.containsKey(name + ZERO_POINT);
        Tensor zeroPoints = symmetric
                ? Tensors.zeros(scales.length)
                : entry(name + ZERO_POINT, entries).tensor();
        int greatest = (1 << bits - 1) - 1;
        List<Quantization> parts = new ArrayList<>();
        for (int i = 0; i < scales.length; i++) {
            parts.add(new Quantization(
                    scales[i], (int) zeroPoints.data()[i], symmetric ? -greatest : -greatest - 1, greatest));
        }
        return new QuantizedTensor(values, shape, bits, parts);
    }

    /** What turns an input into integers, from its entries. */
    static Quantization input(String name, Map<String, RawTensor> entries) {
        double[] integers = entry(name + ZERO_POINT, entries).tensor().data();
        return new Quantization(
                entry(name + SCALE, entries).tensor().item(), (int) integers[0], (int) integers[1], (int) integers[2]);
    }

    static RawTensor entry(String name, Map<String, RawTensor> entries) {
        RawTensor entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("quantized model: there is no " + name
                    + "; the file is not complete, or not one of a quantised model");
        }
        return entry;
    }

    /** Two integers in each byte, the first in the lower half. */
    private static byte[] pack(byte... values) {
        byte[] packed = new byte[(values.length + 1) / 2];
        for (int i = 0; i < values.length; i++) {
            packed[i / 2] |= (byte) ((values[i] & 0xf) << i % 2 * HALF_A_BYTE);
        }
        return packed;
    }

    private static byte[] unpack(byte[] packed, int count) {
        if (packed.length != (count + 1) / 2) {
            throw new IllegalArgumentException("quantized model: " + packed.length + " bytes do not hold " + count
                    + " integers of 4 bits; the file is corrupt");
        }
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
            values[i] = (byte) ((packed[i / 2] << (1 - i % 2) * HALF_A_BYTE & 0xf0) << 24 >> 28);
        }
        return values;
    }
}
