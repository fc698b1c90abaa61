package org.tinytorch.serving.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.serving.ModelServer;
import org.tinytorch.serving.ServerOptions;

/** The page may load nothing but its own files, and what the other tests look for would be found. */
class ContentSecurityInBrowser {
    @Test
    void neitherScriptsInThePageNorOtherHostsAreAllowed(@TempDir Path profile) throws IOException {
        try (ModelServer server = ModelServer.start(
                        "colours", Models.colours(), ServerOptions.defaults().port(0));
                Browser browser = Browser.start(profile)) {
            browser.open(server.uri());
            browser.at("file");
            browser.assertClean(server.uri());
            browser.run("""
                    const script = document.createElement('script');
                    script.textContent = 'window.smuggled = true';
                    document.body.append(script);
                    const image = document.createElement('img');
                    image.src = 'http://127.0.0.2:9/elsewhere.png';
                    document.body.append(image);
                    """);
            List<String> complaints = new ArrayList<>();
            browser.until("both are refused", () -> {
                complaints.addAll(browser.complaints());
                return complaints.size() >= 2;
            });
            assertThat(complaints)
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("Content Security Policy"))
                    .anySatisfy(line -> assertThat(line).contains("inline"))
                    .anySatisfy(line -> assertThat(line).contains("elsewhere.png"));
            assertThat(browser.run("return window.smuggled")).isNull();
        }
    }
}
