package org.tinytorch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables say what was measured, in this repository too. */
class BenchmarkReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String README = """
            # A project

            <!-- benchmarks: written by ./tito bench --report -->
            old
            <!-- /benchmarks -->

            The end.
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void aRepository() throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("README.md"), README);
    }

    private Path product(String backend, double micros) throws IOException {
        ArrayNode rows = JSON.createArrayNode();
        rows.add(product("naive", "32", 3000));
        rows.add(product(backend, "32", micros));
        Path file = root.resolve("jmh.json");
        RunFile.write(file, "jmh", rows);
        return file;
    }

    private static ObjectNode product(String backend, String n, double micros) {
        ObjectNode row = JSON.createObjectNode();
        row.put("benchmark", "MatMul");
        row.put("method", "product");
        row.putObject("params").put("backend", backend).put("n", n);
        return row.put("median", micros);
    }

    private Path ratio(double ratio) throws IOException {
        ArrayNode rows = JSON.createArrayNode();
        rows.addObject()
                .put("work", "matmul 512")
                .put("peer", "libtorch")
                .put("precision", "float64")
                .put("threads", 2)
                .put("oursMicros", 1000)
                .put("theirsMicros", 1000 * ratio)
                .put("ratio", ratio)
                .put("ratio10", ratio - 0.1)
                .put("ratio90", ratio + 0.1)
                .put("atLeast", 0.65)
                .put("aim", 0.8);
        Path file = root.resolve("peers.json");
        RunFile.write(file, "peers", rows);
        return file;
    }

    private String page() throws IOException {
        return Files.readString(root.resolve("docs/benchmarks.md"));
    }

    @Test
    void aTableHasARowForEachSizeAndAColumnForEachBackend() throws IOException {
        BenchmarkReport.main(new String[] {root.toString(), product("auto", 25).toString()});

        assertThat(page()).contains("| n | naive | auto |", "| 32 | 3.00 ms | 25.0 µs (120x) |");
    }

    private static ObjectNode row(String benchmark, String unit, double median) {
        ObjectNode row = JSON.createObjectNode();
        return row.put("benchmark", benchmark)
                .put("method", "any")
                .put("unit", unit)
                .put("median", median);
    }

    private String pageWith(ObjectNode... measured) throws IOException {
        ArrayNode rows = JSON.createArrayNode().addAll(List.of(measured));
        Path file = root.resolve("jmh.json");
        RunFile.write(file, "jmh", rows);
        BenchmarkReport.main(new String[] {root.toString(), file.toString()});
        return page();
    }

    @Test
    void aBenchmarkOfOneParameterHasOneRowWithoutAName() throws IOException {
        ObjectNode doubles = row("Decode", "ms/op", 300);
        doubles.putObject("params").put("weights", "float64");
        ObjectNode integers = row("Decode", "ms/op", 60);
        integers.putObject("params").put("weights", "int8");

        assertThat(pageWith(doubles, integers))
                .as("milliseconds, too")
                .contains("## One more token", "\n| float64 | int8 |\n|---:|---:|\n| 300 ms | 60.0 ms (5.00x) |\n");
    }

    @Test
    void kindsAreColumnsWhereverTheyStand() throws IOException {
        ObjectNode dense = row("Sparse", "us/op", 90);
        dense.putObject("params").put("density", "0.1").put("kind", "dense").put("samples", "16");
        ObjectNode sparse = row("Sparse", "us/op", 30);
        sparse.putObject("params").put("density", "0.1").put("kind", "csr").put("samples", "16");

        assertThat(pageWith(dense, sparse))
                .contains("| density | samples | dense | csr |", "| 0.1 | 16 | 90.0 µs | 30.0 µs (3.00x) |");
    }

    @Test
    void whatWasNotMeasuredIsLeftOut() throws IOException {
        ObjectNode pruned = row("QuantizedCnn", "us/op", 70);
        pruned.putObject("params").put("network", "halved");

        assertThat(pageWith(pruned))
                .contains("## 128 images", "| halved |")
                .doesNotContain("## One more token", "## Samples times", "## Writing 1,000 tokens");
    }

    @Test
    void aBenchmarkWithoutATableIsNamed() throws IOException {
        ObjectNode text = row("Tokenizer", "ops/us", 12);
        text.putObject("params").put("gpt2", "none");
        ObjectNode shown = row("Decode", "ms/op", 300);
        shown.putObject("params").put("weights", "float64");

        assertThat(pageWith(text, shown))
                .endsWith(
                        "\nMeasured, but without a table here: Tokenizer; the numbers are in [benchmarks.json](benchmarks.json).\n");
        assertThat(BenchmarkTables.page(JSON.createArrayNode()))
                .as("nothing to name")
                .doesNotContain("without a table");
    }

    @Test
    void theReadmeShowsTheRatiosAndKeepsTheRest() throws IOException {
        BenchmarkReport.main(new String[] {root.toString(), ratio(1.25).toString()});

        String readme = Files.readString(root.resolve("README.md"));
        assertThat(readme)
                .startsWith("# A project\n")
                .endsWith("<!-- /benchmarks -->\n\nThe end.\n")
                .contains("| matmul 512, float64 | 1.25 (1.15–1.35) |")
                .doesNotContain("old");
        assertThat(page()).contains("**1.25** (1.15–1.35) | 0.65 | 0.80 |");
    }

    @Test
    void aNewMeasurementTakesThePlaceOfTheOldAndLeavesOthers() throws IOException {
        BenchmarkReport.main(new String[] {root.toString(), ratio(1.25).toString()});
        BenchmarkReport.main(new String[] {root.toString(), product("auto", 25).toString()});
        BenchmarkReport.main(new String[] {root.toString(), product("auto", 50).toString()});

        assertThat(page()).contains("50.0 µs").doesNotContain("25.0 µs").contains("**1.25**");
    }

    @Test
    void aRunOfOneRowLeavesTheOtherRowsOfItsBenchmark() throws IOException {
        BenchmarkReport.main(new String[] {root.toString(), product("auto", 25).toString()});
        BenchmarkReport.main(
                new String[] {root.toString(), product("vector", 50).toString()});

        assertThat(page()).contains("| n | naive | auto | vector |").contains("25.0 µs", "50.0 µs");
    }

    @Test
    void withoutAnyMeasurementNothingIsWritten() {
        assertThatThrownBy(() -> BenchmarkReport.main(new String[] {root.toString(), "none.json"}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run ./tito bench first");
        assertThat(root.resolve("docs/benchmarks.md")).doesNotExist();
    }

    @Test
    void aReadmeWithoutAPlaceSaysSoBeforeAnythingIsWritten() throws IOException {
        Files.writeString(root.resolve("README.md"), "# A project\n");

        assertThatThrownBy(() -> BenchmarkReport.main(
                        new String[] {root.toString(), ratio(1.25).toString()}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("README.md has no place for the table");
        assertThat(root.resolve("docs/benchmarks.json")).doesNotExist();
    }

    @Test
    void theTablesOfThisRepositoryAreThoseOfItsMeasurements() throws IOException {
        Path here = Path.of("..").toAbsolutePath().normalize();
        ArrayNode measured =
                (ArrayNode) JSON.readTree(here.resolve("docs/benchmarks.json").toFile());
        String readme = Files.readString(here.resolve("README.md"));

        assertThat(Files.readString(here.resolve("docs/benchmarks.md")))
                .as("docs/benchmarks.md; ./tito bench --report writes it")
                .isEqualToNormalizingNewlines(BenchmarkTables.page(measured));
        assertThat(readme)
                .as("README.md; ./tito bench --report writes its table")
                .isEqualToNormalizingNewlines(BenchmarkTables.inReadme(readme, measured));
    }
}
