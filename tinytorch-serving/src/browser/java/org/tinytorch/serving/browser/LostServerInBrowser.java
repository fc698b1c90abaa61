package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/** Servers that go away, come back, or refuse. */
class LostServerInBrowser {
    private static final ServerOptions OPTIONS =
            ServerOptions.defaults().port(0).grace(Duration.ZERO).generations(limits -> limits.tokens(1_000_000));

    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void end() {
        browser.close();
    }

    private static void restart(String name, ModelPackage pack, int port, Runnable meanwhile) throws IOException {
        try (ModelServer server = ModelServer.start(name, pack, OPTIONS.port(port))) {
            assertThat(server.uri().getPort()).isEqualTo(port);
            meanwhile.run();
        }
    }

    @Test
    void aDrawingIsReadWhenTheServerIsBack() throws IOException {
        int port;
        try (ModelServer server = ModelServer.start("digits", Models.digits(), OPTIONS)) {
            port = server.uri().getPort();
            browser.open(server.uri());
            browser.at("pad");
        }
        browser.draw("pad", Strokes.three(), Kind.MOUSE);
        browser.until("it says so", () -> browser.at("notice").isDisplayed());
        assertThat(browser.text("notice")).contains("does not answer", "tries again");
        restart("digits", Models.digits(), port, () -> {
            browser.until("it is read", () -> browser.text("verdict").equals("3"));
            assertThat(browser.at("notice").isDisplayed()).isFalse();
        });
    }

    @Test
    void whatWasWrittenStaysWhenTheServerGoes() throws IOException {
        int port;
        try (ModelServer server = ModelServer.start("rhymes", Models.writer(), OPTIONS)) {
            port = server.uri().getPort();
            browser.open(server.uri());
            browser.fill("prompt", Models.PROMPT);
            browser.option("max_tokens", "1000000");
            browser.at("go").click();
            browser.until("it writes", () -> browser.all(".written").size() > 20);
        }
        browser.until("it says so", () -> browser.text("state").equals("Broken off."));
        assertThat(browser.text("notice")).contains("The server");
        assertThat(browser.all(".written").size()).isGreaterThan(20);

        restart("rhymes", Models.writer(), port, () -> {
            browser.option("max_tokens", "30");
            browser.at("go").click();
            browser.until("it writes again", () -> browser.text("state").startsWith("Done"));
            assertThat(browser.at("notice").isDisplayed()).isFalse();
        });
    }

    @Test
    void whatIsRefusedIsSaidInTheServersWords() throws IOException {
        try (ModelServer server = ModelServer.start("rhymes", Models.writer(), OPTIONS)) {
            browser.open(server.uri());
            browser.fill("prompt", "The lamp 7");
            browser.at("go").click();
            browser.until("it says so", () -> browser.at("notice").isDisplayed());
            assertThat(browser.text("notice")).startsWith("The server says:").contains("7");

            browser.fill("prompt", Models.PROMPT);
            browser.at("go").click();
            browser.until("it writes", () -> browser.text("state").startsWith("Done"));
            assertThat(browser.at("notice").isDisplayed()).isFalse();
        }
    }
}
