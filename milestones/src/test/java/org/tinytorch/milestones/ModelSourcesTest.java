package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.acceleration.AutoBackend;
import org.tinytorch.milestones.ModelSources.Source;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Backend;
import org.tinytorch.transformer.GptConfig;

/** Folders that fit are taken; of those that do not, the usual one is replaced by a training, and one that the user named is refused. */
class ModelSourcesTest {
    private static final int LENGTH = 5_000;

    @TempDir
    private Path folder;

    private final StringWriter screen = new StringWriter();
    private Backend before;
    private GptText text;
    private GptText otherText;

    @BeforeEach
    void prepare() throws IOException {
        before = Backend.use(new AutoBackend());
        String tales = GptText.load(Optional.empty()).whole();
        text = part(tales, 0);
        otherText = part(tales, LENGTH);
    }

    @AfterEach
    void putTheBackendBack() {
        Backend.use(before);
    }

    private static GptText part(String tales, int from) {
        String whole = tales.substring(from, from + LENGTH);
        int end = LENGTH / 10 * 9;
        return new GptText("the text", whole, whole.substring(0, end), whole.substring(end));
    }

    private static GptRecipe recipe(int width) {
        return new GptRecipe(GptConfig.Style.GPT2, 1, 2, width, 8, 0, 4, 4, 2, 5e-3);
    }

