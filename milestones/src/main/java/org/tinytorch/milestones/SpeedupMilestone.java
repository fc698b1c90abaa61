package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.milestones.ModelSources.Source;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** 2018: trained models are made fast enough to be used. */
@Command(
        name = "speedup",
        description = {
            "2018: trained models are made fast enough to be used. Three models begin with the educational loops; then come, one on top of the other, acceleration,"
                    + " caching (of the GPT), precision (integers of 8 bits) and compression (channels, hidden units and heads removed).",
            "A table shows what each step does to time, memory, size and accuracy. A step that does not pay is shown as such, and left out of what follows.",
            "The models are those of digits, cifar10 and gpt. What another milestone has not trained yet is trained first, which takes minutes."
        })
final class SpeedupMilestone extends Milestone {
    private static final Path RUNS = Path.of("runs");

    @Mixin
    final MeasuringOptions measuring = new MeasuringOptions();

    @Option(
            names = "--gpt",
            paramLabel = "DIR",
            description = "folder that ./tito milestone gpt has left its model in; by default runs/gpt")
    Optional<Path> gpt;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            description =
                    "tokens that the GPT writes in a run; by default 1000, with --classroom 300. What is slow writes fewer, and the report says so")
    Optional<Integer> tokens;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the reports and the chart go, and models that had to be trained",
            defaultValue = "runs/speedup")
    Path out;

    private final IntFunction<Meter> meters;
    private final Optional<SpeedupSizes> sizes;

    SpeedupMilestone() {
        this(Meter::real, Optional.empty());
    }

    /** For tests: with other means of measuring, and other sizes than those of the two presets. */
    SpeedupMilestone(IntFunction<Meter> meters, Optional<SpeedupSizes> sizes) {
        this.meters = meters;
        this.sizes = sizes;
    }

    public static void main(String... args) {
        launch(new SpeedupMilestone(), args);
    }

    @Override
    Result run() throws IOException {
        SpeedupSizes preset = sizes.orElse(classroom ? SpeedupSizes.CLASSROOM : SpeedupSizes.FULL);
        SpeedupSizes chosen = preset.tokens(
                atLeastOne("--tokens", tokens.orElse(preset.writing().tokens())));
        checkOptions();
        Backend fast = new AutoBackend();
        Backend before = Backend.use(fast);
        try {
            return run(chosen, measuring.meter(meters), fast);
        } finally {
            Backend.use(before);
        }
    }

    private void checkOptions() {
        measuring.check(classroom);
        if (classroom && gpt.isPresent()) {
            throw misuse("--classroom trains a small GPT of its own; leave --gpt out");
        }
    }

    private Result run(SpeedupSizes chosen, Meter meter, Backend fast) throws IOException {
        GptText text = GptText.load(Optional.empty());
        Optional<Cifar10Data> photographs = measuring.photographs(classroom);
        List<Source<SpeedupModel>> sources = sources(chosen, text, photographs);
        new RunFolder(out).make();
        List<SpeedupModel> models = new ArrayList<>();
        for (Source<SpeedupModel> source : sources) {
            models.add(source.get());
        }
        List<SpeedupResult> results = new ArrayList<>();
        for (SpeedupModel model : models) {
            results.add(measure(model, meter, fast));
        }
        new SpeedupReport(results).write(out);
        say("");
        say("Report: %s, report.json, report.html and speedup.png beside it", out.resolve("report.md"));
        Result result = judge(results, chosen.target());
        return photographs.isPresent()
                ? result.with("tested_on", photographs.get().tested())
                : result;
    }

    /** Where each model comes from. Nothing is trained yet, so that what is wrong with a folder comes out first. */
    private List<Source<SpeedupModel>> sources(SpeedupSizes chosen, GptText text, Optional<Cifar10Data> photographs)
            throws IOException {
        ModelSources sources = new ModelSources(spec.commandLine().getOut(), RUNS, out, seed);
        DataSplit digits = UciDigits.load().split(0.2, new Generator(seed));
        Source<SpeedupModel> images = photographs.isPresent()
                ? photographs(photographs.get(), chosen.cnn(), sources)
                : () -> digits("cnn", DigitModel.CNN, digits, chosen.digitEpochs(), 1, chosen.cnn(), sources);
        Source<TrainedGpt> writer = classroom
                ? () -> sources.train(text, chosen.gpt(), out.resolve("gpt-classroom"))
                : sources.gpt(gpt, text, chosen.gpt());
        return List.of(
                () -> digits(
                        "mlp", DigitModel.MLP, digits, chosen.digitEpochs(), chosen.batches(), chosen.mlp(), sources),
                images,
                () -> new GptSpeedup(writer.get(), text, chosen.writing(), seed));
    }

    private SpeedupModel digits(
            String name,
            DigitModel kind,
            DataSplit digits,
            int epochs,
            int batches,
            ImageSpeedup.Pruning pruning,
            ModelSources sources) {
        return new ImageSpeedup(
                name,
                sources.digits(kind, digits, epochs),
                () -> kind.build(digits.train().imageShape(), digits.train().classes(), new Generator(seed)),
                ImageTask.of(digits, seed),
                batches,
                pruning);
    }

    private Source<SpeedupModel> photographs(Cifar10Data images, ImageSpeedup.Pruning pruning, ModelSources sources)
            throws IOException {
        Source<Sequential> network = sources.photographs(measuring.cnn, images);
        return () -> new ImageSpeedup(
                "cnn",
                network.get(),
                TrainedCifar10::fresh,
                ImageTask.of(images, Cifar10Models.SMALL.recipe(), seed),
                1,
                pruning);
    }

    private SpeedupResult measure(SpeedupModel model, Meter meter, Backend fast) {
        say("");
        say("%s", model.description());
        say("%s", SpeedupTable.header(model));
        SpeedupResult result = new SpeedupLadder(model, meter, fast)
                .climb(announced -> say("%s", announced), row -> say("%s", SpeedupTable.line(model, row)));
        result.notes().forEach(note -> say("%s", note));
        return result;
    }

    private Result judge(List<SpeedupResult> results, double target) {
        SpeedupResult mlp = results.get(0);
        SpeedupResult photographs = results.get(1);
        SpeedupResult writer = results.get(2);
        return new Result("speedup", "speedup", Math.min(photographs.overall(), writer.overall()), target)
                .with("cnn", "%.1f", photographs.overall())
                .with("gpt", "%.1f", writer.overall())
                .with("mlp", "%.1f", mlp.overall())
                .with("cnn_accuracy_lost", "%.4f", photographs.lost())
                .with("mlp_accuracy_lost", "%.4f", mlp.lost())
                .with("gpt_loss_added", "%.4f", writer.lost())
                .with(
                        "steps_not_paying",
                        "%.0f",
                        results.stream().mapToDouble(SpeedupResult::notPaying).sum());
    }
}
