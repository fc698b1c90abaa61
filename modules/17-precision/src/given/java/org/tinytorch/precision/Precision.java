// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Precision.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.DataType;
import org.tinytorch.training.RawTensor;

/**
 * Floating-point types smaller than a double: how coarse they are, and how far they reach. Tensors compute in double precision; one rounded to a type holds numbers of that type only.
 *
 * <pre>{@code
 * Tensor coarse = Precision.BFLOAT16.round(x);
 * new RawTensors(Precision.BFLOAT16.store(model.stateDict()), Map.of()).write(file); // a quarter of the size
 * model.loadStateDict(SafeTensors.read(file).tensors());
 * }</pre>
 */
public enum Precision {
    /** IEEE 754 single precision: 8 bits of exponent, 23 of fraction. */
    FLOAT32(DataType.F32, 8, 23) {
        @Override
        public double round(double x) {
            return (float) x;
        }

        @Override
        void put(double x, ByteBuffer to) {
            to.putFloat((float) x);
        }
    },
    /** IEEE 754 half precision: 5 bits of exponent, 10 of fraction. */
    FLOAT16(DataType.F16, 5, 10) {
        @Override
        public double round(double x) {
            return Float16.round(x);
        }

        @Override
        void put(double x, ByteBuffer to) {
            to.putShort(Float16.toBits(x));
        }
    },
    /** The upper half of single precision: 8 bits of exponent, 7 of fraction. */
    BFLOAT16(DataType.BF16, 8, 7) {
        @Override
        public double round(double x) {
            return Bfloat16.round(x);
        }

        @Override
        void put(double x, ByteBuffer to) {
            to.putShort(Bfloat16.toBits(x));
        }
    };

    private final DataType dataType;
    private final int greatestExponent;
    private final int fractionBits;

    Precision(DataType dataType, int exponentBits, int fractionBits) {
        this.dataType = dataType;
        this.greatestExponent = (1 << exponentBits - 1) - 1;
        this.fractionBits = fractionBits;
    }

    /** The nearest number of this type; halves go to the even one, what is beyond the largest becomes infinite. */
    public abstract double round(double x);

    abstract void put(double x, ByteBuffer to);

    /** Each number rounded; a new tensor without history. */
    public Tensor round(Tensor x) {
        double[] rounded = new double[x.size()];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = round(x.data()[i]);
        }
        return Tensors.of(rounded, x.shape());
    }

    /** Each number rounded, and on the way back each gradient: what a layer that computes in this type gives and takes, for trying out how a model learns in it. */
    public Tensor cast(Tensor x) {
        return new Cast(this).apply(x);
    }

    /**
     * A tensor as a file holds it, rounded.
     *
     * @throws ArithmeticException if there are more than 2³¹ − 1 bytes
     */
    public RawTensor store(Tensor x) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(x.size(), bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (double number : x.data()) {
            put(number, bytes);
        }
        return new RawTensor(dataType, x.shape(), bytes.array());
    }

    /** All tensors as a file holds them, under the same names. */
    public Map<String, RawTensor> store(Map<String, ? extends Tensor> tensors) {
        Map<String, RawTensor> stored = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> stored.put(name, store(tensor)));
        return stored;
    }

    /** Bytes for one number. */
    public int bytes() {
        return dataType.bytes();
    }

    /** How a file calls it. */
    public DataType dataType() {
        return dataType;
    }

    /** The distance from 1 to the next number: 2⁻²³, 2⁻¹⁰ or 2⁻⁷. Rounding a normal number changes it by at most half of this, relative to it. */
    public double epsilon() {
        return Math.scalb(1.0, -fractionBits);
    }

    /** The largest finite number: 65504 for half precision, some 3.4e38 for the others. */
    public double largest() {
        return Math.scalb(2 - epsilon(), greatestExponent);
    }

    /** The smallest number above 0 that has all significant bits: 2⁻¹⁴ for half precision, 2⁻¹²⁶ for the others. */
    public double smallestNormal() {
        return Math.scalb(1.0, 1 - greatestExponent);
    }

    /** The smallest number above 0: what is at most half as large becomes 0. */
    public double smallest() {
        return smallestNormal() * epsilon();
    }
}
