package org.tinytorch.interop;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * An {@link OnnxGraph} seen from one of the model's layers, whose path is the beginning of all names that it gives.
 *
 * @param path of the layer, dotted; empty at the top
 */
record OnnxPlace(OnnxGraph graph, String path) {
    /** Exports the layer below this one that has the name. */
    OnnxValue child(Layer layer, String name, OnnxValue x) {
        return OnnxLayers.export(layer.child(name), x, new OnnxPlace(graph, join(name)));
    }

    /** A weight, by the name that it has in {@link Layer#stateDict()}; one that was written already is not written again. */
    OnnxValue weight(String name, Tensor weight) {
        return graph.weight(join(name), weight);
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A table that the model computes with, but does not learn. */
    OnnxValue table(String name, Tensor table) {
        return graph.weight(name(name), table);
    }

    /** A number, of which the graph has one copy. */
    OnnxValue scalar(double value) {
        return once("scalar/" + value, () -> graph.weight("scalar/" + value, Tensors.scalar(value)));
    }

    /** Whole numbers, such as sizes or axes, of which the graph has one copy. */
    OnnxValue integers(long... values) {
        String name =
                "integers/" + Arrays.toString(values).replaceAll("[\\[\\]]", "").replace(", ", "_");
        return once(name, () -> graph.integers(name, Shape.of(values.length), values));
    }

    /** A single whole number, without an axis. */
    OnnxValue integer(long value) {
        String name = "integer/" + value;
        return once(name, () -> graph.integers(name, Shape.SCALAR, value));
    }

    /** What several layers need, but is written only once. */
    OnnxValue once(String key, Supplier<OnnxValue> writer) {
        return graph.once(key, writer);
    }

    /** Begins a node. */
    OnnxNode node(String operator, OnnxValue... inputs) {
        return new OnnxNode(graph, name(operator), operator, inputs);
    }

    private String name(String ending) {
        return path.isEmpty() ? ending : path + "/" + ending;
    }

    /** An operator of one input that keeps the shape. */
    OnnxValue map(String operator, OnnxValue x) {
        return node(operator, x).gives(x.shape());
    }

    /** An operator of two inputs that broadcast. */
    OnnxValue both(String operator, OnnxValue a, OnnxValue b) {
        return node(operator, a, b).gives(a.shape().broadcast(b.shape()));
    }

    /**
     * The same numbers in another shape.
     *
     * @param shape for the example
     * @param sizes for every input: 0 is an axis as it is, −1 what is left
     */
    OnnxValue reshape(OnnxValue x, Shape shape, long... sizes) {
        return node("Reshape", x, integers(sizes)).gives(shape);
    }

    /** Axes in another order: axis i of the result is axis {@code order[i]} of x. */
    OnnxValue transpose(OnnxValue x, int... order) {
        int[] dims = Arrays.stream(order).map(x.shape()::dim).toArray();
        return node("Transpose", x)
                .integers("perm", Arrays.stream(order).asLongStream().toArray())
                .gives(Shape.of(dims));
    }

    /** Matrix products of the last two axes; those before broadcast. */
    OnnxValue product(OnnxValue a, OnnxValue b) {
        int rank = Math.max(a.shape().rank(), b.shape().rank());
        Shape shape = leading(a.shape(), rank).broadcast(leading(b.shape(), rank));
        int[] dims = Arrays.copyOf(shape.dims(), rank);
        dims[rank - 2] = a.shape().dim(-2);
        dims[rank - 1] = b.shape().dim(-1);
        return node("MatMul", a, b).gives(Shape.of(dims));
    }

    /** The axes before the matrix. */
    private static Shape leading(Shape shape, int rank) {
        int[] dims = new int[rank - 2];
        Arrays.fill(dims, 1);
        int own = shape.rank() - 2;
        System.arraycopy(shape.dims(), 0, dims, dims.length - own, own);
        return Shape.of(dims);
    }

    /**
     * Cuts an axis into parts of some lengths.
     *
     * @throws IllegalArgumentException if they do not add up to the whole, as behind a layer that was replaced by another
     */
    List<OnnxValue> split(OnnxValue x, int axis, int... lengths) {
        if (Arrays.stream(lengths).sum() != x.shape().dim(axis)) {
            throw new IllegalArgumentException("split: " + x.shape() + " cannot be cut along axis " + axis
                    + " into parts of " + Arrays.toString(lengths));
        }
        OnnxValue sizes = integers(Arrays.stream(lengths).asLongStream().toArray());
        return node("Split", x, sizes)
                .integer("axis", axis)
                .gives(Arrays.stream(lengths)
                        .mapToObj(length -> x.shape().with(axis, length))
                        .toList());
    }
}
