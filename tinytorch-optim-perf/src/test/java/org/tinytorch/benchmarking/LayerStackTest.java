package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerStackTest {
    private final LayerStack<String> stack = new LayerStack<>();

    @Test
    void theInnermostIsOnTop() {
        stack.enter("", "model");
        stack.enter("a", "layer a");

        assertThat(stack.top()).contains("layer a");
        assertThat(stack.notes()).containsExactly("model", "layer a");
        assertThat(stack.leave("a")).contains("layer a");
        assertThat(stack.top()).contains("model");
        assertThat(stack.holds("a")).isFalse();
    }

    @Test
    void whatFailedInsideIsForgottenWhenTheOuterIsDone() {
        stack.enter("", "model");
        stack.enter("a", "failed");

        assertThat(stack.leave("")).contains("model");
        assertThat(stack.notes()).isEmpty();
    }

    @Test
    void whatFailedIsForgottenWhenItBeginsAgain() {
        stack.enter("", "first try");
        stack.enter("a", "failed");
        stack.enter("", "second try");

        assertThat(stack.notes()).containsExactly("second try");
    }

    @Test
    void whatBeganBeforeAnyoneLookedHasNoNote() {
        stack.enter("a", "layer a");

        assertThat(stack.leave("b")).isEmpty();
        assertThat(stack.notes()).containsExactly("layer a");
    }
}
