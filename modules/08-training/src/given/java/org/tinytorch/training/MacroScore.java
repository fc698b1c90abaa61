// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/MacroScore.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.function.ToDoubleFunction;
import org.tinytorch.tensor.Tensor;

/**
 * Precision, recall or F1 averaged over the classes, as a metric to watch while training; {@link ClassReport} gives all of them at once. Shapes as for
 * {@link Accuracy}.
 */
public final class MacroScore implements Metric {
    private final String name;
    private final ConfusionMatrix matrix;
    private final ToDoubleFunction<ClassScore> score;

    private MacroScore(String name, int classes, ToDoubleFunction<ClassScore> score) {
        this.name = name;
        this.matrix = new ConfusionMatrix(classes);
        this.score = score;
    }

    /** The average precision. */
    public static MacroScore precision(int classes) {
        return new MacroScore("macro_precision", classes, ClassScore::precision);
    }

    /** The average recall. */
    public static MacroScore recall(int classes) {
        return new MacroScore("macro_recall", classes, ClassScore::recall);
    }

    /** The average F1. */
    public static MacroScore f1(int classes) {
        return new MacroScore("macro_f1", classes, ClassScore::f1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void reset() {
        matrix.reset();
    }

    @Override
    public void update(Tensor prediction, Tensor target) {
        matrix.update(prediction, target);
    }

    @Override
    public double value() {
        return score.applyAsDouble(ClassReport.of(matrix).macro());
    }
}
