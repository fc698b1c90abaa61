package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Operations of one's own. */
class FunctionTest {
    private final Tensor x = Tensors.of(1, 2, 3).requiresGrad(true);

    private static final class Cube extends Function {
        @Override
        protected Tensor forward(Tensor... inputs) {
            assertThat(NoGrad.isActive())
                    .as("the inside of a function is not recorded")
                    .isTrue();
            return inputs[0].mul(inputs[0]).mul(inputs[0]);
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {saved.input(0).square().mul(3).mul(g)};
        }
    }

    /** Returns what it is told to. */
    private static final class Returning extends Function {
        private final Tensor out;
        private final Tensor[] gradients;

        Returning(Tensor out, Tensor... gradients) {
            this.out = out;
            this.gradients = gradients;
        }

        @Override
        protected Tensor forward(Tensor... inputs) {
            return out;
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return gradients;
        }
    }

    /** Passes its input on, and the gradient doubled. */
    private static final class Doubling extends Function {
        @Override
        protected Tensor forward(Tensor... inputs) {
            return inputs[0];
        }

        @Override
        protected Tensor[] backward(Saved saved, Tensor g) {
            return new Tensor[] {g.mul(2)};
        }
    }

    @Test
    void forwardAndBackward() {
        Tensor y = new Cube().apply(x);
        y.sum().backward();
        assertThat(y.data()).containsExactly(1, 8, 27);
        assertThat(x.grad().orElseThrow().data()).containsExactly(3, 12, 27);
        GradCheck.check(in -> new Cube().apply(in), Tensors.of(-1, 0.5, 2)).orThrow();
    }

    @Test
    void itsNameIsThatOfTheClass() {
        assertThat(new Cube().apply(x).gradFn().orElseThrow().name()).isEqualTo("Cube");
    }

    @Test
    void nothingIsRecordedIfNobodyAsks() {
        assertThat(new Cube().apply(Tensors.of(2)).requiresGrad()).isFalse();
        try (NoGrad scope = NoGrad.enter()) {
            assertThat(new Cube().apply(x).requiresGrad()).isFalse();
        }
    }

    @Test
    void mayReturnItsInput() {
        Tensor y = new Doubling().apply(x);
        assertThat(y).isNotSameAs(x);
        assertThat(x.isLeaf()).as("the input keeps its own role").isTrue();
        y.sum().backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(2, 2, 2);
    }

    @Test
    void mayReturnARecordedInput() {
        Tensor middle = x.mul(5);
        new Doubling().apply(middle).sum().backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(10, 10, 10);
    }

    @Test
    void servesOneApplication() {
        Function cube = new Cube();
        Tensor first = cube.apply(x);
        assertThat(first.size()).isEqualTo(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> cube.apply(x))
                .withMessageContaining("Cube: a function object serves one application");
    }

    @Test
    void aMissingGradientIsNamed() {
        Tensor none = new Returning(Tensors.scalar(1)).apply(x);
        assertThatIllegalStateException()
                .isThrownBy(none::backward)
                .withMessageContaining("backward of Returning: there is no gradient for input 0");
        Tensor empty = new Returning(Tensors.scalar(1), (Tensor) null).apply(x);
        assertThatIllegalStateException().isThrownBy(empty::backward).withMessageContaining("input 0");
    }

    @Test
    void gradientsOfConstantsMayBeMissing() {
        Tensor constant = Tensors.of(9, 9, 9);
        new Returning(Tensors.scalar(1), null, Tensors.of(1, 2, 3))
                .apply(constant, x)
                .backward();
        assertThat(x.grad().orElseThrow().data()).containsExactly(1, 2, 3);
        assertThat(constant.grad()).isEmpty();
    }

    @Test
    void aGradientOfTheWrongShapeIsNamed() {
        Tensor matrix = Tensors.ones(2, 3).requiresGrad(true);
        Tensor transposed = new Returning(Tensors.scalar(1), Tensors.ones(3, 2)).apply(matrix);
        assertThatIllegalStateException()
                .isThrownBy(transposed::backward)
                .withMessageContaining(
                        "backward of Returning: the gradient for input 0 has shape (3, 2), but the input has (2, 3)");
        Tensor flat = new Returning(Tensors.scalar(1), Tensors.ones(6)).apply(matrix);
        assertThatIllegalStateException().isThrownBy(flat::backward).withMessageContaining("(6,)");
        assertThat(matrix.grad()).isEmpty();
    }

    @Test
    void aBroadcastGradientIsSummed() {
        Tensor row = Tensors.ones(3).requiresGrad(true);
        new Returning(Tensors.scalar(1), Tensors.ones(2, 3)).apply(row).backward();
        assertThat(row.grad().orElseThrow().data()).containsExactly(2, 2, 2);
    }

    @Test
    void oneTensorForTwoInputsIsNotSharedByTheirGradients() {
        Tensor a = Tensors.of(1).requiresGrad(true);
        Tensor b = Tensors.of(2).requiresGrad(true);
        Tensor both = Tensors.of(7);
        new Returning(Tensors.scalar(1), both, both).apply(a, b).backward();
        a.grad().orElseThrow().fill(0);
        assertThat(b.grad().orElseThrow().data()).containsExactly(7);
    }

    @Test
    void aGradientIsNeverAnInputItself() {
        Tensor a = Tensors.of(1).requiresGrad(true);
        Tensor b = Tensors.of(2).requiresGrad(true);
        new Returning(Tensors.scalar(1), b, Tensors.of(3)).apply(a, b).backward();
        a.grad().orElseThrow().fill(9);
        assertThat(b.data()).containsExactly(2);
    }

    @Test
    void savedInputsAreGuarded() {
        Tensor y = new Cube().apply(x);
        x.fill(0);
        assertThatIllegalStateException()
                .isThrownBy(() -> y.sum().backward())
                .withMessageContaining("backward of Cube: input 0")
                .withMessageContaining("overwritten");
    }

    @Test
    void nullIsRefusedInWords() {
        Function nothing = new Function() {
            @Override
            protected Tensor forward(Tensor... inputs) {
                return null;
            }

            @Override
            protected Tensor[] backward(Saved saved, Tensor g) {
                return null;
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> nothing.apply(x))
                .withMessage("Function: forward returned null; return a tensor");
        Tensor y = new Returning(Tensors.scalar(1), (Tensor[]) null).apply(x);
        assertThatIllegalStateException()
                .isThrownBy(y::backward)
                .withMessageContaining("there is no gradient for input 0");
    }

    @Test
    void aForwardThatWritesIntoItsArrayDoesNotMisleadTheBackward() {
        Function doubled = new Function() {
            @Override
            protected Tensor forward(Tensor... inputs) {
                inputs[0] = inputs[0].mul(2);
                return inputs[0];
            }

            @Override
            protected Tensor[] backward(Saved saved, Tensor g) {
                return new Tensor[] {g.mul(2)};
            }
        };
        doubled.apply(x).sum().backward();
        assertThat(x.grad().orElseThrow().data()).containsOnly(2);
    }
}
