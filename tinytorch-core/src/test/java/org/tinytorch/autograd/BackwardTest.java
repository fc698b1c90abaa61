package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What {@code backward()} does to leaves, what it demands, and how it fails. */
class BackwardTest {
    private final Tensor x = Tensors.of(1, 2, 3).requiresGrad(true);

    private double[] gradient() {
        return x.grad().orElseThrow().data();
    }

    @Test
    void gradientsOfTwoCallsAddUp() {
        x.square().sum().backward();
        x.mul(10).sum().backward();
        assertThat(gradient()).containsExactly(12, 14, 16);
    }

    @Test
    void askingAfterTheForwardPassIsTooLate() {
        Tensor constant = Tensors.of(1, 1, 1);
        Tensor y = x.mul(constant).sum();
        constant.requiresGrad(true);
        y.backward();
        assertThat(constant.grad()).isEmpty();
    }

    @Test
    void zeroGradForgets() {
        x.square().sum().backward();
        x.zeroGrad();
        assertThat(x.grad()).isEmpty();
        x.mul(10).sum().backward();
        assertThat(gradient()).containsExactly(10, 10, 10);
    }

    @Test
    void aSecondCallNeedsRetainGraph() {
        Tensor y = x.square().sum();
        y.backward();
        assertThatIllegalStateException()
                .isThrownBy(y::backward)
                .withMessageContaining("already used and released")
                .withMessageContaining("retainGraph");
        assertThat(gradient()).as("the failed call adds nothing").containsExactly(2, 4, 6);
    }

    @Test
    void aRetainedGraphCanBeUsedAgain() {
        Tensor y = x.square().sum();
        y.backward(Tensors.scalar(1), true);
        y.backward(Tensors.scalar(1), false);
        assertThat(gradient()).containsExactly(4, 8, 12);
        assertThatIllegalStateException().isThrownBy(y::backward);
    }

    @Test
    void twoResultsOverOneReleasedTrunkFailWithoutHalfAGradient() {
        Tensor other = Tensors.scalar(1).requiresGrad(true);
        Tensor trunk = x.square();
        Tensor first = trunk.sum();
        Tensor second = trunk.mul(other).sum();
        first.backward();
        assertThatIllegalStateException().isThrownBy(second::backward).withMessageContaining("SQUARE");
        assertThat(other.grad()).as("backward is all or nothing").isEmpty();
        assertThat(gradient()).containsExactly(2, 4, 6);
    }

    @Test
    void theSeedWeighsTheResults() {
        x.square().backward(Tensors.of(1, 10, 100));
        assertThat(gradient()).containsExactly(2, 40, 600);
    }

