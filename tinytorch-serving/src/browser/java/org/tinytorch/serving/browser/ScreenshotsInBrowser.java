package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/**
 * Pictures of the page. {@code -Dbrowser.screenshots=FOLDER} says where they go, {@code -Dbrowser.writer=PACKAGE} which language model writes; by default into {@code target}, by a small one.
 */
class ScreenshotsInBrowser {
    private static final Path FOLDER = Path.of(System.getProperty("browser.screenshots", "target/screenshots"));
    private static final long LARGEST = 150_000; // bytes, as they are part of the repository

    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void end() {
        browser.close();
    }

    private static void take(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        browser.screenshot(file);
        assertThat(Files.size(file)).isBetween(5_000L, LARGEST);
    }

    @Test
    void digits() throws IOException {
        try (ModelServer server = ModelServer.start(
                "digits", Models.digits(), ServerOptions.defaults().port(0))) {
            browser.resize(1180, 960);
            browser.open(server.uri());
            browser.draw("pad", Strokes.three(), Kind.MOUSE);
            browser.until("it is read", () -> browser.text("verdict").equals("3"));
            take("page-digits.png");
        }
    }

    @Test
    void writing() throws IOException {
        String folder = System.getProperty("browser.writer");
        ModelPackage pack = folder == null ? Models.writer() : ModelPackage.read(Path.of(folder));
        String prompt = folder == null ? Models.PROMPT : "Once upon a time";
        try (ModelServer server =
                ModelServer.start("tales", pack, ServerOptions.defaults().port(0))) {
            browser.resize(1180, 1080);
            browser.open(server.uri());
            browser.fill("prompt", prompt);
            browser.option("temperature", "0.5");
            browser.option("seed", "1");
            browser.at("go").click();
            browser.until("it is done", () -> browser.text("state").startsWith("Done"));
            browser.pointAt(browser.all(".written").get(151));
            assertThat(browser.all(".seen")).isNotEmpty();
            take("page-gpt.png");
        }
    }
}
