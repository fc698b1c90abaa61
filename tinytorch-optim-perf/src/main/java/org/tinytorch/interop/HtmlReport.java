package org.tinytorch.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.tinytorch.benchmarking.Html;
import org.tinytorch.benchmarking.Report;
import org.tinytorch.training.AtomicFile;

/**
 * A report as one HTML page that needs nothing else: pictures are inside it, there are no scripts, and nothing is loaded from anywhere.
 *
 * <pre>{@code
 * new HtmlReport(report).image("Times", ReportCharts.bars("Times", report.measurements())).write(Path.of("report.html"));
 * }</pre>
 *
 * <p>Immutable: each picture gives a new page.
 */
public final class HtmlReport {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>$title</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #222; }
            table { border-collapse: collapse; margin: 1.5em 0; }
            caption { text-align: left; font-weight: bold; padding: .3em 0; }
            th, td { border-bottom: 1px solid #ccc; padding: .2em .8em; text-align: left; }
            .n { text-align: right; font-variant-numeric: tabular-nums; }
            pre { background: #f4f4f4; padding: 1em; overflow-x: auto; }
            figure { margin: 1.5em 0; }
            img { max-width: 100%; }
            </style>
            </head>
            <body>
            """;

    private final Report report;
    private final List<Image> images;

    private record Image(String caption, String base64) {}

    /** A page without pictures. */
    public HtmlReport(Report report) {
        this(report, List.of());
    }

    private HtmlReport(Report report, List<Image> images) {
        this.report = report;
        this.images = images;
    }

    /**
     * With one more picture, which comes before the tables.
     *
     * @param png the content of a PNG file
     * @throws IllegalArgumentException if it is none
     */
    public HtmlReport image(String caption, byte[] png) {
        if (png.length < PNG.length || !ByteBuffer.wrap(png, 0, PNG.length).equals(ByteBuffer.wrap(PNG))) {
            throw new IllegalArgumentException(
                    "html report: the picture '" + caption + "' is no PNG; give the bytes of a PNG file");
        }
        Image image = new Image(caption, Base64.getEncoder().encodeToString(png));
        return new HtmlReport(
                report, Stream.concat(images.stream(), Stream.of(image)).toList());
    }

    /** The page. */
    public String toHtml() {
        String title = Html.escaped(report.title());
        StringBuilder page = new StringBuilder(HEAD.replace("$title", title));
        page.append("<h1>").append(title).append("</h1>\n");
        page.append("<p>").append(report.created()).append("</p>\n");
        page.append("<pre>")
                .append(Html.escaped(report.environment().toString()))
                .append("</pre>\n");
        report.notes()
                .forEach(note -> page.append("<p>").append(Html.escaped(note)).append("</p>\n"));
        images.forEach(image -> page.append(figure(image)));
        report.tables().forEach(table -> page.append(Html.table(table)));
        return page.append("</body>\n</html>\n").toString();
    }

    private static String figure(Image image) {
        String caption = Html.escaped(image.caption);
        return "<figure><img alt=\"" + caption + "\" src=\"data:image/png;base64," + image.base64 + "\"><figcaption>"
                + caption + "</figcaption></figure>\n";
    }

    /**
     * Writes the page.
     *
     * @throws IOException if the file cannot be written; then an old one is untouched
     */
    public void write(Path file) throws IOException {
        AtomicFile.writeText(file, toHtml());
    }
}
