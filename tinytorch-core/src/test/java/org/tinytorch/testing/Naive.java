package org.tinytorch.testing;

import java.util.Arrays;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Tensors computed the slowest way: one element at a time, by its index, reading through {@link Tensor#get}. Shares no loop with the operations, so that a
 * mistake in their index arithmetic cannot hide here.
 */
public final class Naive {
    private Naive() {}

    /** The value at an index. */
    @FunctionalInterface
    public interface Element {
        /** One entry per axis. */
        double at(int... index);
    }

    /** A function of two numbers. */
    @FunctionalInterface
    public interface TwoNumbers {
        /** Its value. */
        double of(double a, double b);
    }

    /** A tensor whose every element is asked for by its index. */
    public static Tensor fill(int[] dims, Element element) {
        int size = size(dims);
        double[] data = new double[size];
        for (int position = 0; position < size; position++) {
            data[position] = element.at(index(dims, position));
        }
        return Tensors.of(data, dims);
    }

    /** The number of elements. */
    public static int size(int... dims) {
        return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    }

    /** The index of the n-th element in row-major order. */
    public static int[] index(int[] dims, int position) {
        int[] index = new int[dims.length];
        int rest = position;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            index[axis] = rest % dims[axis];
            rest /= dims[axis];
        }
        return index;
    }

    /** The dimensions that shapes stretch to together; assumes that they do. */
    public static int[] broadcast(int[] a, int[] b) {
        int[] longer = a.length >= b.length ? a : b;
        int[] shorter = a.length >= b.length ? b : a;
        int[] result = longer.clone();
        for (int i = 0; i < shorter.length; i++) {
            int axis = longer.length - shorter.length + i;
            result[axis] = longer[axis] == 1 ? shorter[i] : longer[axis];
        }
        return result;
    }

    /** The element that a tensor shows at an index of a shape it is stretched to. */
    public static double stretched(Tensor tensor, int... index) {
        int[] own = new int[tensor.rank()];
        for (int axis = 0; axis < own.length; axis++) {
            int wanted = index[index.length - own.length + axis];
            own[axis] = tensor.dim(axis) == 1 ? 0 : wanted;
        }
        return tensor.get(own);
    }

    /** Two tensors combined element by element, broadcasting. */
    public static Tensor combine(TwoNumbers function, Tensor a, Tensor b) {
        return fill(
                broadcast(a.shape().dims(), b.shape().dims()),
                index -> function.of(stretched(a, index), stretched(b, index)));
    }

    /** An index with one entry replaced. */
    public static int[] with(int[] index, int axis, int value) {
        int[] changed = index.clone();
        changed[axis] = value;
        return changed;
    }

    /** An index without one entry. */
    public static int[] without(int[] index, int axis) {
        int[] result = new int[index.length - 1];
        for (int i = 0; i < result.length; i++) {
            result[i] = index[i < axis ? i : i + 1];
        }
        return result;
    }

    /** An index with one more entry, which comes to stand at an axis. */
    public static int[] insert(int[] index, int axis, int value) {
        int[] result = new int[index.length + 1];
        for (int i = 0; i < result.length; i++) {
            result[i] = i == axis ? value : index[i < axis ? i : i - 1];
        }
        return result;
    }
}
