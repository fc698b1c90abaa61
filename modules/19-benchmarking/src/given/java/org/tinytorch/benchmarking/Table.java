// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Table.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table with a caption. Columns of numbers are aligned on the right.
 *
 * @param caption what it shows
 * @param columns the names of the columns, at least one
 * @param rows one cell for each column
 */
public record Table(String caption, List<String> columns, List<List<Cell>> rows) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no column, or a row has not one cell for each
     */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("table: '" + caption + "' has no columns; name at least one");
        }
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).size() != columns.size()) {
                throw new IllegalArgumentException("table: row " + row + " of '" + caption + "' has "
                        + rows.get(row).size() + " cells for " + columns.size() + " columns; give one for each");
            }
        }
    }

    /** Whether a column holds numbers only. */
    public boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column).number().isPresent());
    }

    /** As Markdown, caption first; what would end a cell is escaped. */
    public String toMarkdown() {
        List<String> lines = new ArrayList<>(List.of("**" + escaped(caption) + "**", ""));
        lines.add(markdownRow(columns.stream()));
        List<String> rules = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            rules.add(isNumeric(column) ? "---:" : "---");
        }
        lines.add(markdownRow(rules.stream()));
        rows.forEach(row -> lines.add(markdownRow(row.stream().map(Cell::text))));
        return String.join("\n", lines) + "\n";
    }

    private static String markdownRow(Stream<String> cells) {
        return cells.map(Table::escaped).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** A line break would end the row, a bar the cell, and an angle begin a tag. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replaceAll("\\R", " ");
    }

    /** As text with columns two blanks apart. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(caption).append('\n').append(line(columns));
        rows.forEach(row ->
                text.append('\n').append(line(row.stream().map(Cell::text).toList())));
        return text.toString();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String blanks = " ".repeat(width(column) - cells.get(column).length());
            line.append(column == 0 ? "" : "  ")
                    .append(isNumeric(column) ? blanks + cells.get(column) : cells.get(column) + blanks);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return Stream.concat(Stream.of(columns.get(column)), rows.stream().map(row -> row.get(column)
                        .text()))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }
}
