// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/TensorFormat.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The picture that {@link Tensor#toString()} draws: what {@code str(array)} prints in NumPy with its default print options.
 *
 * <p>One bracket per axis, lines of at most 75 characters, a blank line between matrices. Of a tensor with more than 1000 numbers only the corners
 * are shown: the first and last three entries along each axis, {@code ...} for the rest.
 */
final class TensorFormat {
    private static final int LINE_WIDTH = 75;
    private static final int THRESHOLD = 1000;
    private static final int EDGE = 3;
    private static final int DOTS = -1;

    private final double[] data;
    private final Shape shape;
    private final int[] strides;
    private final NumberColumn column;
    private final StringBuilder out = new StringBuilder();

    private TensorFormat(Tensor tensor) {
        this.data = tensor.data();
        this.shape = tensor.shape();
        this.strides = shape.strides();
        this.column = new NumberColumn(shown(0, 0).toArray());
    }

    /** NumPy's picture of the numbers. */
    static String format(Tensor tensor) {
        if (tensor.rank() == 0) {
            return Decimals.alone(tensor.data()[0]);
        }
        if (tensor.size() == 0) {
            return "[]";
        }
        TensorFormat format = new TensorFormat(tensor);
        format.write(0, 0);
        return format.out.toString();
    }

    /** The indices to show along an axis; {@link #DOTS} stands for those left out. */
    private int[] indices(int axis) {
        int dim = shape.dim(axis);
        boolean all = shape.size() <= THRESHOLD || dim <= 2 * EDGE;
        int[] indices = new int[all ? dim : 2 * EDGE + 1];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = all || i < EDGE ? i : i == EDGE ? DOTS : dim - indices.length + i;
        }
        return indices;
    }

    /** The numbers to show in the part that starts at an offset. */
    private DoubleStream shown(int axis, int offset) {
        if (axis == shape.rank()) {
            return DoubleStream.of(data[offset]);
        }
        return Arrays.stream(indices(axis))
                .filter(index -> index != DOTS)
                .boxed()
                .flatMapToDouble(index -> shown(axis + 1, offset + index * strides[axis]));
    }

    private void write(int axis, int offset) {
        out.append('[');
        if (axis == shape.rank() - 1) {
            writeRow(axis, offset);
        } else {
            writeParts(axis, offset);
        }
        out.append(']');
    }

    private void writeParts(int axis, int offset) {
        String separator = "\n".repeat(shape.rank() - 1 - axis) + " ".repeat(axis + 1);
        String before = "";
        for (int index : indices(axis)) {
            out.append(before);
            before = separator;
            if (index == DOTS) {
                out.append("...");
            } else {
                write(axis + 1, offset + index * strides[axis]);
            }
        }
    }

    private void writeRow(int axis, int offset) {
        int indent = axis + 1;
        int limit = LINE_WIDTH - indent; // keeps room for the closing brackets
        int position = indent;
        for (int index : indices(axis)) {
            String word = index == DOTS ? "..." : column.format(data[offset + index]);
            if (position > indent && position + word.length() > limit) {
                breakLine(indent);
                position = indent;
            }
            out.append(position > indent ? " " : "").append(word);
            position += word.length() + 1; // with the blank that comes before the next word
        }
    }

    private void breakLine(int indent) {
        while (out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
        out.append('\n').append(" ".repeat(indent));
    }
}
