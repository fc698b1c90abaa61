package org.tinytorch.tensor;

/**
 * The methods of {@link Tensor} that combine many elements into one, and running sums. No axes means all axes; {@code keepDim} leaves the reduced
 * axes in place with size 1, so that the result broadcasts against the input.
 */
interface Reductions {
    /** This tensor. */
    Tensor self();

    /** The sum over some axes; 0 where there is nothing to add. */
    default Tensor sum(int... axes) {
        return sum(false, axes);
    }

    /** The sum over some axes. */
    default Tensor sum(boolean keepDim, int... axes) {
        return Operation.run(Reduce.over(Reduce.Kind.SUM, self().shape(), keepDim, axes), self());
    }

    /** The product over some axes; 1 where there is nothing to multiply. */
    default Tensor prod(int... axes) {
        return prod(false, axes);
    }

    /** The product over some axes. */
    default Tensor prod(boolean keepDim, int... axes) {
        return Operation.run(Reduce.over(Reduce.Kind.PROD, self().shape(), keepDim, axes), self());
    }

    /** The largest value over some axes; NaN if one is. Equal maxima share the gradient evenly, as in {@code torch.amax}. */
    default Tensor max(int... axes) {
        return max(false, axes);
    }

    /** The largest value over some axes. */
    default Tensor max(boolean keepDim, int... axes) {
        return Operation.run(Reduce.over(Reduce.Kind.MAX, self().shape(), keepDim, axes), self());
    }

    /** The smallest value over some axes; NaN if one is. Equal minima share the gradient evenly, as in {@code torch.amin}. */
    default Tensor min(int... axes) {
        return min(false, axes);
    }

    /** The smallest value over some axes. */
    default Tensor min(boolean keepDim, int... axes) {
        return Operation.run(Reduce.over(Reduce.Kind.MIN, self().shape(), keepDim, axes), self());
    }

    /** The average over some axes; NaN where there is nothing to average. */
    default Tensor mean(int... axes) {
        return mean(false, axes);
    }

    /** The average over some axes. */
    default Tensor mean(boolean keepDim, int... axes) {
        return sum(keepDim, axes).div(Reduce.groupSize(self().shape(), axes));
    }

    /** The unbiased variance over some axes, {@code Σ(x − mean)² / (n − 1)}, as {@code torch.var}. */
    default Tensor var(int... axes) {
        return var(1, false, axes);
    }

    /**
     * The variance over some axes, {@code Σ(x − mean)² / (n − correction)}.
     *
     * @param correction 1 for the unbiased estimate, 0 for the variance of exactly these numbers (as batch normalisation uses it)
     */
    default Tensor var(int correction, boolean keepDim, int... axes) {
        Tensor deviation = self().sub(mean(true, axes));
        int n = Reduce.groupSize(self().shape(), axes);
        return deviation.square().sum(keepDim, axes).div(Math.max(0, n - correction));
    }

    /** The standard deviation over some axes: the root of the unbiased variance, as {@code torch.std}. */
    default Tensor std(int... axes) {
        return var(axes).sqrt();
    }

    /** The index of the largest value among all, counted in row-major order; the first one on a tie, the first NaN if there is one. */
    default Tensor argmax() {
        return self().reshape(-1).argmax(0);
    }

    /** The index of the largest value along an axis, which is dropped. */
    default Tensor argmax(int axis) {
        return Operation.run(new ArgReduce(true, self().shape().axis(axis)), self());
    }

    /** The index of the largest value along an axis, which stays with size 1 if {@code keepDim}. */
    default Tensor argmax(int axis, boolean keepDim) {
        return keepDim ? argmax(axis).reshape(self().shape().with(axis, 1)) : argmax(axis);
    }

    /** The index of the smallest value among all, counted in row-major order. */
    default Tensor argmin() {
        return self().reshape(-1).argmin(0);
    }

    /** The index of the smallest value along an axis, which is dropped. */
    default Tensor argmin(int axis) {
        return Operation.run(new ArgReduce(false, self().shape().axis(axis)), self());
    }

    /** The index of the smallest value along an axis, which stays with size 1 if {@code keepDim}. */
    default Tensor argmin(int axis, boolean keepDim) {
        return keepDim ? argmin(axis).reshape(self().shape().with(axis, 1)) : argmin(axis);
    }

    /** Running sums along an axis. */
    default Tensor cumsum(int axis) {
        return Operation.run(new CumSum(self().shape().axis(axis), false), self());
    }
}
