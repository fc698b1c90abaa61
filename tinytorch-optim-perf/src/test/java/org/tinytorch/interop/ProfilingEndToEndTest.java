package org.tinytorch.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.autograd.ReuseMemory;
import org.tinytorch.benchmarking.Benchmark;
import org.tinytorch.benchmarking.Cost;
import org.tinytorch.benchmarking.FlopCount;
import org.tinytorch.benchmarking.FlopCounter;
import org.tinytorch.benchmarking.LayerProfile;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.OperationProfile;
import org.tinytorch.benchmarking.Profile;
import org.tinytorch.benchmarking.Profiler;
import org.tinytorch.benchmarking.Report;
import org.tinytorch.benchmarking.Roofline;
import org.tinytorch.benchmarking.TraceEvent;
import org.tinytorch.benchmarking.WarmUp;
import org.tinytorch.loss.CrossEntropyLoss;
import org.tinytorch.loss.Loss;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.optim.AdamW;
import org.tinytorch.optim.Optimizer;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.transformer.Gpt;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModelLoss;

/** Real models under a real clock, from the profiler to files of all kinds, which are read back. */
class ProfilingEndToEndTest {
    private static final Roofline ROOF = new Roofline(1e9, 1e9, "by hand");
    private final Generator generator = new Generator(1);

    @TempDir
    private Path folder;

    private Layer cnn() {
        return new Sequential(
                Conv2d.builder(1, 4, 3).same().relu().build(generator),
                new BatchNorm2d(4),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(4 * 4 * 4, 10, generator));
    }

    @Test
    void aForwardPassOfASmallCnn() throws IOException {
        Layer model = cnn();
        model.eval();
        Tensor images = Tensors.rand(generator, 2, 1, 8, 8);
        try (Profiler profiler = Profiler.attach(model);
                NoGrad scope = NoGrad.enter()) {
            model.forward(images);
            checkForward(profiler.profile(), FlopCounter.count(model, images));
            checkFiles(profiler.profile(), "2");
        }
    }

    @Test
    void aForwardPassOfASmallGpt() throws IOException {
        Gpt model = new Gpt(GptConfig.gpt2(11, 6, 2, 2, 8), generator);
        Tensor ids = Tensors.randint(generator, 11, 3, 6);
        try (Profiler profiler = Profiler.attach(model);
                NoGrad scope = NoGrad.enter()) {
            model.forward(ids);
            checkForward(profiler.profile(), FlopCounter.count(model, ids));
            checkFiles(profiler.profile(), "blocks.1.feedForward.expand");
        }
    }

    @Test
    void aTrainingStepOfASmallCnn() throws IOException {
        trainingStep(cnn(), new CrossEntropyLoss(), Tensors.rand(generator, 2, 1, 8, 8), Tensors.of(3, 7));
    }

    @Test
    void aTrainingStepOfASmallGpt() throws IOException {
        Gpt model = new Gpt(GptConfig.llama(11, 6, 1, 2, 8), generator);
        Tensor ids = Tensors.randint(generator, 11, 3, 6);
        trainingStep(model, new LanguageModelLoss(), ids, ids);
    }

    /** With the memory of results used again, as a trainer does. */
    private void trainingStep(Layer model, Loss loss, Tensor x, Tensor y) throws IOException {
        Optimizer optimizer = new AdamW(model.parameters(), 1e-3);
        Backend before = Backend.current();
        double first = step(model, loss, optimizer, x, y); // unwatched
        try (Profiler profiler = Profiler.attach(model)) {
            profiler.record("step", () -> assertThat(step(model, loss, optimizer, x, y))
                    .as("the loss goes on falling while the profiler looks")
                    .isLessThan(first));
            Profile profile = profiler.profile();

            assertThat(profile.layer("[step]").cost().multiplyAdds())
                    .as("backward operations belong to what is around the layers")
                    .isGreaterThan(forwardCost(profile).multiplyAdds());
            assertThat(profile.operations())
                    .extracting(OperationProfile::name)
                    .anyMatch(name -> name.contains("Gradient"));
            assertThat(profile.operations()).allMatch(OperationProfile::known);
            checkFiles(profile, "[step]");
        }
        assertThat(Backend.current()).isSameAs(before);
    }

    private static Cost forwardCost(Profile profile) {
        return profile.layers().stream()
                .filter(layer -> !layer.path().startsWith("["))
                .map(LayerProfile::cost)
                .reduce(Cost.NONE, Cost::plus);
    }

    private static double step(Layer model, Loss loss, Optimizer optimizer, Tensor x, Tensor y) {
        try (ReuseMemory scope = ReuseMemory.enter()) {
            optimizer.zeroGrad();
            Tensor error = loss.forward(model.forward(x), y);
            error.backward();
            optimizer.step();
            return error.item();
        }
    }

    /** The counter and the profiler look at the same operations. */
    private static void checkForward(Profile profile, FlopCount count) {
        LayerProfile whole = profile.layer("(model)");

        assertThat(forwardCost(profile)).as("cost of all layers").isEqualTo(count.total());
        assertThat(profile.nanos()).as("all own times add up to the whole").isEqualTo(whole.totalNanos());
        assertThat(whole.totalNanos()).as("time of the model").isPositive();
        assertThat(whole.totalAllocated()).as("bytes of the model").isPositive();
        assertThat(profile.operations().stream()
                        .mapToInt(OperationProfile::calls)
                        .sum())
                .as("operations in the trace")
                .isEqualTo((int) profile.events().stream()
                        .filter(TraceEvent::isOperation)
                        .count());
    }

    /** Writes all formats and reads them back; a layer that ran must be in each. */
    private void checkFiles(Profile profile, String layer) throws IOException {
        profile.trace(folder.resolve("trace.json"));
        Measurement measurement = new Benchmark()
                .warmUp(WarmUp.runs(1))
                .repeat(3)
                .measure("a sum", () -> Tensors.ones(100).sum());
        Report report = Report.of("End to end").with(measurement).with(profile).with(ROOF, profile);
        report.writeMarkdown(folder.resolve("report.md"));
        report.writeJson(folder.resolve("report.json"));
        new HtmlReport(report)
                .image("Times", ReportCharts.bars("Times", report.measurements()))
                .image("Roofline", ReportCharts.roofline("Roofline", ROOF, ROOF.place(profile)))
                .write(folder.resolve("report.html"));

        JsonNode trace =
                new ObjectMapper().readTree(folder.resolve("trace.json").toFile());
        assertThat(trace.get("traceEvents")).hasSize(2 + profile.events().size());
        assertThat(trace.findValuesAsText("name")).contains(layer);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(json.get("tables")).hasSize(4);
        assertThat(json.get("tables").get(1).get("rows"))
                .anySatisfy(row -> assertThat(row.get(0).asText()).isEqualTo(layer));
        assertThat(Files.readString(folder.resolve("report.md"))).contains("| " + layer + " |");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("<td>" + layer + "</td>")
                .contains("data:image/png;base64,");
    }
}
