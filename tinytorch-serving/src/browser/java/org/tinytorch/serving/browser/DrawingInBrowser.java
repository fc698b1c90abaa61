package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.tinytorch.serving.browser.Strokes#digits")
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
    void aClickMakesADot() {
        browser.at("pad").click();
        browser.until("it is read", () -> !browser.text("verdict").equals(BLANK));
        assertThat(ink("pad")).isPositive();
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
        assertThat(alpha("seen")).as("every row has ink").satisfies(pixels -> {
            for (int row = 0; row < 8; row++) {
                assertThat(pixels.subList(8 * row, 8 * row + 8)).anyMatch(value -> value > 100);
            }
        });
    }

    private static long ink(String canvas) {
        return alpha(canvas).stream().filter(value -> value > 0).count();
    }

    /** How dense the ink of each pixel is, 0 to 255; read from a copy, so that the browser does not change how it keeps the canvas itself. */
    @SuppressWarnings("unchecked")
    private static List<Long> alpha(String canvas) {
        return (List<Long>) browser.run("""
                const canvas = document.getElementById(arguments[0]);
                const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
                copy.drawImage(canvas, 0, 0);
                return [...copy.getImageData(0, 0, canvas.width, canvas.height).data.filter((v, i) => i % 4 === 3)];
                """, canvas);
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