    private ModelSources sources(long seed) {
        return new ModelSources(new PrintWriter(screen, true), runs(), out(), seed);
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Cifar10Data images() throws IOException {
        return Cifar10Data.load(Optional.of(Cifar10Files.write(folder.resolve("data"), 1, true)));
    }

    private String said() {
        String all = screen.toString();
        screen.getBuffer().setLength(0);
        return all;
    }

    @Test
    void whatIsInTheUsualFoldersIsTaken() throws IOException {
        Cifar10Data images = images();
        Sequential network = TrainedCifar10.fresh();
        SpeedupFolders.writeCnn(runs().resolve("cifar10").resolve("small"), network, "small", images);
        TrainedGpt writer = sources(1).train(text, recipe(8), runs().resolve("gpt"));

        Sequential foundNetwork =
                sources(1).photographs(Optional.empty(), images).get();
        TrainedGpt foundWriter =
                sources(1).gpt(Optional.empty(), text, recipe(8)).get();

        assertThat(foundNetwork.stateDict().get("classes.weight").data())
                .isEqualTo(network.stateDict().get("classes.weight").data());
        assertThat(foundWriter.model().stateDict().get("norm.weight").data())
                .isEqualTo(writer.model().stateDict().get("norm.weight").data());
        assertThat(out()).doesNotExist();
    }

    @Test
    void whereThereIsNothingOneIsTrainedWhenItIsAskedFor() throws IOException {
        Source<TrainedGpt> source = sources(1).gpt(Optional.empty(), text, recipe(8));

        assertThat(said())
                .contains("The GPT is not taken from " + runs().resolve("gpt"), "there are not all of")
                .contains("One will be trained, which takes some minutes.");
        assertThat(out()).as("nothing is trained yet").doesNotExist();
        assertThat(source.get().model().config().width()).isEqualTo(8);
        assertThat(out().resolve("gpt").resolve("model.safetensors")).isNotEmptyFile();
    }

    @Test
    void aGptOfAnotherTextInTheUsualFolderIsNotTaken() throws IOException {
        sources(1).train(otherText, recipe(8), runs().resolve("gpt"));
        said();

        TrainedGpt trained = sources(1).gpt(Optional.empty(), text, recipe(8)).get();

        assertThat(said())
                .contains("was trained on another text than the text")
                .contains("The GPT is trained first, and left in " + out().resolve("gpt"))
                .doesNotContain("--gpt");
        assertThat(TrainedGpt.read(out().resolve("gpt"), text).tokenizer().vocabularySize())
                .isEqualTo(trained.tokenizer().vocabularySize());
    }

    @Test
    void aGptOfAnotherSizeIsTakenOnlyIfTheUserNamesIt() throws IOException {
        Path usual = runs().resolve("gpt");
        sources(1).train(text, recipe(8), usual);
        said();

        TrainedGpt trained = sources(1).gpt(Optional.empty(), text, recipe(16)).get();

        assertThat(trained.model().config().width()).isEqualTo(16);
        assertThat(said()).contains("width is 8 there, but 16 here").doesNotContain("--gpt");
        TrainedGpt named = sources(1).gpt(Optional.of(usual), text, recipe(16)).get();
        assertThat(named.model().config().width()).isEqualTo(8);
        assertThat(said()).contains("The GPT comes from " + usual);
    }

    @Test
    void aHalfTrainedCnnInTheUsualFolderIsNotTaken() throws IOException {
        Cifar10Data images = images();
        Path usual = runs().resolve("cifar10").resolve("small");
        SpeedupFolders.writeCnn(usual, TrainedCifar10.fresh(), "small", images, 1);

        sources(1).photographs(Optional.empty(), images).get();

        assertThat(said())
                .contains("The CNN is not taken from " + usual, "ended after epoch 1 of 6")
                .contains("The CNN is trained first, and left in " + out().resolve("cifar10"))
                .doesNotContain("--cnn");
        assertThat(SavedRun.read(out().resolve("cifar10").resolve("checkpoint.safetensors"))
                        .done())
                .isEqualTo(Cifar10Models.SMALL.recipe().epochs());
    }

    @Test
    void aFolderThatTheUserNamedAndThatDoesNotFitIsRefused() throws IOException {
        Cifar10Data images = images();
        Path cnn = folder.resolve("cnn");
        SpeedupFolders.writeCnn(cnn, TrainedCifar10.fresh(), "small", images, 1);
        Path gpt = folder.resolve("gpt");
        sources(1).train(otherText, recipe(8), gpt);

        assertThatThrownBy(() -> sources(1).photographs(Optional.of(cnn), images))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("--cnn: " + cnn)
                .hasMessageContaining("ended after epoch 1 of 6")
                .hasMessageEndingWith(". Name another folder, or leave --cnn out");
        assertThatThrownBy(() -> sources(1).gpt(Optional.of(gpt), text, recipe(8)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("--gpt: the model in " + gpt + " was trained on another text")
                .hasMessageEndingWith(". Name another folder, or leave --gpt out");
        assertThat(out()).doesNotExist();
    }

    @Test
    void aTrainingGoesOnWhereTheLastOneEnded() throws IOException {
        TrainedGpt first = sources(1).train(text, recipe(8), out());
        assertThat(said()).doesNotContain("Going on");

        TrainedGpt again = sources(1).train(text, recipe(8), out());

        assertThat(said()).contains("Going on after round 2.");
        assertThat(again.model().stateDict().get("norm.weight").data())
                .isEqualTo(first.model().stateDict().get("norm.weight").data());
    }

    @Test
    void aTrainingWithAnotherSeedBeginsAnewAndSaysWhy() throws IOException {
        TrainedGpt first = sources(1).train(text, recipe(8), out());

        TrainedGpt other = sources(2).train(text, recipe(8), out());

        assertThat(said())
                .contains("cannot be gone on with: seed is 1 there, but 2 here. The training begins anew.")
                .doesNotContain("--resume");
        assertThat(other.model().stateDict().get("norm.weight").data())
                .isNotEqualTo(first.model().stateDict().get("norm.weight").data());
        assertThat(SavedRun.read(out().resolve("checkpoint.safetensors")).setting("seed"))
                .isEqualTo("2");
    }

    @Test
    void aDamagedCheckpointIsReplacedAndThatIsSaid() throws IOException {
        Files.createDirectories(out());
        Path file = Files.writeString(out().resolve("checkpoint.safetensors"), "nothing of the kind");

        sources(1).train(text, recipe(8), out());

        assertThat(said()).contains(file + " cannot be gone on with: ", "The training begins anew.");
        assertThat(SavedRun.read(file).done()).isEqualTo(2);
    }
}
