// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Arithmetic.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** The elementwise methods of {@link Tensor} and its matrix product; each runs one operation. Two tensors broadcast by NumPy's rule. */
interface Arithmetic {
    /** This tensor. */
    Tensor self();

    /** {@code this + other}. */
    default Tensor add(Tensor other) {
        return Operation.run(Binary.ADD, self(), other);
    }

    /** {@code this + other}. */
    default Tensor add(double other) {
        return add(Tensors.scalar(other));
    }

    /** {@code this − other}. */
    default Tensor sub(Tensor other) {
        return Operation.run(Binary.SUB, self(), other);
    }

    /** {@code this − other}. */
    default Tensor sub(double other) {
        return sub(Tensors.scalar(other));
    }

    /** {@code this · other}, element by element; {@link #matmul} is the matrix product. */
    default Tensor mul(Tensor other) {
        return Operation.run(Binary.MUL, self(), other);
    }

    /** {@code this · other}. */
    default Tensor mul(double other) {
        return mul(Tensors.scalar(other));
    }

    /** {@code this / other}. */
    default Tensor div(Tensor other) {
        return Operation.run(Binary.DIV, self(), other);
    }

    /** {@code this / other}. */
    default Tensor div(double other) {
        return div(Tensors.scalar(other));
    }

    /** {@code this} to the power of {@code exponent}; NaN for a negative base with a fractional exponent. */
    default Tensor pow(Tensor exponent) {
        return Operation.run(Binary.POW, self(), exponent);
    }

    /** {@code this} to the power of {@code exponent}. */
    default Tensor pow(double exponent) {
        return pow(Tensors.scalar(exponent));
    }

    /** The larger of the two, element by element; NaN if either is. Where they are equal, each gets half of the gradient. */
    default Tensor maximum(Tensor other) {
        return Operation.run(Binary.MAX, self(), other);
    }

    /** The larger of the two, element by element. */
    default Tensor maximum(double other) {
        return maximum(Tensors.scalar(other));
    }

    /** The smaller of the two, element by element; NaN if either is. Where they are equal, each gets half of the gradient. */
    default Tensor minimum(Tensor other) {
        return Operation.run(Binary.MIN, self(), other);
    }

    /** The smaller of the two, element by element. */
    default Tensor minimum(double other) {
        return minimum(Tensors.scalar(other));
    }

    /** {@code −this}. */
    default Tensor neg() {
        return Operation.run(Unary.NEG, self());
    }

    /** The absolute value; derivative 0 at 0. */
    default Tensor abs() {
        return Operation.run(Unary.ABS, self());
    }

    /** −1, 0 or 1; derivative 0. */
    default Tensor sign() {
        return Operation.run(Unary.SIGN, self());
    }

    /** e to the power of this. */
    default Tensor exp() {
        return Operation.run(Unary.EXP, self());
    }

    /** The natural logarithm; −∞ at 0, NaN below. */
    default Tensor log() {
        return Operation.run(Unary.LOG, self());
    }

    /** The square root; NaN below 0. */
    default Tensor sqrt() {
        return Operation.run(Unary.SQRT, self());
    }

    /** {@code this · this}. */
    default Tensor square() {
        return Operation.run(Unary.SQUARE, self());
    }

    /** {@code 1 / this}. */
    default Tensor reciprocal() {
        return Operation.run(Unary.RECIPROCAL, self());
    }

    /** The sine; radians. */
    default Tensor sin() {
        return Operation.run(Unary.SIN, self());
    }

    /** The cosine; radians. */
    default Tensor cos() {
        return Operation.run(Unary.COS, self());
    }

    /** The hyperbolic tangent. */
    default Tensor tanh() {
        return Operation.run(Unary.TANH, self());
    }

    /** The Gauss error function, {@code 2/√π ∫₀ˣ e^(−t²) dt}. */
    default Tensor erf() {
        return Operation.run(Unary.ERF, self());
    }

    /** Each element moved into {@code [low, high]}; the gradient passes where it was inside, bounds included. */
    default Tensor clamp(double low, double high) {
        return Operation.run(new Clamp(low, high), self());
    }

    /** 1 where equal, else 0. */
    default Tensor eq(Tensor other) {
        return Operation.run(Compare.EQ, self(), other);
    }

    /** 1 where different, else 0; NaN differs from everything. */
    default Tensor ne(Tensor other) {
        return Operation.run(Compare.NE, self(), other);
    }

    /** 1 where less, else 0. */
    default Tensor lt(Tensor other) {
        return Operation.run(Compare.LT, self(), other);
    }

    /** 1 where less, else 0. */
    default Tensor lt(double other) {
        return lt(Tensors.scalar(other));
    }

    /** 1 where less or equal, else 0. */
    default Tensor le(Tensor other) {
        return Operation.run(Compare.LE, self(), other);
    }

    /** 1 where less or equal, else 0. */
    default Tensor le(double other) {
        return le(Tensors.scalar(other));
    }

    /** 1 where greater, else 0. */
    default Tensor gt(Tensor other) {
        return Operation.run(Compare.GT, self(), other);
    }

    /** 1 where greater, else 0. */
    default Tensor gt(double other) {
        return gt(Tensors.scalar(other));
    }

    /** 1 where greater or equal, else 0. */
    default Tensor ge(Tensor other) {
        return Operation.run(Compare.GE, self(), other);
    }

    /** 1 where greater or equal, else 0. */
    default Tensor ge(double other) {
        return ge(Tensors.scalar(other));
    }

    /** 1 where equal, else 0. */
    default Tensor eq(double other) {
        return eq(Tensors.scalar(other));
    }

    /** 1 where different, else 0. */
    default Tensor ne(double other) {
        return ne(Tensors.scalar(other));
    }

    /**
     * The matrix product, as {@code torch.matmul}: {@code (…, m, k) x (…, k, n) → (…, m, n)}, where the leading axes broadcast. A vector on the left
     * counts as one row, on the right as one column, and that axis is dropped from the result.
     *
     * @throws IllegalArgumentException if the inner dimensions differ or a side is a scalar
     */
    default Tensor matmul(Tensor other) {
        Tensor left = self().rank() == 1 ? self().unsqueeze(0) : self();
        Tensor right = other.rank() == 1 ? other.unsqueeze(1) : other;
        Tensor product = Operation.run(new MatMul(false, false), left, right);
        if (other.rank() == 1) {
            product = product.squeeze(-1);
        }
        return self().rank() == 1 ? product.squeeze(other.rank() == 1 ? -1 : -2) : product;
    }
}
