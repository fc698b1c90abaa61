package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/** Digits, drawn by hand. */
class DrawingInBrowser {
    private static final String BLANK = "Nothing drawn yet";

    private static ModelServer server;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path profile) throws IOException {
        server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0));
        browser = Browser.start(profile);
    }

    @AfterAll
    static void end() {
        browser.close();
        server.close();
    }

    @BeforeEach
    void open() {
        browser.open(server.uri());
        browser.at("pad");
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(browser.at("notice").isDisplayed()).isFalse();
        browser.assertClean(server.uri());
    }

    static Stream<Arguments> digits() {
        return Stream.of(
                Arguments.of("0", Strokes.zero()),
                Arguments.of("1", Strokes.one()),
                Arguments.of("2", Strokes.two()),
                Arguments.of("3", Strokes.three()),
                Arguments.of("4", Strokes.four()),
                Arguments.of("5", Strokes.five()),
                Arguments.of("6", Strokes.six()),
                Arguments.of("7", Strokes.seven()),
                Arguments.of("9", Strokes.nine()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("digits")
    void aDrawnDigitIsRead(String digit, Strokes strokes) {
        browser.draw("pad", strokes, Kind.MOUSE);
        browser.until("it is read as " + digit, () -> browser.text("verdict").equals(digit));
        browser.until("its bar is the best", () -> best().startsWith(digit + " "));
        assertThat(best()).endsWith(browser.text("sure"));
        assertThat(browser.all("#bars tr")).hasSize(10);
    }

    private static String best() {
        return browser.all("#bars tr.best").stream()
                .map(row -> row.getText().replace("\n", " "))
                .findFirst()
                .orElse("");
    }

    @Test
    void aFingerDrawsToo() {
        browser.draw("pad", Strokes.seven(), Kind.TOUCH);
        browser.until("it is read", () -> browser.text("verdict").equals("7"));
    }

    @Test
    void theProbabilitiesAddUpToOne() {
        browser.draw("pad", Strokes.three(), Kind.MOUSE);
        browser.until("it is read", () -> browser.text("verdict").equals("3"));
        double sum = browser.all("#bars td:last-child").stream()
                .mapToDouble(cell -> Double.parseDouble(cell.getText().replace(" %", "")))
                .sum();
        assertThat(sum).isBetween(99.4, 100.6); // ten numbers, each rounded to a tenth
    }

    @Test
    void clearingByKeyboardForgetsTheDrawing() {
        browser.draw("pad", Strokes.three(), Kind.MOUSE);
        browser.until("it is read", () -> browser.text("verdict").equals("3"));
        assertThat(ink("pad")).isPositive();
        assertThat(ink("seen")).isPositive();

        browser.at("clear").sendKeys(Keys.ENTER);

        browser.until("it is forgotten", () -> browser.text("verdict").equals(BLANK));
        assertThat(ink("pad")).isZero();
        assertThat(ink("seen")).isZero();
        assertThat(browser.all("#bars tr.best")).isEmpty();
    }

    @Test
    void theModelSeesEightByEightPixelsFromTheTopToTheBottom() {
        browser.draw("pad", Strokes.one(), Kind.MOUSE);
        browser.until("it is read", () -> browser.text("verdict").equals("1"));
        assertThat(browser.run("const c = document.getElementById('seen'); return c.width + 'x' + c.height"))
                .isEqualTo("8x8");
        assertThat(
                        browser.run(
                                "const d = document.getElementById('seen').getContext('2d').getImageData(0, 0, 8, 8).data;"
                                        + "return [0, 1, 2, 3, 4, 5, 6, 7].filter(row => [0, 1, 2, 3, 4, 5, 6, 7].some(x => d[4 * (8 * row + x) + 3] > 100)).join()"))
                .as("rows with ink")
                .isEqualTo("0,1,2,3,4,5,6,7");
    }

    private static long ink(String canvas) {
        return (Long) browser.run(
                "const c = document.getElementById(arguments[0]);"
                        + "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v > 0).length",
                canvas);
    }

    @Test
    void theModelIsIntroduced() {
        assertThat(browser.text("name")).isEqualTo("digits");
        assertThat(browser.text("facts")).contains("image classifier", "8 × 8, grey", "test accuracy", "0.9");
        assertThat(browser.all("footer a"))
                .extracting(link -> link.getDomProperty("href"))
                .containsExactly(
                        server.uri().resolve("openapi.json").toString(),
                        server.uri().resolve("metrics").toString());
    }
}
