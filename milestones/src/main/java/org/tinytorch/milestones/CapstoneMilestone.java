package org.tinytorch.milestones;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.capstone.Ablation;
import org.tinytorch.capstone.Candidate;
import org.tinytorch.capstone.Decision;
import org.tinytorch.capstone.Figures;
import org.tinytorch.capstone.Harness;
import org.tinytorch.capstone.Outcome;
import org.tinytorch.capstone.Pipeline;
import org.tinytorch.capstone.ReportCard;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.UciDigits;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Generator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** 2022: a trained model is made ready for use, with targets and a report. */
@Command(
        name = "capstone",
        description = {
            "2022: a trained model is made ready for use. The baseline is measured first; then each technique is tried on top of those that were kept, and undone if it wins no points or loses too much.",
            "In the end each is left out once, to see what it is worth, and a report card gives a score from 0 to 100, as HTML and JSON.",
            "The network of cifar10 must then still recognise three of four test images, and take ten times less compute or memory than at the start; a GPT writes before your eyes, and must write 100 tokens a second.",
            "What milestone cifar10 or gpt has not trained yet is trained first, which takes minutes."
        })
final class CapstoneMilestone extends Milestone {
    /** Of 100 points. */
    static final double TARGET = 60;

    /** For the small models of a classroom, and for kernels without vectors. */
    static final double CLASSROOM_TARGET = 30;

    private static final Path RUNS = Path.of("runs");

    @Parameters(
            index = "0",
            paramLabel = "PROJECT",
            description = "what is made ready: ${COMPLETION-CANDIDATES}; by default digits",
            defaultValue = "digits")
    CapstoneKind kind;

    /** Its {@code --data} is CIFAR-10, or the text of a GPT. */
    @Mixin
    final MeasuringOptions measuring = new MeasuringOptions();

