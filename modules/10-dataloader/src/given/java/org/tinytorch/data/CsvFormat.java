// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/CsvFormat.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to read a file of comma-separated values: numbers, with one column of labels, which is the last one unless another is named.
 *
 * <pre>{@code
 * CsvFormat iris = CsvFormat.withHeader().label("species").classes("setosa", "versicolor", "virginica");
 * }</pre>
 *
 * @param header whether the first line names the columns
 * @param separator what stands between two cells
 * @param labelName the column of labels by its name, for which a header is needed
 * @param labelPosition the column of labels by its position, counted from 0
 * @param classNames what labels are called in the file, the first one being class 0; if empty, labels are numbers
 */
public record CsvFormat(
        boolean header,
        char separator,
        Optional<String> labelName,
        OptionalInt labelPosition,
        List<String> classNames) {
    /**
     * Checks that the column of labels can be found.
     *
     * @throws IllegalArgumentException if it has a name without a header, or a negative position
     */
    public CsvFormat {
        if (labelName.isPresent() && !header) {
            throw new IllegalArgumentException("csv: label column '" + labelName.get()
                    + "' has a name, but there is no header; give its position");
        }
        if (labelPosition.isPresent() && labelPosition.getAsInt() < 0) {
            throw new IllegalArgumentException(
                    "csv: label column " + labelPosition.getAsInt() + " is negative; the first column is 0");
        }
        classNames = List.copyOf(classNames);
    }

    /** Commas, and a first line that names the columns. */
    public static CsvFormat withHeader() {
        return new CsvFormat(true, ',', Optional.empty(), OptionalInt.empty(), List.of());
    }

    /** Commas, and numbers from the first line on. */
    public static CsvFormat withoutHeader() {
        return new CsvFormat(false, ',', Optional.empty(), OptionalInt.empty(), List.of());
    }

    /** Labels are in the column of this name. */
    public CsvFormat label(String name) {
        return new CsvFormat(header, separator, Optional.of(name), OptionalInt.empty(), classNames);
    }

    /** Labels are in this column, counted from 0. */
    public CsvFormat label(int position) {
        return new CsvFormat(header, separator, Optional.empty(), OptionalInt.of(position), classNames);
    }

    /** Labels are names; they become the numbers 0, 1, … in this order. */
    public CsvFormat classes(String... names) {
        return new CsvFormat(header, separator, labelName, labelPosition, List.of(names));
    }

    /** Something else stands between two cells, such as a semicolon. */
    public CsvFormat separator(char between) {
        return new CsvFormat(header, between, labelName, labelPosition, classNames);
    }
}
