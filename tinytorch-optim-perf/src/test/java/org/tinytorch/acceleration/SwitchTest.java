package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwitchTest {
    private static final String PROPERTY = "tinytorch.test.switch";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void isOnUnlessTurnedOff() {
        assertThat(Switch.on(PROPERTY)).isTrue();
        System.setProperty(PROPERTY, "true");
        assertThat(Switch.on(PROPERTY)).isTrue();
        System.setProperty(PROPERTY, "false");
        assertThat(Switch.on(PROPERTY)).isFalse();
    }

    @Test
    void namesWhatItDoesNotUnderstand() {
        System.setProperty(PROPERTY, "no");
        assertThatThrownBy(() -> Switch.on(PROPERTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-D" + PROPERTY + "=no is neither true nor false; leave it out for true");
    }
}
