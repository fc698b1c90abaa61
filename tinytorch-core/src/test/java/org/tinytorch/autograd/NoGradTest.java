package org.tinytorch.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** The scope in which nothing is recorded. */
class NoGradTest {
    private static final Executor NEW_THREAD = task -> new Thread(task).start();

    private final Tensor x = Tensors.of(1, 2).requiresGrad(true);

    @Test
    void nothingIsRecordedInside() {
        try (NoGrad scope = NoGrad.enter()) {
            assertThat(x.square().requiresGrad()).isFalse();
            assertThat(NoGrad.isActive()).isTrue();
        }
        assertThat(x.square().requiresGrad()).isTrue();
    }

    @Test
    void scopesNest() {
        try (NoGrad outer = NoGrad.enter()) {
            try (NoGrad inner = NoGrad.enter()) {
                assertThat(NoGrad.isActive()).isTrue();
            }
            assertThat(NoGrad.isActive())
                    .as("the inner scope must not end the outer one")
                    .isTrue();
        }
        assertThat(NoGrad.isActive()).isFalse();
    }

    @Test
    void anExceptionEndsTheScope() {
        assertThatIllegalStateException().isThrownBy(() -> {
            try (NoGrad scope = NoGrad.enter()) {
                throw new IllegalStateException("planned");
            }
        });
        assertThat(NoGrad.isActive()).isFalse();
    }

    @Test
    void belongsToItsThread() {
        try (NoGrad scope = NoGrad.enter()) {
            boolean elsewhere =
                    CompletableFuture.supplyAsync(NoGrad::isActive, NEW_THREAD).join();
            assertThat(elsewhere).as("not inherited by a thread started inside").isFalse();
        }
        CompletableFuture.runAsync(NoGrad::enter, NEW_THREAD).join();
        assertThat(NoGrad.isActive()).as("not switched on by another thread").isFalse();
    }

    @Test
    void closingTwiceOrOutOfOrderDoesNoHarm() {
        NoGrad outer = NoGrad.enter();
        NoGrad inner = NoGrad.enter();
        outer.close();
        assertThat(NoGrad.isActive()).as("the inner scope is still open").isTrue();
        inner.close();
        inner.close();
        outer.close();
        assertThat(NoGrad.isActive()).as("all are closed").isFalse();
        try (NoGrad next = NoGrad.enter()) {
            assertThat(NoGrad.isActive()).isTrue();
        }
    }

    @Test
    void anotherThreadCannotCloseIt() {
        try (NoGrad scope = NoGrad.enter()) {
            Throwable refusal = CompletableFuture.runAsync(scope::close, NEW_THREAD)
                    .handle((nothing, thrown) -> thrown)
                    .join();
            assertThat(refusal)
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasStackTraceContaining("close it where it was opened");
            assertThat(NoGrad.isActive()).isTrue();
        }
    }

    @Test
    void whatWasRecordedBeforeCanBeWalkedInside() {
        Tensor y = x.square().sum();
        try (NoGrad scope = NoGrad.enter()) {
            y.backward();
        }
        assertThat(x.grad().orElseThrow().data()).containsExactly(2, 4);
    }

    @Test
    void anOperationThatReturnsItsInputKeepsTheInputsHistory() {
        Operation same = inputs -> inputs[0];
        Tensor y = x.square();
        try (NoGrad scope = NoGrad.enter()) {
            assertThat(Operation.run(same, y)).isSameAs(y);
        }
        assertThat(y.isLeaf()).as("still the result of SQUARE").isFalse();
    }
}
