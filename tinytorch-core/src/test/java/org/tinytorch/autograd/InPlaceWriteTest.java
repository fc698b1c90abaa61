package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Writing over numbers that a derivative still needs is caught; writing over others is fine. */
class InPlaceWriteTest {
    private final Tensor x = Tensors.of(1, 2, 3).requiresGrad(true);

    @Test
    void afterASumTheNumbersAreNotNeeded() {
        Tensor y = x.add(x).sum();
        x.set(100, 0);
        y.backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(2, 2, 2);
    }

    @Test
    void afterAProductTheyAreNeededAndTheErrorNamesTheOperation() {
        Tensor y = x.mul(x).sum();
        x.set(100, 0);
        assertThatIllegalStateException()
                .isThrownBy(y::backward)
                .withMessageContaining("backward of MUL")
                .withMessageContaining("input 1, of shape (3,)")
                .withMessageContaining("overwritten in place")
                .withMessageContaining("(1 times)")
                .withMessageContaining("copy()");
        assertThat(x.grad()).as("no half gradient").isEmpty();
    }

    @Test
    void throughAReshapedView() {
        Tensor view = x.detach().reshape(3, 1);
        Tensor y = x.square().sum();
        view.fill(0);
        assertThatIllegalStateException().isThrownBy(y::backward).withMessageContaining("SQUARE");
    }

    @Test
    void throughADetachedTensor() {
        Tensor y = x.square().sum();
        x.detach().set(7, 1);
        assertThatIllegalStateException().isThrownBy(y::backward).withMessageContaining("SQUARE");
    }

    @Test
    void anOutputThatTheRuleReads() {
        Tensor y = x.exp();
        y.detach().set(0, 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> y.backward(Tensors.ones(3)))
                .withMessageContaining("the output");
    }

    @Test
    void everyWayToWriteCounts() {
        int before = x.version();
        x.set(1, 0);
        x.fill(2);
        x.copyFrom(Tensors.of(4, 5, 6));
        x.mutableData()[0] = 5;
        assertThat(x.version()).isEqualTo(before + 4);
    }

    @Test
    void readingIsNotWriting() {
        Tensor y = x.square().sum();
        assertThat(x.data()[0] + x.get(1) + x.sum().item() + x.copy().version()).isEqualTo(9);
        assertThatNoException().isThrownBy(y::backward);
    }

    @Test
    void writingBeforeTheForwardPassIsFine() {
        x.set(5, 0);
        x.square().sum().backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(10, 4, 6);
    }

    @Test
    void writingAfterTheBackwardPassIsFine() {
        x.square().sum().backward();
        x.set(5, 0);
        x.square().sum().backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(12, 8, 12);
    }

    @Test
    void aCopyIsIndependent() {
        Tensor y = x.square().sum();
        x.copy().fill(0);
        y.backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(2, 4, 6);
    }

    @Test
    void recordedResultsRefuseWrites() {
        Tensor y = x.exp();
        assertThatIllegalStateException()
                .isThrownBy(() -> y.set(0, 0))
                .withMessageContaining("in-place write into the recorded result of EXP")
                .withMessageContaining("copy()");
        assertThatIllegalStateException().isThrownBy(y::mutableData);
        assertThatIllegalStateException().isThrownBy(() -> y.fill(0));
        assertThat(y.copy().mutableData()).as("a copy has no history").hasSize(3);
    }

    @Test
    void recordedReshapeRefusesWritesThatWouldReachItsInput() {
        assertThatIllegalStateException()
                .isThrownBy(() -> x.reshape(3, 1).fill(0))
                .withMessageContaining("Reshape");
        assertThat(x.data()).containsExactly(1, 2, 3);
    }
}
