// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/AxisView.java. Read it, don't edit it.
package org.tinytorch.tensor;

/**
 * A shape seen from one of its axes: {@code outer} blocks of {@code length} rows of {@code inner} neighbouring numbers. Element {@code (o, i, k)} lies at
 * {@code (o · length + i) · inner + k}, so that a loop over an axis needs no index arithmetic for the others.
 */
record AxisView(int outer, int length, int inner) {
    static AxisView of(Shape shape, int axis) {
        int outer = 1;
        int inner = 1;
        for (int other = 0; other < shape.rank(); other++) {
            outer *= other < axis ? shape.dim(other) : 1;
            inner *= other > axis ? shape.dim(other) : 1;
        }
        return new AxisView(outer, shape.dim(axis), inner);
    }

    /** Where row {@code i} of block {@code o} begins. */
    int row(int o, int i) {
        return (o * length + i) * inner;
    }
}
