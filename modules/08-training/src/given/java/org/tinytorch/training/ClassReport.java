// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/ClassReport.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Precision, recall and F1 of every class, and their plain averages over the classes ("macro"), in which a rare class counts as much as a frequent
 * one; like scikit-learn's {@code classification_report}. {@link #toString()} prints a table.
 *
 * @param classes one entry for each class, in the order of the labels
 * @param macro the averages; its support is the number of all samples
 * @param accuracy the share of right samples
 */
public record ClassReport(List<ClassScore> classes, ClassScore macro, double accuracy) {
    /** Keeps a copy of the list. */
    public ClassReport {
        classes = List.copyOf(classes);
    }

    /**
     * Works out the scores of a confusion matrix.
     *
     * @throws IllegalStateException if it has seen no sample
     */
    public static ClassReport of(ConfusionMatrix matrix) {
        List<ClassScore> classes = IntStream.range(0, matrix.classes())
                .mapToObj(c ->
                        ClassScore.of(matrix.names().get(c), matrix.count(c, c), matrix.predicted(c), matrix.actual(c)))
                .toList();
        ClassScore macro = new ClassScore(
                "macro",
                average(classes, ClassScore::precision),
                average(classes, ClassScore::recall),
                average(classes, ClassScore::f1),
                matrix.total());
        return new ClassReport(classes, macro, matrix.value());
    }

    private static double average(List<ClassScore> classes, ToDoubleFunction<ClassScore> score) {
        return classes.stream().mapToDouble(score).sum() / classes.size();
    }

    /** A table with three decimals. */
    @Override
    public String toString() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("class", "precision", "recall", "f1", "support"));
        classes.forEach(score -> rows.add(row(score)));
        rows.add(row(macro));
        return TextTable.format(rows) + "\naccuracy " + decimals(accuracy);
    }

    private static List<String> row(ClassScore score) {
        return List.of(
                score.name(),
                decimals(score.precision()),
                decimals(score.recall()),
                decimals(score.f1()),
                Long.toString(score.support()));
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