    @Test
    void theSeedMustFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.square().backward(Tensors.ones(2)))
                .withMessage("backward: the seed has shape (2,), but the tensor has shape (3,)");
    }

    @Test
    void withoutASeedTheResultMustBeOneNumber() {
        assertThatIllegalStateException()
                .isThrownBy(() -> x.square().backward())
                .withMessageContaining("shape (3,) is not a single number")
                .withMessageContaining("sum() or mean()");
        Tensor one = Tensors.ones(1, 1).requiresGrad(true);
        one.mul(3).backward();
        assertThat(one.grad().orElseThrow().data()).containsExactly(3);
    }

    @Test
    void somethingMustHaveBeenRecorded() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Tensors.of(1, 2).sum().backward())
                .withMessageContaining("nothing was recorded")
                .withMessageContaining("requiresGrad(true)");
    }

    @Test
    void aLeafIsItsOwnResult() {
        Tensor seed = Tensors.of(4, 5, 6);
        x.backward(seed);
        assertThat(gradient()).containsExactly(4, 5, 6);
        x.grad().orElseThrow().fill(0);
        assertThat(seed.data()).as("the seed is not kept").containsExactly(4, 5, 6);
    }

    @Test
    void onlyLeavesCollect() {
        Tensor y = x.square();
        y.sum().backward();
        assertThat(y.grad()).isEmpty();
    }

    @Test
    void constantsGetNothing() {
        Tensor constant = Tensors.of(4, 5, 6);
        x.mul(constant).sum().backward();
        assertThat(constant.grad()).isEmpty();
        assertThat(gradient()).containsExactly(4, 5, 6);
    }

    @Test
    void detachCutsThePathOff() {
        Tensor y = x.square();
        y.detach().mul(x).sum().backward();
        assertThat(gradient()).as("x² held fixed").containsExactly(1, 4, 9);
        assertThat(y.detach().requiresGrad()).isFalse();
    }

    @Test
    void leavesDoNotShareTheMemoryOfTheirGradients() {
        Tensor a = Tensors.of(1, 2).requiresGrad(true);
        Tensor b = Tensors.of(3, 4).requiresGrad(true);
        Tensor c = Tensors.of(5, 6).requiresGrad(true);
        Tensor seed = Tensors.of(1, 1);
        a.add(b).add(c.reshape(1, 2).reshape(2)).backward(seed);
        a.grad().orElseThrow().fill(99);
        assertThat(b.grad().orElseThrow().data()).containsExactly(1, 1);
        assertThat(c.grad().orElseThrow().data()).containsExactly(1, 1);
        assertThat(seed.data()).containsExactly(1, 1);
    }

    @Test
    void accumulatingDoesNotWriteIntoTheSeedOrAnotherGradient() {
        Tensor b = Tensors.of(0, 0, 0).requiresGrad(true);
        Tensor seed = Tensors.ones(3);
        x.add(b).backward(seed);
        x.add(1).backward(seed);
        assertThat(gradient()).containsExactly(2, 2, 2);
        assertThat(b.grad().orElseThrow().data()).containsExactly(1, 1, 1);
        assertThat(seed.data()).containsExactly(1, 1, 1);
    }

    @Test
    void aGradientIsNeverTheSeedItself() {
        Tensor seed = Tensors.ones(3);
        x.add(1).backward(seed);
        x.grad().orElseThrow().fill(9);
        x.zeroGrad();
        x.reshape(3, 1).reshape(3).backward(seed);
        x.grad().orElseThrow().fill(9);
        assertThat(seed.data()).containsExactly(1, 1, 1);
    }

    @Test
    void aGradientSetByHandIsAddedTo() {
        x.grad(Tensors.of(1, 1, 1));
        x.mul(2).sum().backward();
        assertThat(gradient()).containsExactly(3, 3, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> x.grad(Tensors.ones(2)))
                .withMessage("grad: a gradient of shape (2,) does not fit a tensor of shape (3,)");
    }

    @Test
    void aRecordedGradientSetByHandLosesItsHistory() {
        Tensor weight = Tensors.of(2, 2, 2).requiresGrad(true);
        x.grad(weight.mul(3));
        assertThat(x.grad().orElseThrow().requiresGrad()).isFalse();
        x.mul(1).sum().backward();
        assertThat(gradient()).containsExactly(7, 7, 7);
        assertThat(weight.grad()).isEmpty();
    }

    @Test
    void gradientsAreNotRecorded() {
        x.square().sum().backward();
        assertThat(x.grad().orElseThrow().requiresGrad())
                .as("no second-order gradients")
                .isFalse();
        assertThat(NoGrad.isActive())
                .as("the scope of the pass is closed again")
                .isFalse();
    }

    @Test
    void requiresGradIsForLeaves() {
        Tensor y = x.square();
        assertThat(y.requiresGrad()).isTrue();
        assertThat(y.isLeaf()).isFalse();
        assertThat(y.gradFn().orElseThrow().name()).isEqualTo("SQUARE");
        assertThatIllegalStateException()
                .isThrownBy(() -> y.requiresGrad(false))
                .withMessageContaining("detach()");
        assertThat(Tensors.of(1).square().isLeaf()).as("nothing to remember").isTrue();
    }

    @Test
    void aComparisonIsNotRecorded() {
        assertThat(x.gt(2).requiresGrad()).isFalse();
        assertThat(x.argmax().requiresGrad()).isFalse();
        x.mul(x.gt(1.5)).sum().backward();
        assertThat(gradient()).containsExactly(0, 1, 1);
    }
}
