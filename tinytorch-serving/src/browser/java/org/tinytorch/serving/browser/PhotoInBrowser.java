package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/** Image files, chosen or dropped. */
class PhotoInBrowser {
    private static ModelServer server;
    private static Browser browser;

    @TempDir
    Path files;

    @BeforeAll
    static void start(@TempDir Path profile) throws IOException {
        server = ModelServer.start(
                "colours", Models.colours(), ServerOptions.defaults().port(0));
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
        browser.at("file");
    }

    @AfterEach
    void nothingWasWrong() {
        browser.assertClean(server.uri());
    }

    /** Wide, with a square of one colour in its middle. */
    private static byte[] png(Color sides, Color middle) throws IOException {
        BufferedImage image = new BufferedImage(120, 40, BufferedImage.TYPE_INT_ARGB);
        Graphics2D brush = image.createGraphics();
        brush.setColor(sides);
        brush.fillRect(0, 0, 120, 40);
        brush.setComposite(AlphaComposite.Src);
        brush.setColor(middle);
        brush.fillRect(40, 0, 40, 40);
        brush.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private void choose(String name, byte[] content) throws IOException {
        browser.at("file").sendKeys(Files.write(files.resolve(name), content).toString());
    }

    private static void drop(byte[] png) {
        browser.run("""
                const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
                const dataTransfer = new DataTransfer();
                dataTransfer.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
                for (const type of ['dragover', 'drop']) {
                  document.getElementById('drop').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
                }
                """, Base64.getEncoder().encodeToString(png));
    }

    @Test
    void theMiddleOfAChosenImageIsClassified() throws IOException {
        choose("red.png", png(Color.BLUE, Color.RED));
        browser.until("it is red", () -> browser.text("verdict").equals("red"));
        assertThat(browser.text("sure")).isEqualTo("100.0 %"); // squeezed instead of cut, it would be blue
        assertThat(browser.run("const c = document.getElementById('seen'); return c.width + 'x' + c.height"))
                .isEqualTo("8x8");
        assertThat(pixel()).isEqualTo("255,0,0,255");
    }

    @Test
    void aDroppedImageIsClassifiedAndReplacesTheOneBefore() throws IOException {
        choose("red.png", png(Color.BLUE, Color.RED));
        browser.until("it is red", () -> browser.text("verdict").equals("red"));
        drop(png(Color.RED, Color.GREEN.darker()));
        browser.until("it is green", () -> browser.text("verdict").equals("green"));
        assertThat(browser.all(".over")).isEmpty();
    }

    @Test
    void whatIsTransparentIsBlack() throws IOException {
        choose("clear.png", png(Color.BLUE, new Color(255, 0, 0, 0)));
        browser.until("all colours are the same to it", () -> browser.all("#bars td:last-child").stream()
                .allMatch(cell -> cell.getText().equals("33.3 %")));
    }

    @Test
    void whatIsHalfTransparentIsHalfAsBright() throws IOException {
        choose("half.png", png(Color.BLUE, new Color(255, 0, 0, 128)));
        browser.until("it is red", () -> browser.text("verdict").equals("red"));
        assertThat(pixel()).isEqualTo("128,0,0,255");
    }

    /** One in the middle of what the model sees. */
    private static Object pixel() {
        return browser.run(
                "return [...document.getElementById('seen').getContext('2d').getImageData(4, 4, 1, 1).data].join()");
    }

    @Test
    void theSameFileCanBeChosenAgain() throws IOException {
        choose("one.png", png(Color.BLUE, Color.RED));
        browser.until("it is red", () -> browser.text("verdict").equals("red"));
        choose("one.png", png(Color.RED, Color.BLUE));
        browser.until("it is blue", () -> browser.text("verdict").equals("blue"));
    }

    @Test
    void aFileThatIsNoImageIsRefusedInWordsAndTheNextOneIsRead() throws IOException {
        choose("notes.png", "these are notes".getBytes(StandardCharsets.UTF_8));
        browser.until("it says so", () -> browser.at("notice").isDisplayed());
        assertThat(browser.text("notice")).contains("notes.png", "cannot be read as an image");
        choose("red.png", png(Color.BLUE, Color.RED));
        browser.until("it is red", () -> browser.text("verdict").equals("red"));
        assertThat(browser.at("notice").isDisplayed()).isFalse();
    }
}
