package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(
            "Times",
            List.of("layer", "time"),
            List.of(
                    List.of(Cell.text("a"), Cell.of(5, "5 ns")),
                    List.of(Cell.text("long name"), Cell.of(1000, "1 µs or so"))));

    @Test
    void textIsAlignedLeftAndNumbersRight() {
        assertThat(table).hasToString("""
                        Times
                        layer            time
                        a                5 ns
                        long name  1 µs or so""");
    }

    @Test
    void markdownAlignsNumbersToo() {
        assertThat(table.toMarkdown()).isEqualTo("""
                        **Times**

                        | layer | time |
                        | --- | ---: |
                        | a | 5 ns |
                        | long name | 1 µs or so |
                        """);
    }

    @Test
    void whatMarkdownWouldReadIsEscaped() {
        Table evil = new Table("x|y", List.of("a"), List.of(List.of(Cell.text("<b>|_*\n\\"))));

        assertThat(evil.toMarkdown()).isEqualTo("""
                        **x\\|y**

                        | a |
                        | --- |
                        | &lt;b>\\|\\_\\* \\\\ |
                        """);
    }

    @Test
    void aTableWithoutRowsHasItsColumns() {
        assertThat(new Table("None", List.of("a", "b"), List.of())).hasToString("None\na  b");
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThatThrownBy(() -> new Table("Times", List.of("a", "b"), List.of(List.of(Cell.text("1")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table: row 0 of 'Times' has 1 cells for 2 columns; give one for each");
        assertThatThrownBy(() -> new Table("Times", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no columns");
    }
}
