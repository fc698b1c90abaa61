// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Unary.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** The elementary functions of one number. */
public enum Unary implements UnaryOp {
    NEG,
    ABS,
    SIGN,
    EXP,
    LOG,
    SQRT,
    SQUARE,
    RECIPROCAL,
    SIN,
    COS,
    TANH,
    ERF;

    @Override
    public double apply(double x) {
        return switch (this) {
            case NEG -> -x;
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case SQUARE -> x * x;
            case RECIPROCAL -> 1 / x;
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TANH -> Math.tanh(x);
            case ERF -> Erf.erf(x);
        };
    }
}
