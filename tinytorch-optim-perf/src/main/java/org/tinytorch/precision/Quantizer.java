package org.tinytorch.precision;

import java.util.ArrayList;
import java.util.List;
import org.tinytorch.tensor.Tensor;

/**
 * Chooses scales and zero points for a tensor and quantises it.
 *
 * <pre>{@code
 * Quantizer weights = Quantizer.symmetric(8).perChannel();
 * QuantizedTensor small = weights.quantize(linear.weight()); // an eighth of the memory
 * Tensor almost = small.dequantize();
 * }</pre>
 *
 * <p>Symmetric ranges have the zero point 0, which makes products of integers simple: right for weights. Asymmetric ranges need not waste half of their integers on
 * numbers that do not occur: right for what a ReLU returns. Immutable.
 */
public final class Quantizer {
    private static final int MOST_BITS = 8;

    private final int bits;
    private final boolean symmetric;
    private final Granularity granularity;
    private final boolean shortScales;

    private Quantizer(int bits, boolean symmetric, Granularity granularity, boolean shortScales) {
        if (bits < 2 || bits > MOST_BITS) {
            throw new IllegalArgumentException(
                    "quantizer: " + bits + " bits are not possible; use 2 to " + MOST_BITS + ", for example 8");
        }
        this.bits = bits;
        this.symmetric = symmetric;
        this.granularity = granularity;
        this.shortScales = shortScales;
    }

    /**
     * Zero point 0 and as many integers below it as above: −127 … 127 for 8 bits, −7 … 7 for 4. One scale for the whole tensor.
     *
     * @param bits 2 to 8
     */
    public static Quantizer symmetric(int bits) {
        return new Quantizer(bits, true, Granularity.TENSOR, false);
    }

    /**
     * All integers, −128 … 127 for 8 bits and −8 … 7 for 4, from the smallest number to the largest; 0 is always one of the numbers that are represented exactly. One scale
     * for the whole tensor.
     *
     * @param bits 2 to 8
     */
    public static Quantizer asymmetric(int bits) {
        return new Quantizer(bits, false, Granularity.TENSOR, false);
    }

    /** The same with one scale for the whole tensor. */
    public Quantizer perTensor() {
        return new Quantizer(bits, symmetric, Granularity.TENSOR, shortScales);
    }

    /** The same with one scale for each index of axis 0: for a weight {@code (out, …)}, one for each output. */
    public Quantizer perChannel() {
        return new Quantizer(bits, symmetric, Granularity.CHANNEL, shortScales);
    }

    /** The same with one scale for each run of so many consecutive numbers of the last axis, which must be a multiple. */
    public Quantizer perGroup(int size) {
        return new Quantizer(bits, symmetric, new Granularity.Group(size), shortScales);
    }

    /**
     * The same with scales that a file keeps in 2 bytes and not in 4: each is rounded up to {@link Bfloat16}, by less than one part in 128. For 4 bits in groups of 32 that is a tenth of the file.
     */
    public Quantizer shortScales() {
        return new Quantizer(bits, symmetric, granularity, true);
    }

    /** How many bits an integer has. */
    public int bits() {
        return bits;
    }

    /** Whether the zero point is always 0. */
    public boolean isSymmetric() {
        return symmetric;
    }

    /** Whether the whole tensor has one scale, as what is chosen from batches seen before must. */
    boolean isPerTensor() {
        return granularity.equals(Granularity.TENSOR);
    }

    private int greatest() {
        return (1 << bits - 1) - 1;
    }

    private int least() {
        return symmetric ? -greatest() : -greatest() - 1;
    }

