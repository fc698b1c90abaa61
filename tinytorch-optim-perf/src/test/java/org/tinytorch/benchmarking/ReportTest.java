package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.setup.EnvironmentReport;

class ReportTest {
    private static final Measurement MEASUREMENT =
            new Measurement("forward", List.of(1.5e6, 1.5e6, 1.5e6), new WarmUp.Outcome(12, false));
    private static final Table TABLE =
            new Table("Sizes", List.of("name", "bytes"), List.of(List.of(Cell.text("a"), Cell.of(2048, "2 KiB"))));

    private final Report report =
            Report.of("A <small> report").with(MEASUREMENT).with(TABLE).note("It was warm.");

    @TempDir
    private Path folder;

    @Test
    void markdownShowsTheMachineTheTimesAndTheTables() {
        assertThat(report.toMarkdown())
                .startsWith("# A &lt;small> report\n\n" + report.created() + "\n\n```\n" + EnvironmentReport.collect()
                        + "\n```\n\nIt was warm.\n")
                .contains("(the median lies from low to high with a confidence of 95 %)")
                .contains("| forward | 1.50 ms | 1.50 ms | 1.50 ms | 1.50 ms | 1.50 ms | 3 | 12, not settled |\n")
                .endsWith(TABLE.toMarkdown());
    }

    @Test
    void jsonHasEveryNumberInFull() throws IOException {
        JsonNode json = new ObjectMapper().readTree(report.toJson());

        assertThat(json.get("title").asText()).isEqualTo("A <small> report");
        assertThat(json.get("environment").get("cores").asInt())
                .isEqualTo(EnvironmentReport.collect().cores());
        assertThat(json.get("environment").get("jdk").asText()).isEqualTo(System.getProperty("java.version"));
        JsonNode measured = json.get("measurements").get(0);
        assertThat(measured.get("name").asText()).isEqualTo("forward");
        assertThat(measured.get("medianNanos").asDouble()).isEqualTo(1.5e6);
        assertThat(measured.get("nanos")).hasSize(3);
        assertThat(measured.get("settled").asBoolean()).isFalse();
        JsonNode sizes = json.get("tables").get(1);
        assertThat(sizes.get("caption").asText()).isEqualTo("Sizes");
        assertThat(sizes.get("rows").get(0).get(0).asText()).isEqualTo("a");
        assertThat(sizes.get("rows").get(0).get(1).asDouble())
                .as("2 KiB in bytes")
                .isEqualTo(2048);
        assertThat(json.get("notes").get(0).asText()).isEqualTo("It was warm.");
    }

    @Test
    void itIsOfThisRun() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        assertThat(Report.of("now").created()).isBetween(before, Instant.now());
        assertThat(report.environment()).isEqualTo(EnvironmentReport.collect());
    }

    @Test
    void anAdditionLeavesTheReportBeforeAsItWas() {
        report.with(TABLE).with(MEASUREMENT).note("More.");

        assertThat(report.tables()).as("the times, and the one that was given").hasSize(2);
        assertThat(report.measurements()).hasSize(1);
        assertThat(report.notes()).containsExactly("It was warm.");
        assertThat(Report.of("empty").tables()).isEmpty();
    }

    @Test
    void filesHoldWhatIsShown() throws IOException {
        Path markdown = folder.resolve("report.md");
        Path json = folder.resolve("report.json");
        report.writeMarkdown(markdown);
        report.writeJson(json);

        assertThat(Files.readString(markdown)).isEqualTo(report.toMarkdown());
        assertThat(Files.readString(json)).isEqualTo(report.toJson());
    }

    @Test
    void aComparisonIsASentence() {
        AbResult result = AbResult.of("a", List.of(2.0, 2.0), "b", List.of(1.0, 1.0), 0.95);

        assertThat(report.with(result).notes()).last().isEqualTo(result + ".");
    }

    @Test
    void aComparisonIsInTheJsonInFull() throws IOException {
        AbResult result =
                AbResult.of("a", List.of(2.0, 3.0), "b", List.of(1.0, 1.5), 0.9, new WarmUp.Outcome(12, false));
        JsonNode json = new ObjectMapper()
                .readTree(report.with(result).with(TABLE).toJson())
                .get("comparisons");

        assertThat(json).hasSize(1);
        JsonNode compared = json.get(0);
        assertThat(compared.get("a").asText()).isEqualTo("a");
        assertThat(compared.get("b").asText()).isEqualTo("b");
        assertThat(compared.get("ratio").asDouble()).isEqualTo(2);
        assertThat(compared.get("low").asDouble()).isEqualTo(result.interval().low());
        assertThat(compared.get("high").asDouble()).isEqualTo(result.interval().high());
        assertThat(compared.get("confidence").asDouble()).isEqualTo(0.9);
        assertThat(compared.get("p").asDouble()).isEqualTo(result.p());
        assertThat(compared.get("verdict").asText()).isEqualTo("too few pairs");
        assertThat(compared.get("warmUpRuns").asInt()).isEqualTo(12);
        assertThat(compared.get("settled").asBoolean(true)).isFalse();
        assertThat(compared.get("nanosA")).extracting(JsonNode::asDouble).containsExactly(2.0, 3.0);
        assertThat(compared.get("nanosB")).extracting(JsonNode::asDouble).containsExactly(1.0, 1.5);
    }
}
