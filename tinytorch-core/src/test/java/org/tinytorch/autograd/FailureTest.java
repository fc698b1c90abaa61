package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Missing rules and failing derivatives. */
class FailureTest {
    private final Tensor x = Tensors.of(1, 2).requiresGrad(true);

    /** An operation that autograd has never heard of. */
    private record Unheard(boolean differentiable) implements Operation {
        @Override
        public Tensor forward(Tensor... inputs) {
            return inputs[0].copy();
        }
    }

    private static final class Failing extends Function {
        @Override
        protected Tensor forward(Tensor... inputs) {
            return inputs[0].copy();
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            throw new ArithmeticException("planned");
        }
    }

    @Test
    void aMissingRuleFailsWhereTheOperationIsCalled() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Operation.run(new Unheard(true), x))
                .withMessageContaining("operation Unheard[differentiable=true] has no derivative rule")
                .withMessageContaining("autograd.Function")
                .withMessageContaining("differentiable()");
    }

    @Test
    void noRuleIsNeededWhereNoGradientIs() {
        assertThat(Operation.run(new Unheard(true), Tensors.of(1)).requiresGrad())
                .isFalse();
        assertThat(Operation.run(new Unheard(false), x).requiresGrad()).isFalse();
        try (NoGrad scope = NoGrad.enter()) {
            assertThat(Operation.run(new Unheard(true), x).requiresGrad()).isFalse();
        }
    }

    @Test
    void aFailingDerivativeLeavesAllGradientsAsTheyWere() {
        Tensor other = Tensors.of(1, 1).requiresGrad(true);
        other.grad(Tensors.of(5, 5));
        Tensor y = new Failing().apply(x).add(other).sum();
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(y::backward)
                .withMessage("planned");
        assertThat(x.grad()).isEmpty();
        assertThat(other.grad().orElseThrow().data()).containsExactly(5, 5);
        assertThat(NoGrad.isActive()).isFalse();
    }

    @Test
    void anIndexHasNoGradient() {
        Tensor index = Tensors.of(1, 0).requiresGrad(true);
        Tensor y = x.gather(0, index).sum();
        assertThatIllegalStateException()
                .isThrownBy(y::backward)
                .withMessageContaining("no gradient flows to an index")
                .withMessageContaining("detach()");
        assertThat(x.grad()).isEmpty();
    }
}
