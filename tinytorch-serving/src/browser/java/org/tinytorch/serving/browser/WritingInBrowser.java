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
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/** A language model that writes. */
class WritingInBrowser {
    private static final String ENDLESS = "1000000";

    private static ModelServer server;
    private static Browser browser;

    @BeforeAll
    static void start(@TempDir Path profile) throws IOException {
        ServerOptions options =
                ServerOptions.defaults().port(0).generations(limits -> limits.tokens(Integer.parseInt(ENDLESS)));
        server = ModelServer.start("rhymes", Models.writer(), options);
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
        browser.fill("prompt", Models.PROMPT);
    }

    @AfterEach
    void nothingWasWrong() {
        browser.assertClean(server.uri());
    }

    private static void writeToTheEnd() {
        browser.at("go").click();
        browser.until("it is done", () -> browser.text("state").startsWith("Done"));
    }

    private static int written() {
        return browser.all(".written").size();
    }

    @Test
    void itWritesAsManyTokensAsAskedFor() {
        browser.option("max_tokens", "60");
        browser.option("temperature", "0.1");
        writeToTheEnd();
        assertThat(written()).isEqualTo(60); // a token is a character here
        assertThat(browser.raw("text")).startsWith("The lamp burned low");
        assertThat(browser.text("speed")).matches("60 tokens in \\d+\\.\\d s, \\d+ tokens/s");
        assertThat(browser.at("go").isEnabled()).isTrue();
        assertThat(browser.at("stop").isEnabled()).isFalse();
    }

    @Test
    void theSameSeedWritesTheSameText() {
        browser.option("max_tokens", "40");
        browser.option("temperature", "2");
        browser.option("seed", "7");
        writeToTheEnd();
        String first = browser.raw("text");
        writeToTheEnd();
        assertThat(browser.raw("text")).isEqualTo(first);
    }

    @Test
    void itStreamsAndStopsAndTheServerStopsToo() {
        Client client = Client.of(server);
        browser.option("max_tokens", ENDLESS);
        browser.at("go").click();
        browser.until("there is a text while it still writes", () -> written() > 20);
        assertThat(browser.text("state")).isEqualTo("Writing…");
        assertThat(browser.at("go").isEnabled()).isFalse();
        assertThat(client.metric("tinytorch_generations_running")).isEqualTo(1);

        browser.at("stop").click();

        browser.until("it has stopped", () -> browser.text("state").equals("Stopped."));
        browser.until("the server has stopped too", () -> client.metric("tinytorch_generations_running") == 0);
        assertThat(client.metric("tinytorch_generated_tokens_total")).isLessThan(Integer.parseInt(ENDLESS));
        assertThat(browser.at("notice").isDisplayed()).isFalse();
        assertThat(browser.focused()).as("the focus goes where one can go on").isEqualTo(browser.at("go"));
    }

    @Test
    void pointingAtATokenShadesWhatItLookedAt() {
        browser.option("max_tokens", "80");
        writeToTheEnd();
        assertThat(browser.all(".seen")).isEmpty();

        WebElement token = browser.all(".written").get(30);
        browser.pointAt(token);

        assertThat(browser.all(".looking")).containsExactly(token);
        assertThat(browser.all(".seen"))
                .as("all of the prompt and of the text before")
                .hasSize(Models.PROMPT.length() + 30);
        assertThat(browser.text("looked")).contains("looked at").contains("%");
        assertThat(browser.text("most")).matches("\\d+ %");
        assertThat(shares()).as("of the greatest").contains(1.0).allMatch(share -> share >= 0 && share <= 1);

        browser.pointAt(browser.at("name"));
        assertThat(browser.all(".seen")).isEmpty();
    }

    @Test
    void aTokenBeyondTheContextLooksAtTheLastOnes() {
        browser.option("max_tokens", "120");
        writeToTheEnd();
        WebElement token = browser.all(".written").get(100);
        browser.pointAt(token);
        assertThat(browser.all(".seen")).hasSizeBetween(36, 48); // of 48, a quarter may just have been forgotten
        assertThat(browser.run("return arguments[0].previousElementSibling.classList.contains('seen')", token))
                .as("the token before it is the newest that it can look at")
                .isEqualTo(true);
    }

    private static List<Double> shares() {
        return browser.all(".seen").stream()
                .map(token -> ((Number)
                                browser.run("return Number(arguments[0].style.getPropertyValue('--share'))", token))
                        .doubleValue())
                .toList();
    }

    @Test
    void theKeyboardGoesFromTokenToToken() {
        browser.option("max_tokens", "20");
        writeToTheEnd();
        browser.run("document.querySelector('.written').focus()");
        assertThat(browser.focused()).isEqualTo(browser.all(".written").get(0));
        assertThat(browser.all(".seen")).hasSize(Models.PROMPT.length());
        browser.focused().sendKeys(Keys.ARROW_RIGHT);
        browser.focused().sendKeys(Keys.ARROW_RIGHT);
        browser.focused().sendKeys(Keys.ARROW_LEFT);
        assertThat(browser.focused()).isEqualTo(browser.all(".written").get(1));
        assertThat(browser.all(".looking")).containsExactly(browser.focused());
        assertThat(browser.all("#text [tabindex='0']"))
                .as("one stop of the Tab key")
                .hasSize(1);
    }

    @Test
    void withoutAttentionNoneIsAskedFor() {
        browser.at("form").findElement(By.name("attention")).click();
        browser.option("max_tokens", "20");
        writeToTheEnd();
        assertThat(browser.raw("text")).startsWith(Models.PROMPT);
        assertThat(written()).isEqualTo(20);
        browser.pointAt(browser.all(".written").get(10));
        assertThat(browser.all(".seen")).isEmpty();
        assertThat(browser.at("attention").isDisplayed()).isFalse();
    }
}
