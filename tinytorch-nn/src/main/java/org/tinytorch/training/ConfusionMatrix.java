package org.tinytorch.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Tensor;

/**
 * How often each class was taken for each: rows are the right classes, columns the predicted ones. Its value is the accuracy. Shapes as for
 * {@link Accuracy}. {@link #toString()} prints a table.
 */
public final class ConfusionMatrix implements Metric {
    private final List<String> names;
    private final long[][] counts;

    /** Classes named by their numbers, from 0. */
    public ConfusionMatrix(int classes) {
        this(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /**
     * Classes with names, in the order of their labels.
     *
     * @throws IllegalArgumentException if there are none
     */
    public ConfusionMatrix(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("confusion matrix: there are no classes; give at least one");
        }
        this.names = List.copyOf(names);
        this.counts = new long[names.size()][names.size()];
    }

    @Override
    public String name() {
        return "confusion_accuracy";
    }

    @Override
    public void reset() {
        for (long[] row : counts) {
            java.util.Arrays.fill(row, 0);
        }
    }

    /**
     * Takes a batch into account.
     *
     * @throws IllegalArgumentException if the number of scores is not that of the classes, the shapes do not fit, or a score is NaN
     */
    @Override
    public void update(Tensor prediction, Tensor target) {
        int scores = Labels.classes("confusion matrix", prediction);
        if (scores != classes()) {
            throw new IllegalArgumentException("confusion matrix: " + scores + " scores in shape " + prediction.shape()
                    + ", but " + classes() + " classes; make them equal");
        }
        int[] predicted = Labels.predicted("confusion matrix", prediction);
        int[] actual = Labels.actual("confusion matrix", target, prediction);
        for (int i = 0; i < actual.length; i++) {
            if (predicted[i] == Labels.NONE || actual[i] == Labels.NONE) {
                throw new IllegalArgumentException(
                        "confusion matrix: sample " + i + " has a NaN among its scores; the model has diverged");
            }
        }
        for (int i = 0; i < actual.length; i++) {
            counts[actual[i]][predicted[i]]++;
        }
    }

    /** The accuracy: the share on the diagonal. */
    @Override
    public double value() {
        long right = IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
        return new Share(right, total()).value("confusion matrix");
    }

    /** The number of classes. */
    public int classes() {
        return names.size();
    }

    /** The names of the classes, in the order of their labels. */
    public List<String> names() {
        return names;
    }

    /** The number of samples seen. */
    public long total() {
        return IntStream.range(0, classes()).mapToLong(this::actual).sum();
    }

    /** How many samples of the class {@code actual} were taken for {@code predicted}. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** How many samples of this class there were: the sum of its row. */
    public long actual(int label) {
        return IntStream.range(0, classes()).mapToLong(c -> counts[label][c]).sum();
    }

    /** How many samples were taken for this class: the sum of its column. */
    public long predicted(int label) {
        return IntStream.range(0, classes()).mapToLong(c -> counts[c][label]).sum();
    }

    /** A table: one row for each right class, one column for each predicted one; {@code .} stands for 0. */
    @Override
    public String toString() {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("actual \\ predicted"));
        head.addAll(names);
        table.add(head);
        for (int actual = 0; actual < classes(); actual++) {
            List<String> row = new ArrayList<>(List.of(names.get(actual)));
            for (long count : counts[actual]) {
                row.add(count == 0 ? "." : Long.toString(count));
            }
            table.add(row);
        }
        return TextTable.format(Collections.unmodifiableList(table));
    }
}