    @Option(
            names = "--gpt",
            paramLabel = "DIR",
            description =
                    "folder that ./tito milestone gpt has left its model in; by default runs/gpt. If it was trained on a text of yours, --data names that file")
    Optional<Path> gpt;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where the report card goes, and models that had to be trained",
            defaultValue = "runs/capstone")
    Path out;

    private final IntFunction<Harness> harnesses;
    private final LongSupplier clock;
    private final Optional<CapstoneSizes> sizes;

    CapstoneMilestone() {
        this(Harness::new, System::nanoTime, Optional.empty());
    }

    /** For tests: with other means of measuring, and other sizes than those of the two presets. */
    CapstoneMilestone(IntFunction<Harness> harnesses, LongSupplier clock, Optional<CapstoneSizes> sizes) {
        this.harnesses = harnesses;
        this.clock = clock;
        this.sizes = sizes;
    }

    public static void main(String... args) {
        launch(new CapstoneMilestone(), args);
    }

    @Override
    Result run() throws IOException {
        checkOptions();
        CapstoneSizes chosen = sizes.orElse(classroom ? CapstoneSizes.CLASSROOM : CapstoneSizes.FULL);
        Backend fast = new AutoBackend();
        Backend before = Backend.use(fast);
        try {
            return run(model(chosen), chosen.live(), fast);
        } finally {
            Backend.use(before);
        }
    }

    private void checkOptions() {
        measuring.check(classroom);
        if (classroom && kind == CapstoneKind.CIFAR10) {
            throw misuse("cifar10 has no smaller preset; leave --classroom out, or take digits");
        }
        if (classroom && gpt.isPresent()) {
            throw misuse("--classroom trains a small GPT of its own; leave --gpt out");
        }
        if (kind != CapstoneKind.GPT && gpt.isPresent()) {
            throw misuse("--gpt is for the project gpt; leave it out, or write gpt behind capstone");
        }
        if (kind != CapstoneKind.CIFAR10 && measuring.cnn.isPresent()) {
            throw misuse("--cnn is for the project cifar10; leave it out, or write cifar10 behind capstone");
        }
        if (kind == CapstoneKind.DIGITS && measuring.data.isPresent()) {
            throw misuse("--data is for the projects cifar10 and gpt; the digits come with the library");
        }
    }

    private SpeedupModel model(CapstoneSizes chosen) throws IOException {
        ModelSources sources = new ModelSources(spec.commandLine().getOut(), RUNS, out, seed);
        return switch (kind) {
            case DIGITS -> digits(chosen.models(), sources);
            case CIFAR10 -> photographs(chosen.photographs(), sources);
            case GPT -> writer(chosen.models(), sources);
        };
    }

    private SpeedupModel digits(SpeedupSizes chosen, ModelSources sources) throws IOException {
        new RunFolder(out).make();
        DataSplit digits = UciDigits.load().split(0.2, new Generator(seed));
        DigitModel cnn = DigitModel.CNN;
        return new ImageSpeedup(
                "digits",
                sources.digits(cnn, digits, chosen.digitEpochs()),
                () -> cnn.build(digits.train().imageShape(), digits.train().classes(), new Generator(seed)),
                ImageTask.of(digits, seed),
                1,
                chosen.cnn());
    }

    private SpeedupModel photographs(ImageSpeedup.Pruning pruning, ModelSources sources) throws IOException {
        Cifar10Data images = Cifar10Data.load(measuring.data);
        ModelSources.Source<Sequential> network = sources.photographs(measuring.cnn, images);
        new RunFolder(out).make();
        return new ImageSpeedup(
                "cifar10",
                network.get(),
                TrainedCifar10::fresh,
                ImageTask.of(images, Cifar10Models.SMALL.recipe(), seed),
                1,
                pruning);
    }

    private SpeedupModel writer(SpeedupSizes chosen, ModelSources sources) throws IOException {
        GptText text = GptText.load(measuring.data);
        ModelSources.Source<TrainedGpt> trained = classroom
                ? () -> sources.train(text, chosen.gpt(), out.resolve("gpt-classroom"))
                : sources.gpt(gpt, text, chosen.gpt());
        new RunFolder(out).make();
        return new GptSpeedup(trained.get(), text, chosen.writing(), seed);
    }

    private Result run(SpeedupModel model, int live, Backend fast) throws IOException {
        TechniqueProject project = new TechniqueProject(kind.toString(), model, kind.goals(), kind.limit(), fast);
        Harness harness = harnesses.apply(measuring.repeats);
        say("");
        say("%s", model.description());
        say("The baseline is measured, then %d steps …", project.steps().size());
        Outcome<Set<Technique>> outcome = new Pipeline(harness).run(project, this::tell);
        say(
                "Each of the %d that were kept is left out …",
                outcome.kept().steps().size());
        ReportCard card = ReportCard.of(outcome, new Ablation(harness).of(outcome));
        say("");
        say("%s", card);
        card.write(out);
        say("");
        say("Report card: %s, report-card.json beside it", out.resolve("report-card.html"));
        Optional<LiveText> text = write(model, outcome.kept().build(), live);
        return result(card, model.quality(), text);
    }

    /** The model that the steps ended with writes, on the backend that it ended with. */
    private Optional<LiveText> write(SpeedupModel model, Candidate<Set<Technique>> last, int tokens) {
        Optional<LiveWriter> writer = model.writer(last.model());
        Backend before = Backend.use(last.backend());
        try {
            return writer.map(ready -> live(ready, tokens));
        } finally {
            Backend.use(before);
        }
    }

    private LiveText live(LiveWriter writer, int tokens) {
        PrintWriter screen = spec.commandLine().getOut();
        say("");
        say(
                "---- It goes on, before your eyes, from a text that it has not seen; what it writes begins behind the bar:");
        screen.print(writer.prompt() + "|");
        LiveText text = writer.write(
                tokens,
                new Generator(seed),
                part -> {
                    screen.print(part);
                    screen.flush();
                },
                clock);
        say("");
        say("----");
        say("%s.", text);
        return text;
    }

    private void tell(Decision decision) {
        say("%s: %s", decision.step(), decision.why());
    }

    private Result result(ReportCard card, Quality quality, Optional<LiveText> text) {
        Figures baseline = card.rules().baseline();
        Figures last = card.last();
        Result result = new Result("capstone", "score", card.score(), classroom ? CLASSROOM_TARGET : TARGET)
                .with("project", kind.toString())
                .with("faster", "%.1f", baseline.get(Figures.TIME) / last.get(Figures.TIME))
                .with("smaller", "%.1f", baseline.get(Figures.SIZE) / last.get(Figures.SIZE))
                .with(quality.name(), "%.4f", last.get(quality.name()))
                .with("undone", "%.0f", (double) card.journal().stream()
                        .filter(decision -> !decision.kept())
                        .count());
        if (kind == CapstoneKind.CIFAR10) {
            result = LeanTargets.PHOTOGRAPHS.judge(result, baseline, last);
        }
        return text.isPresent() ? text.get().judge(result) : result;
    }
}
