package org.tinytorch.milestones;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.benchmarking.Measurement;
import org.tinytorch.benchmarking.Report;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.milestones.ModelSources.Source;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** 2018: a trained network is made smaller, in each way by itself. */
@Command(
        name = "compress",
        description = {
            "2018: a trained network is made smaller in four ways, each by itself: integers of 8 bits; nine of ten weights pruned; five of eight channels removed; a student with a tenth of the parameters,"
                    + " trained alone and with the network as its teacher.",
            "A table shows what each takes and what it costs in accuracy. The networks are left in the folder of the run.",
            "The network is that of cifar10. If it is not trained yet, it is trained first; with the trainings of this milestone that takes half an hour or more."
        })
final class CompressMilestone extends Milestone {
    private static final Path RUNS = Path.of("runs");
    private static final int ROUNDS = 3;

    @Mixin
    final MeasuringOptions measuring = new MeasuringOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the networks, the reports and the chart go",
            defaultValue = "runs/compress")
    Path out;

    @Option(
            names = "--resume",
            description =
                    "takes what an earlier run has trained, with the same options and from the same network, from the folder --out; times and accuracies are measured again")
    boolean resume;

    private final IntFunction<Meter> meters;
    private final Optional<CompressionSizes> sizes;

    CompressMilestone() {
        this(Meter::real, Optional.empty());
    }

    /** For tests: with other means of measuring, and other sizes than those of the two presets. */
    CompressMilestone(IntFunction<Meter> meters, Optional<CompressionSizes> sizes) {
        this.meters = meters;
        this.sizes = sizes;
    }

    public static void main(String... args) {
        launch(new CompressMilestone(), args);
    }

    @Override
    Result run() throws IOException {
        CompressionSizes chosen = sizes.orElse(classroom ? CompressionSizes.CLASSROOM : CompressionSizes.FULL);
        measuring.check(classroom);
        Backend before = Backend.use(new AutoBackend());
        try {
            return run(chosen);
        } finally {
            Backend.use(before);
        }
    }

    private Result run(CompressionSizes chosen) throws IOException {
        Optional<Cifar10Data> photographs = measuring.photographs(classroom);
        Source<CompressionTask> source =
                photographs.isPresent() ? photographs(photographs.get(), chosen) : () -> digits(chosen);
        RunFolder folder = new RunFolder(out);
        folder.make();
        CompressionTask task = source.get();
        task.images().remark().ifPresent(remark -> say("%s", remark));
        List<CompressedNetwork> networks = new ArrayList<>();
        for (Compression how : Compression.values()) {
            networks.add(make(task, how));
        }
        List<CompressedRow> rows =
                measure(networks, task.images().calibration().get(0).input());
        say("");
        say("%s", CompressionTable.of(rows));
        folder.saveReport(
                report(task, rows), "compress.png", "Accuracy and time of an image", CompressionChart.png(rows));
        say("Report: %s, report.json, report.html and compress.png beside it", out.resolve("report.md"));
        Result result = chosen.targets().judge(rows);
        return photographs.isPresent()
                ? result.with("tested_on", photographs.get().tested())
                : result;
    }

    private Source<CompressionTask> photographs(Cifar10Data images, CompressionSizes chosen) throws IOException {
        Source<Sequential> network = sources().photographs(measuring.cnn, images);
        return () -> new CompressionTask(
                network.get(),
                TrainedCifar10::fresh,
                () -> Students.ofPhotographs(new Generator(seed)),
                ImageTask.of(images, Cifar10Models.SMALL.recipe(), seed),
                chosen);
    }

    private CompressionTask digits(CompressionSizes chosen) throws IOException {
        DataSplit digits = UciDigits.load().split(0.2, new Generator(seed));
        DigitModel kind = DigitModel.CNN;
        return new CompressionTask(
                sources().digits(kind, digits, chosen.digitEpochs()),
                () -> kind.build(digits.train().imageShape(), digits.train().classes(), new Generator(seed)),
                () -> Students.ofDigits(
                        digits.train().imageShape(), digits.train().classes(), new Generator(seed)),
                ImageTask.of(digits, seed),
                chosen);
    }

    private ModelSources sources() {
        return new ModelSources(spec.commandLine().getOut(), RUNS, out, seed);
    }

    private CompressedNetwork make(CompressionTask task, Compression how) throws IOException {
        say("");
        say("%s: %s", how, task.sizes().words(how));
        String origin = task.origin(how);
        Optional<Map<String, Tensor>> saved =
                resume && CompressionTask.trains(how) ? CompressedNetwork.saved(out, how, origin) : Optional.empty();
        CompressedNetwork network = saved.isPresent() ? task.with(how, saved.get()) : train(task, how);
        Path file = network.save(out, origin);
        say("%s: %,d weights that are not 0, accuracy %.4f; %s", how, network.weights(), network.accuracy(), file);
        return network;
    }

    private CompressedNetwork train(CompressionTask task, Compression how) {
        TrainingTable table =
                TrainingTable.of(spec.commandLine().getOut(), Help.Ansi.AUTO.enabled(), TrainingTable.Layout.LEARNING);
        return task.with(how, table);
    }

    /**
     * All in one go, when everything is trained, and in rounds, so that a machine that is slower for a while is slower for all. The first round does not count: what comes first runs before the
     * compiler has seen the others.
     */
    private List<CompressedRow> measure(List<CompressedNetwork> networks, Tensor images) {
        say("");
        say("How long an image takes, in batches of %d and %d rounds …", images.dim(0), ROUNDS);
        Meter meter = measuring.meter(meters);
        List<List<Measurement>> rounds = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            rounds.add(networks.stream()
                    .map(network -> time(meter, network, images))
                    .toList());
        }
        List<CompressedRow> rows = new ArrayList<>();
        Measurement trained = together(rounds, 0);
        for (int i = 0; i < networks.size(); i++) {
            rows.add(CompressedRow.of(networks.get(i), together(rounds, i), networks.get(0), trained));
        }
        return rows;
    }

    /** What a network took in all rounds but the first. */
    private static Measurement together(List<List<Measurement>> rounds, int network) {
        List<Double> nanos = new ArrayList<>();
        rounds.subList(1, rounds.size())
                .forEach(round -> nanos.addAll(round.get(network).nanos()));
        Measurement first = rounds.get(0).get(network);
        return new Measurement(first.name(), nanos, first.warmUp());
    }

    private static Measurement time(Meter meter, CompressedNetwork network, Tensor images) {
        Layer layer = network.network();
        try (NoGrad recordsNothing = NoGrad.enter()) {
            return meter.timeOfItem(network.how().toString(), images.dim(0), () -> layer.forward(images));
        }
    }

    private static Report report(CompressionTask task, List<CompressedRow> rows) {
        Report report = Report.of("A trained network, made smaller");
        for (Compression how : Compression.values()) {
            report = report.note(how + ": " + task.sizes().words(how));
        }
        if (task.images().remark().isPresent()) {
            report = report.note(task.images().remark().get());
        }
        report = report.with(CompressionTable.of(rows));
        for (CompressedRow row : rows) {
            report = report.with(row.time());
        }
        return report;
    }
}
