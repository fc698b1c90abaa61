package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.data.Cifar10;
import org.tinytorch.data.DataSplit;
import org.tinytorch.data.Dataset;
import org.tinytorch.data.ImageDataset;
import org.tinytorch.data.Normalize;
import org.tinytorch.data.UciDigits;
import org.tinytorch.interop.ModelPackage;
import org.tinytorch.interop.PackageKind;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.TrainingListener;
import org.tinytorch.transformer.Gpt;

/** What the command packages computes what the milestone computes, and is shown and verified. */
class PackageCommandTest {
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);

    @TempDir
    private Path folder;

    private Path pack;

    @BeforeEach
    void name() {
        pack = folder.resolve("packages").resolve("model.zip");
    }

    private static MilestoneRun run(String... arguments) {
        return MilestoneRun.of(PackageCommand.commandLine(), arguments);
    }

    private static Tensor forward(Layer model, Tensor images) {
        model.eval();
        try (NoGrad scope = NoGrad.enter()) {
            return model.forward(images);
        }
    }

    /** Images with pixels from 0 to 1, one after the other as a server gets them, against the milestone's own batches. */
    private static void assertClassifiesAlike(ModelPackage read, ImageDataset raw, Layer model, Dataset milestones) {
        int count = Math.min(20, raw.size());
        Tensor expected = forward(
                model, milestones.batch(IntStream.range(0, count).toArray()).input());
        for (int i = 0; i < count; i++) {
            Tensor pixels = raw.images(i, i + 1).select(0, 0);
            assertThat(Arrays.stream(pixels.data())).allMatch(pixel -> pixel >= 0 && pixel <= 1);
            Tensor image = read.preprocessing().orElseThrow().apply(pixels);
            Tensor logits = forward(read.model(), image.unsqueeze(0));
            for (int c = 0; c < read.labels().size(); c++) {
                assertThat(logits.get(0, c)).as("image %d, class %d", i, c).isCloseTo(expected.get(i, c), CLOSE);
            }
        }
    }

    @Test
    void digitsAreClassifiedAsTheMilestoneDoes() throws IOException {
        MilestoneRun run = run("make", "digits", "--epochs=2", "--seed=3", "--out", pack.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        pack + " is a package: image-classifier",
                        "parameters 22,602",
                        "test_accuracy",
                        "./tito serve " + pack);
        ModelPackage read = ModelPackage.read(pack);
        assertThat(read.labels()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        DataSplit digits = UciDigits.load().split(0.2, new Generator(3));
        DigitsTraining.Trained trained = new DigitsTraining(2, 1e-3, 3, new TrainingListener() {})
                .train(DigitModel.CNN, digits.train(), digits.train(), digits.test());
        assertClassifiesAlike(read, digits.test(), trained.model(), digits.test());
        assertThat(read.metrics())
                .containsEntry("test_accuracy", trained.accuracy(digits.test()))
                .containsEntry("test_images", 359.0)
                .containsEntry("parameters", 22_602.0);
    }

    @ParameterizedTest
    @CsvSource({"true, test_accuracy", "false, held_out_accuracy"})
    void photographsAreClassifiedAsTheMilestoneDoes(boolean withTest, String accuracy) throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 30, withTest);
        Cifar10Data images = Cifar10Data.load(Optional.of(data));
        Layer network = TrainedCifar10.fresh();
        network.forward(images.train().images(0, 60)); // moves the running averages
        SpeedupFolders.writeCnn(folder.resolve("run"), network, "small", images);

        MilestoneRun run = run(
                "make",
                "cifar10",
                "--from",
                folder.resolve("run").toString(),
                "--data",
                data.toString(),
                "--out",
                pack.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelPackage read = ModelPackage.read(pack);
        assertThat(read.labels()).isEqualTo(Cifar10.CLASS_NAMES);
        assertThat(read.metrics()).containsOnlyKeys(accuracy, "test_images", "parameters");
        assertClassifiesAlike(read, images.test(), network, images.test().transformed(images.normalize()));
    }

    @Test
    void theMeansOfPhotographsAreThoseOfPixelsFrom0To1() throws IOException {
        Cifar10Data images = Cifar10Data.load(Optional.of(Cifar10Files.write(folder.resolve("data"), 30, true)));
        Normalize normalize = images.normalize();

        for (int channel = 0; channel < 3; channel++) {
            assertThat(normalize.mean().get(channel)).isBetween(0.15, 0.85);
            assertThat(normalize.deviation().get(channel)).isBetween(0.01, 0.5);
        }
    }

    @Test
    void theGptIsPackagedWithItsTokenizerAndLoss() throws IOException {
        Path runs = folder.resolve("gpt");
        MilestoneRun milestone = MilestoneRun.of(
                "gpt", "--layers=1", "--width=16", "--context=16", "--iterations=2", "--out", runs.toString());

        MilestoneRun run = run("make", "gpt", "--from", runs.toString(), "--out", pack.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        ModelPackage read = ModelPackage.read(pack);
        assertThat(read.kind()).isEqualTo(PackageKind.LANGUAGE_MODEL);
        assertThat(read.metrics().get("validation_loss"))
                .isCloseTo(milestone.figure("validation_loss"), Offset.offset(1e-4));
        TrainedGpt trained = TrainedGpt.read(runs, GptText.load(Optional.empty()));
        Gpt model = trained.model();
        int[] tokens = read.tokenizer().orElseThrow().encode("The king");
        assertThat(tokens).isEqualTo(trained.tokenizer().encode("The king"));
        Tensor ids = Tensors.of(IntStream.of(tokens).asDoubleStream().toArray(), 1, tokens.length);
        assertThat(forward(read.model(), ids).data())
                .isEqualTo(forward(model, ids).data());
        assertThat(run("show", pack.toString()).out())
                .contains("language-model", "CharTokenizer", "1 layers", "context 16", "validation_loss");
    }

    @Test
    void showTellsWhatIsInAPackageAndVerifyThatItIsWhole() throws IOException {
        Path whole = folder.resolve("digits");
        run("make", "digits", "--epochs=1", "--float32", "--out", whole.toString());

        MilestoneRun show = run("show", whole.toString());
        assertThat(show.exitCode()).isZero();
        assertThat(show.out())
                .contains(
                        "image-classifier", "22,602", "10: 0, 1, 2", "(1, 8, 8)", "test_accuracy 0.", "labels.json 73")
                .contains("(8): Linear(in=128, out=128, bias=true)");
        MilestoneRun verify = run("verify", whole.toString());
        assertThat(verify.exitCode()).isZero();
        assertThat(verify.out()).contains(whole + " is as it was written: image-classifier, 5 files and the manifest");

        Files.writeString(whole.resolve("labels.json"), "[\"0\"]");
        for (String command : new String[] {"show", "verify"}) {
            MilestoneRun damaged = run(command, whole.toString());
            assertThat(damaged.exitCode()).isEqualTo(1);
            assertThat(damaged.out()).isEmpty();
            assertThat(damaged.err()).contains(whole.resolve("labels.json") + " has 5 bytes", "get the package anew");
        }
    }

    @Test
    void aNameThatIsTakenIsNamedBeforeTheTraining() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken"));

        MilestoneRun unasked = run("make", "digits", "--out", taken.toString());
        MilestoneRun noPackage = run("make", "digits", "--replace", "--out", taken.toString());

        assertThat(unasked.exitCode()).isEqualTo(1);
        assertThat(unasked.err()).contains(taken + " exists already; name another with --out, or give --replace");
        assertThat(noPackage.exitCode()).isEqualTo(1);
        assertThat(noPackage.err()).contains(taken + " is not a model package");
        assertThat(unasked.out() + noPackage.out()).doesNotContain("to learn from");
    }

    @Test
    void replacingIsAskedFor() throws IOException {
        run("make", "digits", "--epochs=1", "--out", pack.toString());

        MilestoneRun again = run("make", "digits", "--epochs=1", "--seed=2", "--replace", "--out", pack.toString());

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(ModelPackage.verify(pack).kind()).isEqualTo(PackageKind.IMAGE_CLASSIFIER);
    }

    @Test
    void whereNoRunIsTheCommandThatMakesOneIsNamed() {
        Path none = folder.resolve("none");

        assertThat(run("make", "cifar10", "--from", none.toString(), "--out", pack.toString())
                        .err())
                .contains("there is no " + none.resolve("checkpoint.safetensors"))
                .contains("./tito milestone cifar10 --out " + none + " makes one");
        assertThat(run("make", "gpt", "--from", none.toString(), "--out", pack.toString())
                        .err())
                .contains("./tito milestone gpt --out " + none + " makes them")
                .doesNotContain("--data");
        assertThat(pack).doesNotExist();
    }

    @Test
    void aGptOfAnotherTextNeedsThatText() throws IOException {
        Path text = Files.writeString(
                folder.resolve("other.txt"),
                GptText.load(Optional.empty()).whole().substring(0, 20_000));
        Path runs = folder.resolve("gpt");
        MilestoneRun.of(
                "gpt",
                "--layers=1",
                "--width=16",
                "--context=16",
                "--iterations=2",
                "--data",
                text.toString(),
                "--out",
                runs.toString());

        MilestoneRun without = run("make", "gpt", "--from", runs.toString(), "--out", pack.toString());
        MilestoneRun with =
                run("make", "gpt", "--from", runs.toString(), "--data", text.toString(), "--out", pack.toString());

        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.err()).contains("A text of your own is named with --data");
        assertThat(with.exitCode()).as(with.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "package what, ''",
        "make a package of what, make",
        "Unmatched argument, make imagenet",
        "Missing required parameter, show",
        "--epochs is 0, make digits --epochs=0"
    })
    void badUsageExitsWith2(String message, String arguments) {
        String out = arguments.startsWith("make digits") ? " --out=" + folder.resolve("p") : "";
        MilestoneRun run = run((arguments + out).strip().isEmpty() ? new String[0] : (arguments + out).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void helpHasExamples() {
        assertThat(run("--help").out()).contains("./tito package make digits", "verify", "show");
        assertThat(run("make", "--help").out()).contains("digits", "cifar10", "gpt");
        assertThat(run("make", "cifar10", "--help").out()).contains("--from", "runs/cifar10/small", "--float32");
    }

    @Test
    void aPackageIsExportedAsOnnxButReplacesNothingUnasked() throws IOException {
        assertThat(run("make", "digits", "--epochs=1", "--out", pack.toString()).exitCode())
                .isZero();
        Path file = folder.resolve("digits.onnx");

        MilestoneRun first = run("export", pack.toString(), file.toString());
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("digits.onnx is the image-classifier", "as ONNX");
        OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file));
        assertThat(model.getGraph().getInput(0).getName()).isEqualTo("input");
        assertThat(model.getMetadataPropsList())
                .extracting(property -> property.getKey())
                .contains("labels");

        MilestoneRun again = run("export", pack.toString(), file.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("digits.onnx exists already", "--replace");
        assertThat(run("export", pack.toString(), file.toString(), "--replace").exitCode())
                .isZero();
    }
}
