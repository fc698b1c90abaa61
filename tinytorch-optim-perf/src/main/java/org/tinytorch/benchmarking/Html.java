package org.tinytorch.benchmarking;

import java.util.List;

/** Parts of web pages, in which any text is shown as it is and none is taken for a tag. */
public final class Html {
    private Html() {}

    /** Text for an element or an attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A table with its caption; columns of numbers have the class {@code n}, so that a page can align them on the right. */
    public static String table(Table table) {
        StringBuilder text = new StringBuilder("<table>\n<caption>")
                .append(escaped(table.caption()))
                .append("</caption>\n")
                .append(row(table, "th", table.columns()));
        table.rows()
                .forEach(row -> text.append(
                        row(table, "td", row.stream().map(Cell::text).toList())));
        return text.append("</table>\n").toString();
    }

    private static String row(Table table, String tag, List<String> cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (int column = 0; column < cells.size(); column++) {
            row.append('<').append(tag).append(table.isNumeric(column) ? " class=\"n\">" : ">");
            row.append(escaped(cells.get(column))).append("</").append(tag).append('>');
        }
        return row.append("</tr>\n").toString();
    }
}
