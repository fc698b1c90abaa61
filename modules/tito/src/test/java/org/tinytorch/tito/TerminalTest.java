package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private Terminal terminal(boolean colours, boolean signs) {
        return new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), colours, signs);
    }

    @Test
    void coloursOnlyIfTold() {
        assertThat(terminal(true, true).strong("x")).isEqualTo("\033[1mx\033[0m");
        assertThat(terminal(false, true).strong("x")).isEqualTo("x");
        assertThat(terminal(false, true).failed()).isEqualTo("✗");
    }

    @Test
    void signsOnlyIfTheCharacterSetHasThem() {
        Terminal plain = terminal(false, false);
        assertThat(plain.done() + plain.failed() + plain.open())
                .isEqualTo("okXX- ")
                .isASCII();
    }

    @Test
    void aPercentSignInATextIsNoFormat() {
        terminal(false, true).line("100 %% of %s", "it");
        terminal(false, true).line("100 %");
        terminal(false, true).block("  ", "50 %\n50 %");
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("100 % of it", "100 %", "  50 %", "  50 %");
    }
}
