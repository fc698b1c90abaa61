// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Compare.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** Comparisons of two numbers: 1 if true, else 0. NaN is unequal to everything. No gradient flows through them. */
public enum Compare implements BinaryOp {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE;

    @Override
    public double apply(double a, double b) {
        return holds(a, b) ? 1 : 0;
    }

    private boolean holds(double a, double b) {
        return switch (this) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    @Override
    public boolean differentiable() {
        return false;
    }
}
