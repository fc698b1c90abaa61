package org.tinytorch.capstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.capstone.Toys.Toy;

class ReportCardTest {
    private static ReportCard card() {
        Toys toys = new Toys().step("halves", toy -> toy.nanos /= 2).step("<b>fails</b>", toy -> {
            throw new IllegalStateException("why & how");
        });
        toys.step("small", toy -> {
            if (toy.nanos == 1000) {
                throw new IllegalStateException("too slow");
            }
            toy.weights /= 2;
        });
        Outcome<Toy> outcome = toys.outcome();
        return ReportCard.of(outcome, new Ablation(toys.harness()).of(outcome));
    }

    @Test
    void theTerminalShowsGoalsStepsAndWorths() {
        assertThat(card().toString())
                .startsWith("toys <&> \"more\": 50.0 of 100 points")
                .contains("time: 4 times less    250 ns  62.5 ns      125 ns    30.0  60.0")
                .contains("accuracy: may fall by 0.01", "kept: 30.0 points won")
                .contains("undone: it failed, IllegalStateException: why & how")
                .contains("all: without it, IllegalStateException: too slow");
    }

    @Test
    void jsonHasAllNumbers() throws IOException {
        JsonNode root = new ObjectMapper().readTree(card().toJson());

        assertThat(root.get("project").asText()).isEqualTo("toys <&> \"more\"");
        assertThat(root.get("score").asDouble()).isCloseTo(50, within(1e-9));
        assertThat(root.get("baseline").get("time").asDouble()).isCloseTo(250e-9, within(1e-15));
        assertThat(root.get("last").get("time").asDouble()).isCloseTo(125e-9, within(1e-15));
        assertThat(root.get("last").get("timeHigh").asDouble()).isCloseTo(125e-9, within(1e-15));
        assertThat(root.get("goals").get(1).get("points").asDouble()).isCloseTo(20, within(1e-9));
        assertThat(root.get("goals").get(1).get("aim").asDouble()).isEqualTo(40);
        assertThat(root.get("limits").get(0).get("most").asDouble()).isEqualTo(0.01);
        assertThat(root.get("steps")).hasSize(3);
        assertThat(root.get("steps").get(0).get("kept").asBoolean()).isTrue();
        assertThat(root.get("steps").get(1).has("figures")).isFalse();
        assertThat(root.get("worths").get(0).get("points").isNull()).isTrue();
        assertThat(root.get("worths").get(0).get("failure").asText()).contains("too slow");
        assertThat(root.get("worths").get(1).get("points").asDouble()).isCloseTo(20, within(1e-9));
    }

    @Test
    void thePageEscapesWhatItShowsAndLoadsNothing() {
        String page = card().toHtml();

        assertThat(page)
                .contains("<h1>toys &lt;&amp;&gt; &quot;more&quot;</h1>", "50.0 of 100", "width:50.0%")
                .contains("&lt;b&gt;fails&lt;/b&gt;", "why &amp; how")
                .contains("width=device-width", "default-src 'none'")
                .doesNotContain("<b>", "<script", "src=", "href=")
                .endsWith("</html>\n");
    }

    @Test
    void bothAreWritten(@TempDir Path folder) throws IOException {
        ReportCard card = card();
        card.write(folder);

        assertThat(Files.readString(folder.resolve("report-card.html"))).isEqualTo(card.toHtml());
        assertThat(Files.readString(folder.resolve("report-card.json"))).isEqualTo(card.toJson());
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aCardOfNothingKeptHasNoWorths() {
        Toys toys = new Toys();
        Outcome<Toy> outcome = toys.outcome();
        ReportCard card = ReportCard.of(outcome, new Ablation(toys.harness()).of(outcome));

        assertThat(card.score()).isZero();
        assertThat(card.toString()).doesNotContain("worth");
    }
}
