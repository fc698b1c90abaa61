package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
    private static final Cost COST = new Cost(50, 0, 80, 20);
    private static final Profile PROFILE = new Profile(
            List.of(),
            List.of(),
            List.of(
                    new TraceEvent("MatMul", true, "(2, 3) (3, 4)", 1500, 2500, 64, COST),
                    new TraceEvent("fc \"1\"", false, "Linear", 1000, 4000, 96, Cost.NONE)),
            3,
            250);

    @TempDir
    private Path folder;

    private static List<JsonNode> events(JsonNode trace, String phase) {
        return StreamSupport.stream(trace.get("traceEvents").spliterator(), false)
                .filter(event -> event.get("ph").asText().equals(phase))
                .toList();
    }

    @Test
    void eventsHaveTheirStartAndDurationInMicroseconds() throws IOException {
        Path file = folder.resolve("trace.json");
        PROFILE.trace(file);
        JsonNode trace = new ObjectMapper().readTree(file.toFile());
        List<JsonNode> complete = events(trace, "X");

        assertThat(complete).hasSize(2);
        JsonNode product = complete.get(0);
        assertThat(product.get("name").asText()).isEqualTo("MatMul");
        assertThat(product.get("cat").asText()).isEqualTo("operation");
        assertThat(product.get("ts").asDouble()).isEqualTo(1.5);
        assertThat(product.get("dur").asDouble()).isEqualTo(2.5);
        assertThat(product.get("args").get("inputs").asText()).isEqualTo("(2, 3) (3, 4)");
        assertThat(product.get("args").get("flops").asLong()).isEqualTo(COST.flops());
        assertThat(product.get("args").get("flopsPerByte").asDouble()).isEqualTo(COST.intensity());
        JsonNode layer = complete.get(1);
        assertThat(layer.get("name").asText()).isEqualTo("fc \"1\"");
        assertThat(layer.get("cat").asText()).isEqualTo("layer");
        assertThat(layer.get("args").get("kind").asText()).isEqualTo("Linear");
        assertThat(layer.get("args").get("allocatedBytes").asLong()).isEqualTo(96);
        assertThat(trace.get("otherData").get("droppedEvents").asLong()).isEqualTo(3);
        assertThat(trace.get("otherData").get("overheadNanos").asLong()).isEqualTo(250);
    }

    @Test
    void allEventsAreOnTheTrackThatIsNamed() throws IOException {
        Path file = folder.resolve("trace.json");
        PROFILE.trace(file);
        JsonNode trace = new ObjectMapper().readTree(file.toFile());

        assertThat(events(trace, "M"))
                .extracting(event -> event.get("name").asText())
                .containsExactly("process_name", "thread_name");
        assertThat(trace.get("traceEvents")).allSatisfy(event -> {
            assertThat(event.get("pid").asInt()).isEqualTo(1);
            assertThat(event.get("tid").asInt()).isEqualTo(1);
        });
    }

    @Test
    void anOldFileIsReplacedAsAWhole() throws IOException {
        Path file = folder.resolve("trace.json");
        Files.writeString(file, "x".repeat(100_000));
        PROFILE.trace(file);

        assertThat(new ObjectMapper().readTree(file.toFile()).get("traceEvents"))
                .hasSize(4);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing temporary is left").containsExactly(file);
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("none").resolve("trace.json");

        assertThatThrownBy(() -> PROFILE.trace(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist; create it first");
    }
}
