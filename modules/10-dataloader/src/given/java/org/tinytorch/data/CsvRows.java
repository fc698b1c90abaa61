// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/CsvRows.java. Read it, don't edit it.
package org.tinytorch.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a CSV file as numbers, read one by one. Everything wrong with the file is an {@link UncheckedIOException} that says where. */
final class CsvRows implements Iterator<CsvRows.Row>, Closeable {
    private final Path file;
    private final CsvFormat format;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;
    private final int label;

    /** One line: the features in the order of their columns, and the label. */
    record Row(double[] features, double label) {}

    /** Opens a file and reads what tells its columns. */
    CsvRows(Path file, CsvFormat format) throws IOException {
        this.file = file;
        this.format = format;
        if (!Files.isRegularFile(file)) {
            throw new IOException("csv: " + file + ": there is no such file");
        }
        this.columns = columns();
        this.label = labelColumn();
        this.records = open();
        if (format.header()) {
            nextRecord();
        }
    }

    private CloseableIterator<CsvRecord> open() throws IOException {
        return CsvReader.builder()
                .fieldSeparator(format.separator())
                .detectBomHeader(true)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // told below, with the place
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file)
                .iterator();
    }

    /** What the columns are called: by the header, or by their positions. */
    private List<String> columns() throws IOException {
        try (CloseableIterator<CsvRecord> first = open()) {
            if (!first.hasNext()) {
                throw error("the file is empty");
            }
            List<String> cells = first.next().getFields();
            return format.header()
                    ? cells.stream().map(String::strip).toList()
                    : IntStream.range(0, cells.size())
                            .mapToObj(Integer::toString)
                            .toList();
        } catch (CsvParseException e) {
            throw malformed(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private int labelColumn() throws IOException {
        int last = columns.size() - 1;
        if (last < 1) {
            throw error("there is only one column; a sample takes a feature and a label. Is the separator '"
                    + format.separator() + "'?");
        }
        int found = format.labelName().map(columns::indexOf).orElseGet(() -> format.labelPosition()
                .orElse(last));
        if (found < 0 || found > last) {
            throw error("there is no label column "
                    + format.labelName().map(name -> "'" + name + "'").orElseGet(() -> Integer.toString(found))
                    + "; the columns are " + String.join(", ", columns));
        }
        return found;
    }

    /** The names of all columns but the label's. */
    List<String> featureNames() {
        return IntStream.range(0, columns.size())
                .filter(column -> column != label)
                .mapToObj(columns::get)
                .toList();
    }

    @Override
    public boolean hasNext() {
        try {
            return records.hasNext();
        } catch (CsvParseException e) {
            throw new UncheckedIOException(malformed(e));
        }
    }

    private CsvRecord nextRecord() {
        try {
            return records.next();
        } catch (CsvParseException e) {
            throw new UncheckedIOException(malformed(e));
        }
    }

    @Override
    public Row next() {
        CsvRecord cells = nextRecord();
        if (cells.getFieldCount() != columns.size()) {
            throw unchecked(
                    cells, "has " + cells.getFieldCount() + " cells, but there are " + columns.size() + " columns");
        }
        double[] features = new double[columns.size() - 1];
        for (int column = 0; column < columns.size(); column++) {
            if (column != label) {
                features[column < label ? column : column - 1] = number(cells, column);
            }
        }
        return new Row(features, format.classNames().isEmpty() ? number(cells, label) : classOf(cells));
    }

    private double number(CsvRecord cells, int column) {
        String text = cells.getField(column).strip();
        if (text.isEmpty()) {
            throw unchecked(cells, "column " + name(column) + ": the number is missing");
        }
        try {
            double value = Double.parseDouble(text);
            // Java would also read 1d, 0x1p3 and NaN; in a file of numbers they are mistakes.
            if (Double.isFinite(value) && text.chars().noneMatch(c -> Character.isLetter(c) && c != 'e' && c != 'E')) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with the place
        }
        throw unchecked(cells, "column " + name(column) + ": '" + text + "' is not a finite number");
    }

    private int classOf(CsvRecord cells) {
        String text = cells.getField(label).strip();
        int number = format.classNames().indexOf(text);
        if (number < 0) {
            throw unchecked(
                    cells,
                    "column " + name(label) + ": '" + text + "' is none of the classes "
                            + String.join(", ", format.classNames()));
        }
        return number;
    }

    private String name(int column) {
        return format.header() ? "'" + columns.get(column) + "'" : Integer.toString(column);
    }

    private IOException error(String message) {
        return new IOException("csv: " + file + ": " + message);
    }

    /** A quote that is not closed, for example; the message has the line. */
    private IOException malformed(CsvParseException e) {
        return new IOException("csv: " + file + ": " + e.getMessage(), e);
    }

    private UncheckedIOException unchecked(CsvRecord cells, String message) {
        return new UncheckedIOException(error("line " + cells.getStartingLineNumber() + ": " + message));
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
