package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.benchmarking.Cell;
import org.tinytorch.benchmarking.Report;
import org.tinytorch.benchmarking.Table;

class HtmlReportTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
    private static final String EVIL = "<script>alert('\"&')</script>";

    @TempDir
    private Path folder;

    private static Report report(String text) {
        return Report.of(text)
                .note(text)
                .with(new Table(text, List.of(text, "n"), List.of(List.of(Cell.text(text), Cell.of(5, "5 ns")))));
    }

    @Test
    void whateverTextThereIsIsShownAsText() {
        String page = new HtmlReport(report(EVIL)).image(EVIL, PNG).toHtml();
        String shown = "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;";

        assertThat(page).as("the page").doesNotContain("<script").doesNotContain("alert('");
        assertThat(page.split(Pattern.quote(shown), -1))
                .as("title, heading, note, caption, column, cell, picture and its caption")
                .hasSize(8 + 1);
    }

    @Test
    void nothingIsLoadedFromAnywhere() {
        String page = new HtmlReport(report("plain")).image("picture", PNG).toHtml();

        assertThat(page)
                .contains("src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(PNG) + "\"")
                .contains("default-src 'none'")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("<link");
    }

    @Test
    void numbersAreAlignedOnTheRight() {
        assertThat(new HtmlReport(report("plain")).toHtml())
                .contains("<tr><th>plain</th><th class=\"n\">n</th></tr>")
                .contains("<tr><td>plain</td><td class=\"n\">5 ns</td></tr>");
    }

    @Test
    void theFileHoldsThePage() throws IOException {
        Path file = folder.resolve("report.html");
        HtmlReport page = new HtmlReport(report("µs"));
        page.write(file);

        assertThat(Files.readString(file)).isEqualTo(page.toHtml()).contains("µs");
    }

    @Test
    void aPictureMustBeAPng() {
        HtmlReport page = new HtmlReport(report("plain"));

        assertThatThrownBy(() -> page.image("photo", new byte[] {(byte) 0xFF, (byte) 0xD8, 0, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("html report: the picture 'photo' is no PNG; give the bytes of a PNG file");
        assertThatThrownBy(() -> page.image("empty", new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
