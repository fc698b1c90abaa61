package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.benchmarking.Units;
import org.tinytorch.tensor.Backend;

class SpeedupReportTest {
    @TempDir
    private Path folder;

    private final SpeedupResult result = new SpeedupLadder(
                    FakeModel.ofAccuracy(), new ScriptedMeter(8e8, 4e6, 2e6, 3e6, 1e6), Backend.reference())
            .climb(text -> {}, row -> {});

    private JsonNode table(String caption) throws IOException {
        JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("report.json")));
        for (JsonNode table : json.get("tables")) {
            if (table.get("caption").asText().startsWith(caption)) {
                return table;
            }
        }
        throw new AssertionError("no table '" + caption + "' in " + json.get("tables"));
    }

    @Test
    void allFilesHoldTheNumbersOfTheRun() throws IOException {
        new SpeedupReport(List.of(result)).write(folder);

        JsonNode rows = table("fake").get("rows");
        assertThat(rows).hasSize(result.rows().size());
        for (int i = 0; i < rows.size(); i++) {
            SpeedupRow row = result.rows().get(i);
            assertThat(rows.get(i).get(0).asText()).isEqualTo(row.step());
            assertThat(rows.get(i).get(1).asDouble()).isEqualTo(row.measured().median());
            assertThat(rows.get(i).get(4).asDouble()).isEqualTo(row.before());
            assertThat(rows.get(i).get(5).asDouble()).isEqualTo(row.overall());
            assertThat(rows.get(i).get(6).asDouble())
                    .as("the lower end of the factor")
                    .isLessThanOrEqualTo(row.overall());
        }
        for (String file : List.of("report.md", "report.html")) {
            String text = Files.readString(folder.resolve(file));
            for (SpeedupRow row : result.rows()) {
                assertThat(text)
                        .as(file)
                        .contains(row.step(), Units.time(row.measured().median()), Units.digits(row.overall()));
            }
            assertThat(text).contains("does not pay: slower, though smaller").contains("fake: computes nothing.");
        }
        assertThat(ImageIO.read(folder.resolve("speedup.png").toFile()).getWidth())
                .isGreaterThan(300);
    }

    @Test
    void aLineOnTheScreenHasWhatTheTableHas() {
        SpeedupModel model = result.model();
        SpeedupRow row = result.rows().get(1);

        assertThat(SpeedupTable.header(model)).contains("1 token", "x loops", "accuracy", "verdict");
        assertThat(SpeedupTable.line(model, row))
                .contains("acceleration", "4 ms", "200", "800 B", "0.9000")
                .endsWith("pays");
    }
}
