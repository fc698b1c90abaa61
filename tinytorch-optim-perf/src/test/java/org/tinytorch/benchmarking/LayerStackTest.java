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
    void aLayerInsideItselfIsTheInnerOneFirst() {
        stack.enter("a", "outer");
        stack.enter("a", "inner");

        assertThat(stack.leave("a")).contains("inner");
        assertThat(stack.leave("a")).contains("outer");
        assertThat(stack.notes()).isEmpty();
    }

    @Test
    void whatIsNotAtWorkHasNoNote() {
        assertThat(stack.leave("a")).isEmpty();
        stack.enter("a", "layer a");

        assertThat(stack.leave("b")).isEmpty();
        assertThat(stack.notes()).containsExactly("layer a");
    }
}
