package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.data.UciDigits;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/** What becomes of a drawing: the same as became of the handwritten digits that a model learns from. */
class BitmapInBrowser {
    private static ModelServer server;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path profile) throws IOException {
        server = ModelServer.start(
                "colours", Models.colours(), ServerOptions.defaults().port(0));
        browser = Browser.start(profile);
        browser.open(server.uri());
    }

    @AfterAll
    static void end() {
        browser.close();
        server.close();
    }

    private static double[][] bitmap(Strokes strokes, int rows, int columns) {
        List<?> lines = strokes.lines().stream()
                .map(line -> line.stream()
                        .map(point -> List.of(point.x(), point.y()))
                        .toList())
                .toList();
        List<?> image = (List<?>) browser.run(
                "const [lines, rows, columns] = arguments;"
                        + "return import('/static/digits.js').then(digits => digits.bitmap(lines, rows, columns))",
                lines,
                rows,
                columns);
        return image.stream()
                .map(row -> ((List<?>) row)
                        .stream()
                                .mapToDouble(pixel -> ((Number) pixel).doubleValue())
                                .toArray())
                .toArray(double[][]::new);
    }

    private static double ink(double[][] image) {
        return Stream.of(image).flatMapToDouble(Arrays::stream).average().orElseThrow();
    }

    /** First and last row with ink. */
    private static List<Integer> rows(double[][] image) {
        int[] inked = IntStream.range(0, image.length)
                .filter(row -> IntStream.range(0, image[row].length).anyMatch(x -> image[row][x] > 0))
                .toArray();
        return List.of(inked[0], inked[inked.length - 1]);
    }

    private static List<Integer> columns(double[][] image) {
        int[] inked = IntStream.range(0, image[0].length)
                .filter(column -> Stream.of(image).anyMatch(row -> row[column] > 0))
                .toArray();
        return List.of(inked[0], inked[inked.length - 1]);
    }

    @Test
    void theHandwrittenDigitsAreAsThePageTakesThemToBe() {
        ImageDataset digits = UciDigits.load();
        double[] pixels = digits.images(0, digits.size()).data();
        double ink = 0;
        for (double pixel : pixels) {
            ink += pixel / pixels.length;
        }
        assertThat(ink).isCloseTo(0.3, within(0.01));
        for (int i = 0; i < digits.size(); i++) {
            int first = 64 * i;
            assertThat(IntStream.range(0, 8).anyMatch(x -> pixels[first + x] > 0))
                    .as("first row of %d", i)
                    .isTrue();
            assertThat(IntStream.range(56, 64).anyMatch(x -> pixels[first + x] > 0))
                    .as("last row of %d", i)
                    .isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.tinytorch.serving.browser.Strokes#digits")
    void aDigitHasThreeTenthsOfInkFromTheFirstRowToTheLastAndStaysInTheMiddle(String digit, Strokes strokes) {
        double[][] image = bitmap(strokes, 8, 8);
        assertThat(ink(image))
                .as(digit)
                .isBetween(0.28, 0.36); // lines are whole pixels thick, at most a third of the height
        assertThat(rows(image)).containsExactly(0, 7);
        assertThat(columns(image)).allMatch(column -> column >= 1 && column <= 6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.tinytorch.serving.browser.Strokes#digits")
    void forImagesAsLargeAsMnistTheDrawingStaysInABoxOfTwentyPixels(String digit, Strokes strokes) {
        double[][] image = bitmap(strokes, 28, 28);
        assertThat(ink(image)).as(digit).isBetween(0.12, 0.17);
        assertThat(rows(image)).containsExactly(4, 23);
        assertThat(columns(image)).allMatch(column -> column >= 4 && column <= 23);
    }

    @Test
    void whereAndHowLargeItIsDrawnDoesNotMatter() {
        Strokes three = Strokes.three();
        Strokes small = new Strokes(three.lines().stream()
                .map(line -> line.stream()
                        .map(point -> new Strokes.Point(0.05 + point.x() / 2, 0.45 + point.y() / 2))
                        .toList())
                .toList());
        assertThat(bitmap(small, 8, 8)).isDeepEqualTo(bitmap(three, 8, 8));
    }

    @Test
    void aDotIsNotBlownUpToFillTheImage() {
        Strokes dot = new Strokes(List.of(List.of(new Strokes.Point(0.2, 0.9))));
        double[][] image = bitmap(dot, 8, 8);
        assertThat(ink(image)).isBetween(0.01, 0.2);
        assertThat(image[0]).containsOnly(0);
    }
}