    /**
     * Chooses scale and zero point so that all of a range can be represented.
     *
     * <p>Symmetric: {@code scale = max(|min|, |max|) / greatest}. Asymmetric, with the range stretched to hold 0: {@code scale = (max − min) / (greatest − least)} and
     * {@code zeroPoint = least + round(−min / scale)}. For −1 … 4.1 in 8 bits the symmetric scale is 4.1 / 127; the asymmetric one is 5.1 / 255 = 0.02, and the zero point
     * −128 + 50 = −78.
     *
     * <p>The scale is rounded up to single precision, or to {@link #shortScales 16 bits}, so that a file keeps it without loss and the range still fits.
     *
     * @throws IllegalArgumentException if the ends are not finite or in the wrong order, or lie too far apart for a scale in single precision
     */
    public Quantization choose(double min, double max) {
        if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
            throw new IllegalArgumentException("quantizer: " + min + " … " + max
                    + " is not a range; give two finite numbers, the smaller one first");
        }
        return symmetric ? aroundZero(min, max) : fromEndToEnd(min, max);
    }

    /** Symmetric: what is farthest from 0 becomes the greatest integer, or the least. */
    private Quantization aroundZero(double min, double max) {
        // region Task 17.3: a scale
        double farthest = Math.max(Math.abs(min), Math.abs(max));
        double scale = upwards(farthest / greatest());
        return new Quantization(scale, 0, least(), greatest());
        // endregion
    }

    /** Asymmetric: the lower end, but at most 0, becomes the least integer, the upper end, but at least 0, the greatest. */
    private Quantization fromEndToEnd(double min, double max) {
        // region Task 17.4: a zero point
        double low = Math.min(min, 0);
        double high = Math.max(max, 0);
        int steps = greatest() - least();
        double scale = upwards((high - low) / steps);
        int zeroPoint = least() + (int) Math.rint(-low / scale);
        return new Quantization(scale, zeroPoint, least(), greatest());
        // endregion
    }

    /** A scale that a file keeps without loss, and not a smaller one; 1 where there is nothing but zeros. */
    private double upwards(double scale) {
        if (scale == 0) {
            return 1;
        }
        float nearest = Math.max((float) scale, Float.MIN_NORMAL);
        float upwards = nearest < scale ? Math.nextUp(nearest) : nearest;
        double kept = shortScales ? Bfloat16.roundUp(upwards) : upwards;
        if (Double.isInfinite(kept)) {
            throw new IllegalArgumentException("quantizer: a scale of " + scale + " is beyond "
                    + (shortScales ? "bfloat16" : "single precision") + "; look for numbers gone astray");
        }
        return kept;
    }

    /**
     * Quantises a tensor: for each run of numbers that share a scale, from the smallest of them to the largest.
     *
     * @throws IllegalArgumentException if a number is NaN or infinite (the message says where), there are none, or the tensor cannot be divided into channels or groups
     */
    public QuantizedTensor quantize(Tensor tensor) {
        Finite.check("quantizer", tensor);
        int run = run(tensor);
        double[] numbers = tensor.data();
        byte[] values = new byte[numbers.length];
        List<Quantization> parts = new ArrayList<>();
        // region Task 17.5: a scale for each row
        for (int from = 0; from < numbers.length; from += run) {
            Quantization part = choose(numbers, from, from + run);
            for (int i = from; i < from + run; i++) {
                values[i] = (byte) part.quantize(numbers[i]);
            }
            parts.add(part);
        }
        return new QuantizedTensor(values, tensor.shape(), bits, parts);
        // endregion
    }

    private int run(Tensor tensor) {
        if (tensor.size() == 0) {
            throw new IllegalArgumentException(
                    "quantizer: a tensor of shape " + tensor.shape() + " has no numbers to choose a scale from");
        }
        return granularity.run(tensor.shape());
    }

    /** For the numbers at {@code from … to − 1}: from the smallest of them to the largest. */
    private Quantization choose(double[] numbers, int from, int to) {
        double min = numbers[from];
        double max = numbers[from];
        for (int i = from; i < to; i++) {
            min = Math.min(min, numbers[i]);
            max = Math.max(max, numbers[i]);
        }
        return choose(min, max);
    }

    /** As in {@code int8, symmetric, per channel}. */
    @Override
    public String toString() {
        return "int" + bits + ", " + (symmetric ? "symmetric" : "asymmetric") + ", " + granularity
                + (shortScales ? ", scales in 16 bits" : "");
    }
}
