package org.tinytorch.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The methods of {@link Tensor} that rearrange, pick or repeat elements. Negative axes and indices count from the end. */
interface Shaping {
    /** This tensor. */
    Tensor self();

    /**
     * The same numbers under another shape; shares them.
     *
     * @param dims the new shape; one entry may be −1 and is worked out from the rest
     * @throws IllegalArgumentException if the number of elements would change
     */
    default Tensor reshape(int... dims) {
        return reshape(Reshape.infer(self().shape(), dims));
    }

    /** The same numbers under another shape of the same size; shares them. */
    default Tensor reshape(Shape shape) {
        return Operation.run(new Reshape(shape), self());
    }

    /** All axes merged into one: a vector. */
    default Tensor flatten() {
        return reshape(-1);
    }

    /** All axes from {@code startAxis} on merged into one. */
    default Tensor flatten(int startAxis) {
        int start = self().shape().axis(startAxis);
        int[] dims = Arrays.copyOf(self().shape().dims(), start + 1);
        dims[start] = IntStream.range(start, self().rank()).map(self()::dim).reduce(1, (a, b) -> a * b);
        return reshape(Shape.of(dims));
    }

    /** The axes in another order: axis {@code i} of the result is axis {@code axes[i]} of this. Copies. */
    default Tensor permute(int... axes) {
        return Operation.run(Permute.of(self().shape(), axes), self());
    }

    /** The last two axes exchanged; of a matrix, the transposed one. */
    default Tensor transpose() {
        return transpose(-2, -1);
    }

    /** Two axes exchanged. */
    default Tensor transpose(int a, int b) {
        int[] order = IntStream.range(0, self().rank()).toArray();
        int first = self().shape().axis(a);
        int second = self().shape().axis(b);
        order[first] = second;
        order[second] = first;
        return permute(order);
    }

    /** Without one axis, which must have size 1. */
    default Tensor squeeze(int axis) {
        if (self().dim(axis) != 1) {
            throw new IllegalArgumentException("squeeze: axis " + axis + " of shape " + self().shape() + " has size "
                    + self().dim(axis) + ", not 1");
        }
        return reshape(self().shape().without(axis));
    }

    /** Without any axis of size 1. */
    default Tensor squeeze() {
        return reshape(Shape.of(
                Arrays.stream(self().shape().dims()).filter(dim -> dim != 1).toArray()));
    }

    /** With a new axis of size 1 at a position; −1 puts it last. */
    default Tensor unsqueeze(int axis) {
        List<Integer> dims = new ArrayList<>();
        Arrays.stream(self().shape().dims()).forEach(dims::add);
        int position = axis < 0 ? axis + self().rank() + 1 : axis;
        if (position < 0 || position > self().rank()) {
            throw new IllegalArgumentException(
                    "unsqueeze: a new axis cannot stand at " + axis + " in shape " + self().shape());
        }
        dims.add(position, 1);
        return reshape(Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Axes of size 1 repeated to the given sizes; axes may be added in front. Copies, unless this has that shape already. */
    default Tensor expand(int... dims) {
        return expand(Shape.of(dims));
    }

    /** Axes of size 1 repeated to the given sizes; axes may be added in front. Copies, unless this has that shape already. */
    default Tensor expand(Shape shape) {
        return shape.equals(self().shape()) ? self() : Operation.run(new Expand(shape), self());
    }

    /** The elements {@code start … stop − 1} along an axis, by Python's rules: negative indices count from the end, bounds are clamped. */
    default Tensor slice(int axis, int start, int stop) {
        return slice(axis, start, stop, 1);
    }

    /**
     * Every {@code step}-th element along an axis from {@code start} until before {@code stop}, by Python's rules. A negative step walks backwards;
     * {@code slice(0, -1, Integer.MIN_VALUE, -1)} turns an axis round.
     *
     * @throws IllegalArgumentException if the step is 0
     */
    default Tensor slice(int axis, int start, int stop, int step) {
        return Operation.run(Slice.of(self().shape(), axis, start, stop, step), self());
    }

    /** The elements at one index of an axis, which is dropped. */
    default Tensor select(int axis, int index) {
        int size = self().dim(axis);
        if (index < -size || index >= size) {
            throw new IndexOutOfBoundsException(
                    "select: index " + index + " is outside axis " + axis + " of shape " + self().shape());
        }
        int start = index < 0 ? index + size : index;
        return slice(axis, start, start + 1).squeeze(axis);
    }

    /** Pieces of {@code size} elements along an axis; the last one may be smaller. An empty axis gives one empty piece. */
    default List<Tensor> split(int size, int axis) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "split: a piece of " + size + " elements is not possible; use at least 1");
        }
        List<Tensor> pieces = new ArrayList<>();
        int length = self().dim(axis);
        int piece = Math.min(size, length); // so that start does not overflow
        for (int start = 0; start < length || pieces.isEmpty(); start += piece) {
            pieces.add(slice(axis, start, start + piece));
        }
        return Collections.unmodifiableList(pieces);
    }

    /**
     * Picks along an axis by an index for each element, as {@code torch.gather}: {@code out[i][j] = this[index[i][j]][j]} for axis 0.
     *
     * @param index integer values in {@code 0 … dim(axis) − 1}; of the same rank, and no larger than this along the other axes
     */
    default Tensor gather(int axis, Tensor index) {
        return Operation.run(new Gather(self().shape().axis(axis)), self(), index);
    }

    /** Whole slices picked along an axis, as {@code torch.index_select}. The index is a vector of integer values in {@code 0 … dim(axis) − 1}. */
    default Tensor indexSelect(int axis, Tensor index) {
        return Operation.run(new IndexSelect(self().shape().axis(axis)), self(), index);
    }

    /** More elements of one value before and after those along an axis. */
    default Tensor pad(int axis, int before, int after, double value) {
        return Operation.run(new Pad(self().shape().axis(axis), before, after, value), self());
    }

    /** The elements along an axis in reverse order. */
    default Tensor flip(int axis) {
        return slice(axis, -1, Integer.MIN_VALUE, -1);
    }

    /** The lower triangle of each matrix with the diagonal, the rest 0. */
    default Tensor tril() {
        return tril(0);
    }

    /** The upper triangle of each matrix with the diagonal, the rest 0. */
    default Tensor triu() {
        return triu(0);
    }

    /** The lower triangle of each matrix, the rest 0; {@code diagonal} above 0 keeps that many diagonals more. */
    default Tensor tril(int diagonal) {
        return Operation.run(new Triangle(true, diagonal), self());
    }

    /** The upper triangle of each matrix, the rest 0; {@code diagonal} above 0 drops that many diagonals. */
    default Tensor triu(int diagonal) {
        return Operation.run(new Triangle(false, diagonal), self());
    }
}
