// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/CsvDataset.java. Read it, don't edit it.
package org.tinytorch.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

/**
 * A table of numbers from a CSV file (RFC 4180): one sample a line, inputs {@code (features,)} and one label each. Empty lines are skipped. {@link Normalize}
 * makes its features comparable.
 */
public final class CsvDataset implements Dataset {
    private final TensorDataset samples;
    private final List<String> featureNames;

    private CsvDataset(TensorDataset samples, List<String> featureNames) {
        this.samples = samples;
        this.featureNames = featureNames;
    }

    /**
     * Reads a file into memory.
     *
     * @throws IOException if there is no such file or no line of numbers in it, or a line has cells that are missing, too many or not finite numbers; the message
     *     names the file, the line (counted from 1) and the column (its name, or its position counted from 0)
     */
    public static CsvDataset read(Path file, CsvFormat format) throws IOException {
        DoubleStream.Builder features = DoubleStream.builder();
        DoubleStream.Builder labels = DoubleStream.builder();
        try (CsvRows rows = new CsvRows(file, format)) {
            while (rows.hasNext()) {
                CsvRows.Row row = rows.next();
                DoubleStream.of(row.features()).forEach(features);
                labels.add(row.label());
            }
            double[] targets = labels.build().toArray();
            if (targets.length == 0) {
                throw new IOException("csv: " + file + ": there is a header, but no line of numbers after it");
            }
            List<String> names = rows.featureNames();
            return new CsvDataset(
                    new TensorDataset(
                            Tensors.of(features.build().toArray(), targets.length, names.size()), Tensors.of(targets)),
                    names);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Reads a file line by line whenever samples are asked for: for one that is larger than memory. Labels are scalars.
     *
     * @return throws, as it is read, an {@link UncheckedIOException} with the messages of {@link #read}
     */
    public static StreamingDataset stream(Path file, CsvFormat format) {
        return () -> open(file, format);
    }

    private static Stream<Sample> open(Path file, CsvFormat format) {
        CsvRows rows;
        try {
            rows = new CsvRows(file, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .map(row -> new Sample(Tensors.of(row.features()), Tensors.scalar(row.label())))
                .onClose(() -> close(rows));
    }

    private static void close(CsvRows rows) {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int size() {
        return samples.size();
    }

    /** Inputs {@code (n, features)} and labels {@code (n,)}. */
    @Override
    public Batch batch(int... indices) {
        return samples.batch(indices);
    }

    /** One batch of all samples. */
    public Batch all() {
        return samples.all();
    }

    /** What the features are called: the header's names, or the positions of their columns. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** For example {@code 150 samples (4,)}. */
    @Override
    public String toString() {
        return samples.toString();
    }
}
