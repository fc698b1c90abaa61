package org.tinytorch.milestones;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** Draws points of two classes, and the sides a perceptron puts them on, with letters. */
final class ScatterText {
    private static final int COLUMNS = 49;
    private static final int ROWS = 17;

    private ScatterText() {}

    /**
     * {@code o} and {@code x} are points of class 0 and 1; {@code .} marks where the perceptron says 1.
     *
     * @param reach the picture goes from −reach to reach along both axes
     */
    static String draw(Tensor points, Tensor labels, Perceptron perceptron, double reach) {
        char[][] picture = new char[ROWS][COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                double x = reach * (2.0 * column / (COLUMNS - 1) - 1);
                double y = reach * (1 - 2.0 * row / (ROWS - 1));
                picture[row][column] = perceptron.predict(Tensors.of(x, y)) == 1 ? '.' : ' ';
            }
        }
        for (int i = 0; i < labels.size(); i++) {
            int column = cell(points.get(i, 0) / reach, COLUMNS);
            int row = ROWS - 1 - cell(points.get(i, 1) / reach, ROWS);
            picture[row][column] = labels.get(i) == 1 ? 'x' : 'o';
        }
        return Stream.of(picture)
                .map(line -> "  |" + String.valueOf(line) + "|")
                .collect(Collectors.joining("\n"));
    }

    /** From −1 … 1 to a column or row; what lies outside goes to the edge. */
    private static int cell(double position, int cells) {
        int cell = (int) Math.round((position + 1) / 2 * (cells - 1));
        return Math.max(0, Math.min(cells - 1, cell));
    }
}
