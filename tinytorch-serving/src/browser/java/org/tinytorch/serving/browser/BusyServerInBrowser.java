package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/** Servers that have too much to do. */
class BusyServerInBrowser {
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void end() {
        browser.close();
    }

    @Test
    void aTextBeginsWhenItsTurnComes() throws IOException {
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .generations(limits -> limits.atOnce(1).queue(0).tokens(1_000_000));
        try (ModelServer server = ModelServer.start("rhymes", Models.writer(), options)) {
            browser.open(server.uri());
            browser.fill("prompt", Models.PROMPT);
            try (InputStream other = Client.of(server).generate(Models.PROMPT, 1_000_000)) {
                assertThat(other.read()).isPositive(); // it is being written
                browser.at("go").click();
                browser.until("it says so", () -> browser.at("notice").isDisplayed());
                assertThat(browser.text("notice"))
                        .contains("The server is busy", "1 texts are being written", "tries again every 1 s");
                assertThat(browser.text("state")).isEqualTo("Writing…");
            }
            browser.until("it has written", () -> browser.text("state").startsWith("Done"));
            assertThat(browser.at("notice").isDisplayed()).isFalse();
        }
    }

    @Test
    void whoDoesNotWantToWaitCanStop() throws IOException {
        ServerOptions options = ServerOptions.defaults()
                .port(0)
                .generations(limits -> limits.atOnce(1).queue(0).tokens(1_000_000));
        try (ModelServer server = ModelServer.start("rhymes", Models.writer(), options);
                InputStream other = Client.of(server).generate(Models.PROMPT, 1_000_000)) {
            assertThat(other.read()).isPositive();
            browser.open(server.uri());
            browser.fill("prompt", Models.PROMPT);
            browser.at("go").click();
            browser.until("it says so", () -> browser.at("notice").isDisplayed());
            browser.at("stop").click();
            browser.until("it has stopped", () -> browser.text("state").equals("Stopped."));
            assertThat(browser.at("notice").isDisplayed()).isFalse();
            assertThat(browser.at("go").isEnabled()).isTrue();
        }
    }

    @Test
    void aDrawingIsReadWhenThereIsRoom() throws IOException {
        ModelPackage digits = Gate.before(Models.digits());
        ServerOptions options = ServerOptions.defaults().port(0).batches(limits -> limits.size(1)
                .queue(1));
        try (ModelServer server = ModelServer.start("digits", digits, options)) {
            browser.open(server.uri());
            browser.at("pad");
            Gate.of(digits).close();
            Client client = Client.of(server);
            List<CompletableFuture<Integer>> others = Stream.generate(client::classify)
                    .limit(4)
                    .map(answer -> answer.thenApply(response -> response.statusCode()))
                    .toList();
            // one is with the model, one waits: others must have been refused before the browser asks
            assertThat(CompletableFuture.anyOf(others.toArray(CompletableFuture[]::new))
                            .join())
                    .isEqualTo(429);

            Rectangle place = browser.at("pad").getRect();
            browser.draw("pad", Strokes.seven(), Kind.MOUSE);
            browser.until("it says so", () -> browser.at("notice").isDisplayed());
            assertThat(browser.at("pad").getRect())
                    .as("the pad does not move under the hand")
                    .isEqualTo(place);
            assertThat(browser.text("notice")).contains("The server is busy", "images are waiting");

            Gate.of(digits).open();
            browser.until("it is read", () -> browser.text("verdict").equals("7"));
            assertThat(browser.at("notice").isDisplayed()).isFalse();
        }
    }

    @Test
    void whileAnImageIsOnItsWayOnlyTheNewestWaits() throws IOException {
        ModelPackage digits = Gate.before(Models.digits());
        try (ModelServer server =
                ModelServer.start("digits", digits, ServerOptions.defaults().port(0))) {
            browser.open(server.uri());
            browser.at("pad");
            browser.requests();
            Gate.of(digits).close();
            browser.draw("pad", Strokes.seven(), Kind.MOUSE);
            assertThat(browser.requests()).as("of some twenty images").hasSize(1);
            Gate.of(digits).open();
            browser.until("it is read", () -> browser.text("verdict").equals("7"));
            assertThat(browser.requests()).as("the newest").hasSize(1);
        }
    }
}
