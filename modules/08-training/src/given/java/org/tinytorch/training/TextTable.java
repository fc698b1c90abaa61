// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/TextTable.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.List;

/** Cells of text in columns: all right-aligned, two blanks apart, each as wide as its widest cell. */
final class TextTable {
    private TextTable() {}

    static String format(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(text.isEmpty() ? "" : "\n");
            for (int c = 0; c < columns; c++) {
                text.append(c == 0 ? "" : "  ")
                        .append(" ".repeat(widths[c] - row.get(c).length()))
                        .append(row.get(c));
            }
        }
        return text.toString();
    }
}
