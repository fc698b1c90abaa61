// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/QuantizedTensor.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.List;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Small integers that stand for the numbers of a tensor, one in a byte, and for each run of neighbours how to read them. Made by a {@link Quantizer}.
 *
 * <p>Parts follow each other in the flat array: the integer at i belongs to part {@code i / run()}. A tensor {@code (2, 3)} that is quantised per channel has two parts, and
 * a run of 3.
 */
public final class QuantizedTensor {
    private final byte[] values;
    private final Shape shape;
    private final int bits;
    private final List<Quantization> parts;
    private final double[] scales;

    /**
     * A tensor over an array, which it shares.
     *
     * @param values the integers, in row-major order
     * @param bits how many bits of a byte are used
     * @param parts for each run of integers how to read them; all runs are of one length
     * @throws IllegalArgumentException if there is no integer, the numbers of integers and parts do not fit, or an integer is outside its part's range
     */
    public QuantizedTensor(byte[] values, Shape shape, int bits, List<Quantization> parts) {
        if (values.length != shape.size() || values.length == 0) {
            throw new IllegalArgumentException("quantized tensor: " + values.length + " integers do not fill shape "
                    + shape + ", which needs " + shape.size() + " and at least one");
        }
        if (bits < 2 || bits > Byte.SIZE) {
            throw new IllegalArgumentException("quantized tensor: " + bits + " bits are not possible; use 2 to 8");
        }
        if (parts.isEmpty() || values.length % parts.size() != 0) {
            throw new IllegalArgumentException("quantized tensor: " + values.length + " integers do not divide into "
                    + parts.size() + " parts of one length");
        }
        this.values = values;
        this.shape = shape;
        this.bits = bits;
        this.parts = List.copyOf(parts);
        this.scales = parts.stream().mapToDouble(Quantization::scale).toArray();
        checkRanges();
    }

    private void checkRanges() {
        int greatest = (1 << bits - 1) - 1;
        for (Quantization part : parts) {
            if (part.least() < -greatest - 1 || part.greatest() > greatest) {
                throw new IllegalArgumentException("quantized tensor: integers " + part.least() + " … "
                        + part.greatest() + " do not fit into " + bits + " bits; let a Quantizer choose them");
            }
        }
        int run = run();
        for (int i = 0; i < values.length; i++) {
            Quantization part = parts.get(i / run);
            if (values[i] < part.least() || values[i] > part.greatest()) {
                throw new IllegalArgumentException("quantized tensor: integer " + i + " is " + values[i] + ", outside "
                        + part.least() + " … " + part.greatest() + " of its part; the data are corrupt");
            }
        }
    }

    /** The integers in row-major order, one a byte whatever {@link #bits()} says: the live array, for reading only. */
    public byte[] values() {
        return values;
    }

    /** The size along each axis. */
    public Shape shape() {
        return shape;
    }

    /** How many bits of each byte are used. */
    public int bits() {
        return bits;
    }

    /** How many neighbours in the flat array share a scale. */
    public int run() {
        return values.length / parts.size();
    }

    /** How to read the integers {@code i · run() … (i + 1) · run() − 1}. */
    public Quantization part(int i) {
        return parts.get(i);
    }

    /** All of them, in the order of the flat array. */
    public List<Quantization> parts() {
        return parts;
    }

    /** The scale of a part; kernels read it from one array. */
    double scale(int i) {
        return scales[i];
    }

    /** Whether all zero points are 0. */
    public boolean isSymmetric() {
        return parts.stream().allMatch(part -> part.zeroPoint() == 0);
    }

    /** The numbers that the integers stand for: {@code (q − zeroPoint) · scale}. */
    public Tensor dequantize() {
        double[] numbers = new double[values.length];
        int run = run();
        for (int p = 0; p < parts.size(); p++) {
            Quantization part = parts.get(p);
            for (int i = p * run; i < (p + 1) * run; i++) {
                numbers[i] = part.dequantize(values[i]);
            }
        }
        return Tensors.of(numbers, shape);
    }

    /**
     * How many bytes a file needs: half a byte for an integer of up to 4 bits, else one; 4 for a scale, or 2 if 16 bits hold all of them exactly; and 1 for a zero point where not all are 0.
     *
     * <p>A weight {@code (128, 64)} in 8 bits per channel, symmetric: 8192 + 4 · 128 = 8704, where doubles need 65536.
     */
    public long bytes() {
        long integers = bits <= 4 ? (values.length + 1L) / 2 : values.length;
        return integers + StoredNumbers.bytes(scales) + (isSymmetric() ? 0 : parts.size());
    }

    /** As in {@code QuantizedTensor(int8, shape=(128, 64), parts=128)}. */
    @Override
    public String toString() {
        return "QuantizedTensor(int" + bits + ", shape=" + shape + ", parts=" + parts.size() + ")";
    }
}
