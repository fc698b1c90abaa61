// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Tensors.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** Makes tensors: from numbers, filled, random, or joined from others. */
public final class Tensors {
    private Tensors() {}

    /** A scalar: shape {@code ()}. */
    public static Tensor scalar(double value) {
        return of(new double[] {value}, Shape.SCALAR);
    }

    /** A vector: shape {@code (n,)}. Does not copy an array that is passed. */
    public static Tensor of(double... values) {
        return of(values, Shape.of(values.length));
    }

    /**
     * A matrix: shape {@code (rows, columns)}.
     *
     * @throws IllegalArgumentException if the rows have different lengths
     */
    public static Tensor of(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "tensor: row " + i + " has " + rows[i].length + " numbers, but row 0 has " + columns);
            }
        }
        return of(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(), Shape.of(rows.length, columns));
    }

    /**
     * A stack of matrices: shape {@code (n, rows, columns)}.
     *
     * @throws IllegalArgumentException if the matrices or their rows differ in size
     */
    public static Tensor of(double[][][] matrices) {
        if (matrices.length == 0) {
            return zeros(0, 0, 0);
        }
        return stack(0, Stream.of(matrices).map(Tensors::of).toArray(Tensor[]::new));
    }

    /** A tensor over an array in row-major order. Does not copy it: the array belongs to the tensor from then on. */
    public static Tensor of(double[] data, int... dims) {
        return of(data, Shape.of(dims));
    }

    /** A tensor over an array in row-major order. Does not copy it: the array belongs to the tensor from then on. */
    public static Tensor of(double[] data, Shape shape) {
        return new Tensor(new Storage(data), shape);
    }

    /**
     * For backends: a tensor over memory that is lent. The lender gets it back when it is certain that nobody needs the numbers any more, which today is known of
     * gradients only ({@link Tensor#zeroGrad}, {@link Tensor#discard}); most tensors are simply collected as garbage.
     */
    public static Tensor lent(double[] data, Shape shape, Consumer<double[]> lender) {
        return new Tensor(new Storage(data, lender), shape);
    }

    /** All 0. */
    public static Tensor zeros(int... dims) {
        return zeros(Shape.of(dims));
    }

    /** All 0. */
    public static Tensor zeros(Shape shape) {
        return of(new double[shape.size()], shape);
    }

    /** All 1. */
    public static Tensor ones(int... dims) {
        return ones(Shape.of(dims));
    }

    /** All 1. */
    public static Tensor ones(Shape shape) {
        return full(shape, 1);
    }

    /** All 0, of the shape of another tensor. */
    public static Tensor zerosLike(Tensor other) {
        return zeros(other.shape());
    }

    /** All 1, of the shape of another tensor. */
    public static Tensor onesLike(Tensor other) {
        return ones(other.shape());
    }

    /** All one value. */
    public static Tensor full(Shape shape, double value) {
        double[] data = new double[shape.size()];
        Arrays.fill(data, value);
        return of(data, shape);
    }

    /** {@code 0, 1, … stop − 1}. */
    public static Tensor arange(int stop) {
        return arange(0, stop, 1);
    }

    /** {@code start, start + 1, …} as long as {@code stop} is not reached. */
    public static Tensor arange(double start, double stop) {
        return arange(start, stop, 1);
    }

    /**
     * {@code start, start + step, …} as long as {@code stop} is not reached.
     *
     * @throws IllegalArgumentException if the step is 0, a number is not finite, or there are too many values for one tensor
     */
    public static Tensor arange(double start, double stop, double step) {
        if (step == 0 || !Double.isFinite((stop - start) / step)) {
            throw new IllegalArgumentException("arange: from " + start + " to " + stop + " in steps of " + step
                    + " never ends; use finite bounds and a step other than 0");
        }
        double count = Math.max(0, Math.ceil((stop - start) / step));
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("arange: from " + start + " to " + stop + " in steps of " + step
                    + " is more than 2^31 - 1 values; use a larger step");
        }
        double[] data = new double[(int) count];
        Arrays.setAll(data, i -> start + i * step);
        return of(data);
    }

    /** {@code count} evenly spaced values, both ends included. */
    public static Tensor linspace(double start, double end, int count) {
        double[] data = new double[Shape.of(count).size()];
        Arrays.setAll(data, i -> i == count - 1 && i > 0 ? end : start + i * (end - start) / Math.max(1, count - 1));
        return of(data);
    }

    /** The identity matrix, {@code (n, n)}. */
    public static Tensor eye(int n) {
        Tensor eye = zeros(n, n);
        for (int i = 0; i < n; i++) {
            eye.data()[i * n + i] = 1;
        }
        return eye;
    }

    /** Uniform in {@code [0, 1)}. */
    public static Tensor rand(Generator generator, int... dims) {
        return fill(Shape.of(dims), generator::nextDouble);
    }

    /** Normal with mean 0 and standard deviation 1. */
    public static Tensor randn(Generator generator, int... dims) {
        return fill(Shape.of(dims), generator::nextGaussian);
    }

    /**
     * Uniform in {@code [low, high)}.
     *
     * @throws IllegalArgumentException if low is above high or either is not finite
     */
    public static Tensor uniform(Generator generator, double low, double high, int... dims) {
        if (!(low <= high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("uniform: from " + low + " to " + high
                    + " is not possible; use finite bounds, the lower one first");
        }
        return fill(Shape.of(dims), () -> low + (high - low) * generator.nextDouble());
    }

    /** Integers, uniform in {@code 0 … bound − 1}. */
    public static Tensor randint(Generator generator, int bound, int... dims) {
        return fill(Shape.of(dims), () -> generator.nextInt(bound));
    }

    private static Tensor fill(Shape shape, DoubleSupplier values) {
        double[] data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = values.getAsDouble();
        }
        return of(data, shape);
    }

    /**
     * For each label a vector that is 1 at the label and else 0: {@code (…) → (…, classes)}.
     *
     * @throws IndexOutOfBoundsException if a label is not an integer in {@code 0 … classes − 1}
     */
    public static Tensor oneHot(Tensor labels, int classes) {
        int[] dims = Arrays.copyOf(labels.shape().dims(), labels.rank() + 1);
        dims[labels.rank()] = classes;
        Tensor out = zeros(dims);
        for (int i = 0; i < labels.size(); i++) {
            out.data()[i * classes + Indices.at(labels, i, classes, "oneHot")] = 1;
        }
        return out;
    }

    /** Element by element, {@code a} where the condition is not 0, else {@code b}; the three broadcast. */
    public static Tensor where(Tensor condition, Tensor a, Tensor b) {
        Shape shape = condition.shape().broadcast("where", a.shape()).broadcast("where", b.shape());
        return Operation.run(new Where(), condition.expand(shape), a.expand(shape), b.expand(shape));
    }

    /** Tensors joined end to end along an axis. */
    public static Tensor concat(int axis, Tensor... tensors) {
        if (tensors.length == 0) {
            throw new IllegalArgumentException("concat: there are no tensors to join");
        }
        return Operation.run(new Concat(tensors[0].shape().axis(axis)), tensors);
    }

    /**
     * Tensors of one shape joined along a new axis.
     *
     * @throws IllegalArgumentException if there are none, or their shapes differ
     */
    public static Tensor stack(int axis, Tensor... tensors) {
        for (Tensor tensor : tensors) {
            if (!tensor.shape().equals(tensors[0].shape())) {
                throw new IllegalArgumentException("stack: shapes " + tensors[0].shape() + " and " + tensor.shape()
                        + " differ; all must be alike, concat joins along an axis that is there");
            }
        }
        return concat(
                axis, Stream.of(tensors).map(tensor -> tensor.unsqueeze(axis)).toArray(Tensor[]::new));
    }
}
