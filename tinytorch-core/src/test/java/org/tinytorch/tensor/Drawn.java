package org.tinytorch.tensor;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Tensors drawn by jqwik. */
final class Drawn {
    private Drawn() {}

    /** Shapes of rank 0 to 4 with small dimensions, 0 and 1 among them. */
    static Arbitrary<Shape> shapes() {
        return Arbitraries.integers().between(0, 4).list().ofMaxSize(4).map(Drawn::shape);
    }

    /** Shapes of at least one axis and one element. */
    static Arbitrary<Shape> filledShapes() {
        return Arbitraries.integers()
                .between(1, 4)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(Drawn::shape);
    }

    /** A shape that stretches to the given one: axes dropped in front, others made 1. */
    static Arbitrary<Shape> stretchingTo(Shape target) {
        return Arbitraries.integers().between(0, target.rank()).flatMap(dropped -> Arbitraries.of(true, false)
                .list()
                .ofSize(target.rank() - dropped)
                .map(ones -> {
                    int[] dims = new int[target.rank() - dropped];
                    for (int axis = 0; axis < dims.length; axis++) {
                        dims[axis] = ones.get(axis) ? 1 : target.dim(dropped + axis);
                    }
                    return Shape.of(dims);
                }));
    }

    /** Numbers between −10 and 10. */
    static Arbitrary<Tensor> tensors(Shape shape) {
        return Arbitraries.longs().map(seed -> Tensors.uniform(new Generator(seed), -10, 10, shape.dims()));
    }

    private static Shape shape(List<Integer> dims) {
        return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
    }
}
