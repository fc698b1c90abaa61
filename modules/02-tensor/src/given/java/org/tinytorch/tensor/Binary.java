// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Binary.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** The arithmetic of two numbers. */
public enum Binary implements BinaryOp {
    ADD,
    SUB,
    MUL,
    DIV,
    POW,
    MAX,
    MIN;

    @Override
    public double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case POW -> Math.pow(a, b);
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }
}
