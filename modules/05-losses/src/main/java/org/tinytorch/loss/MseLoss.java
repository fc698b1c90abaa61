// Yours: tasks 5.2, 5.3. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/loss/MseLoss.java.
package org.tinytorch.loss;

import org.tinytorch.tensor.Tensor;

/**
 * The mean squared error, {@code (p − t)²}; {@code torch.nn.MSELoss}. Prediction and target have one shape, any.
 *
 * @param reduction how the losses of the elements become one
 */
public record MseLoss(Reduction reduction) implements Loss {
    /** The mean over all elements. */
    public MseLoss() {
        this(Reduction.MEAN);
    }

    /** The same loss, reduced in another way. */
    public MseLoss reduction(Reduction other) {
        return new MseLoss(other);
    }

    /** {@code (p − t)²} of each element, reduced; a mean divides by the number of elements. For {@code [3, 5]} and a target of {@code [1, 4]} it is 2.5. */
    @Override
    public Tensor forward(Tensor prediction, Tensor target) {
        Checks.sameShape("mse", prediction, target);
        // region Task 5.2: mean squared error
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 5.2
        throw new UnsupportedOperationException("Task 5.2: mean squared error is not written yet: ./tito hint 5.2");
        // endregion
    }

    /** {@code 2(p − t)}, divided by the number of elements for a mean. For {@code [3, 5]} and a target of {@code [1, 4]} it is {@code [2, 1]}. */
    @Override
    public Tensor gradient(Tensor prediction, Tensor target) {
        Checks.sameShape("mse", prediction, target);
        Tensor p = prediction.detach();
        Tensor t = target.detach();
        // region Task 5.3: gradient of the mean squared error
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 5.3
        throw new UnsupportedOperationException(
                "Task 5.3: gradient of the mean squared error is not written yet: ./tito hint 5.3");
        // endregion
    }
}
