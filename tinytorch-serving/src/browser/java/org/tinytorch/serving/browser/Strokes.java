package org.tinytorch.serving.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * How a digit is drawn: lines through points, from where the pen comes down to where it is lifted.
 *
 * @param lines of points within the unit square, (0, 0) the upper left corner
 */
record Strokes(List<List<Point>> lines) {
    private static final int POINTS_OF_AN_ARC = 16;

    record Point(double x, double y) {}

    /** All ten digits, each with its name. */
    static Stream<Arguments> digits() {
        return Stream.of(
                Arguments.of("0", zero()),
                Arguments.of("1", one()),
                Arguments.of("2", two()),
                Arguments.of("3", three()),
                Arguments.of("4", four()),
                Arguments.of("5", five()),
                Arguments.of("6", six()),
                Arguments.of("7", seven()),
                Arguments.of("8", eight()),
                Arguments.of("9", nine()));
    }

    static Strokes zero() {
        return new Strokes(List.of(arc(0.5, 0.5, 0.17, 0.28, -90, 270)));
    }

    static Strokes one() {
        return new Strokes(List.of(line(0.5, 0.2, 0.5, 0.8)));
    }

    static Strokes two() {
        return new Strokes(List.of(join(arc(0.5, 0.36, 0.16, 0.15, -170, 40), line(0.33, 0.78, 0.7, 0.78))));
    }

    static Strokes three() {
        return new Strokes(List.of(join(arc(0.48, 0.35, 0.16, 0.14, -150, 90), arc(0.48, 0.65, 0.18, 0.16, -90, 150))));
    }

    static Strokes four() {
        return new Strokes(List.of(line(0.5, 0.2, 0.3, 0.58, 0.7, 0.58), line(0.6, 0.4, 0.6, 0.82)));
    }

    static Strokes five() {
        return new Strokes(
                List.of(join(line(0.66, 0.2, 0.38, 0.2, 0.36, 0.46), arc(0.47, 0.61, 0.18, 0.17, -120, 140))));
    }

    static Strokes six() {
        return new Strokes(
                List.of(join(line(0.6, 0.2, 0.44, 0.36, 0.36, 0.56), arc(0.5, 0.64, 0.15, 0.16, 180, -180))));
    }

    static Strokes seven() {
        return new Strokes(List.of(line(0.3, 0.22, 0.7, 0.22, 0.45, 0.8)));
    }

    static Strokes eight() {
        return new Strokes(List.of(join(arc(0.5, 0.36, 0.14, 0.14, 90, -270), arc(0.5, 0.66, 0.16, 0.16, -90, 270))));
    }

    static Strokes nine() {
        return new Strokes(List.of(join(arc(0.48, 0.36, 0.15, 0.15, 0, -360), line(0.63, 0.36, 0.6, 0.6, 0.5, 0.82))));
    }

    /** Coordinates x, y, x, y, … */
    private static List<Point> line(double... coordinates) {
        return IntStream.range(0, coordinates.length / 2)
                .mapToObj(i -> new Point(coordinates[2 * i], coordinates[2 * i + 1]))
                .toList();
    }

    /** A part of an ellipse; 0 degrees is to the right, 90 below. */
    private static List<Point> arc(double x, double y, double a, double b, double from, double to) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= POINTS_OF_AN_ARC; i++) {
            double angle = Math.toRadians(from + (to - from) * i / POINTS_OF_AN_ARC);
            points.add(new Point(x + a * Math.cos(angle), y + b * Math.sin(angle)));
        }
        return points;
    }

    private static List<Point> join(List<Point> first, List<Point> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
