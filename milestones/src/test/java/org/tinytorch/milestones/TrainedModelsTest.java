package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.History;
import org.tinytorch.training.SafeTensors;
import org.tinytorch.transformer.GptConfig;
import org.tinytorch.transformer.LanguageModel;

/** What the milestones {@code cifar10} and {@code gpt} leave can be read again, and what does not fit is refused. */
class TrainedModelsTest {
    @TempDir
    private Path folder;

    private Path gpt(String... more) {
        String[] all = {"gpt", "--layers=1", "--width=16", "--context=16", "--iterations=2", "--out", folder.toString()
        };
        String[] options = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, options, all.length, more.length);
        assertThat(MilestoneRun.of(options).resultLine()).contains("milestone=gpt");
        return folder;
    }

    private static GptText tales() throws IOException {
        return GptText.load(Optional.empty());
    }

    @Test
    void theGptWritesWhatItWasTrainedToWrite() throws IOException {
        gpt("--style=llama", "--heads=2");

        TrainedGpt trained = TrainedGpt.read(folder, tales());

        assertThat(trained.model().config().heads()).isEqualTo(2);
        assertThat(trained.model().stateDict().get("norm.weight").data())
                .isEqualTo(SafeTensors.read(folder.resolve("model.safetensors"))
                        .tensors()
                        .get("norm.weight")
                        .data());
        assertThat(LanguageModel.of(trained.model()).next(trained.tokenizer().encode("The")))
                .hasSize(trained.tokenizer().vocabularySize());
    }

    @Test
    void aGptOfAnotherTextIsRefused() throws IOException {
        Path other = folder.resolve("other.txt");
        Files.writeString(other, tales().whole().substring(0, 20_000));
        gpt("--data", other.toString());

        assertThatThrownBy(() -> TrainedGpt.read(folder, tales()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("was trained on another text than the tales that come with the project")
                .hasMessageContaining("./tito milestone gpt, without --data, trains one");
    }

    @Test
    void aDamagedGptIsNamed() throws IOException {
        gpt();
        SafeTensors weights = SafeTensors.read(folder.resolve("model.safetensors"));
        new SafeTensors(Map.of("norm.weight", weights.tensors().get("norm.weight")))
                .write(folder.resolve("model.safetensors"));

        assertThatThrownBy(() -> TrainedGpt.read(folder, tales()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what is in " + folder + " cannot be used");
    }

    @Test
    void aGptOfAnotherSizeIsReadUnlessOneOfARecipeIsAskedFor() throws IOException {
        gpt("--heads=2");
        GptRecipe same = new GptRecipe(GptConfig.Style.GPT2, 1, 2, 16, 16, 0, 8, 1, 1, 1e-3);
        GptRecipe other = new GptRecipe(GptConfig.Style.GPT2, 1, 4, 32, 16, 0, 8, 1, 1, 1e-3);

        assertThat(TrainedGpt.read(folder, tales(), same).model().config().width())
                .isEqualTo(16);
        assertThatThrownBy(() -> TrainedGpt.read(folder, tales(), other))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("is another one: heads is 2 there, but 4 here; width is 16 there, but 32 here");
    }

    @Test
    void weightsBesideAGptThatIsBeingTrainedAreOfAnEarlierRun() throws IOException {
        gpt();
        Path file = folder.resolve("checkpoint.safetensors");
        SafeTensors ended = SafeTensors.read(file);
        Map<String, String> metadata = new HashMap<>(ended.metadata());
        metadata.put("setting.iterations", "8");
        new SafeTensors(ended.tensors(), metadata).write(file);

        assertThatThrownBy(() -> TrainedGpt.read(folder, tales()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended after round 1 of 4")
                .hasMessageContaining("./tito milestone gpt --out " + folder + " --resume finishes it");
    }

    @Test
    void theCnnHasTheWeightsOfTheCheckpoint() throws IOException {
        Cifar10Data images = Cifar10Data.load(Optional.of(Cifar10Files.write(folder.resolve("data"), 4, true)));
        Layer trained = Cifar10Models.SMALL.build(new Generator(5));
        SpeedupFolders.writeCnn(folder, trained, "small", images);

        Layer read = TrainedCifar10.read(folder, images);

        assertThat(read.stateDict().keySet()).isEqualTo(trained.stateDict().keySet());
        trained.stateDict()
                .forEach((name, tensor) ->
                        assertThat(read.stateDict().get(name).data()).as(name).isEqualTo(tensor.data()));
    }

    @Test
    void aCnnOfAnotherArchitectureOrOtherImagesIsRefused() throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 4, true);
        Cifar10Data images = Cifar10Data.load(Optional.of(data));
        SpeedupFolders.writeCnn(folder, Cifar10Models.TINY.build(new Generator(5)), "tiny", images);
        assertThatThrownBy(() -> TrainedCifar10.read(folder, images))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model is tiny there, but small here");

        SpeedupFolders.writeCnn(folder, Cifar10Models.SMALL.build(new Generator(5)), "small", images);
        Files.delete(data.resolve("test_batch.bin"));
        Cifar10Data heldOut = Cifar10Data.load(Optional.of(data));
        assertThatThrownBy(() -> TrainedCifar10.read(folder, heldOut))
                .as("data_batch_5.bin was learnt from, and would be tested on")
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tested_on is test_batch.bin there, but data_batch_5.bin here");
    }

    @Test
    void aCnnThatIsHalfTrainedIsRefused() throws IOException {
        Cifar10Data images = Cifar10Data.load(Optional.of(Cifar10Files.write(folder.resolve("data"), 1, true)));
        SpeedupFolders.writeCnn(folder, TrainedCifar10.fresh(), "small", images, 1);

        assertThatThrownBy(() -> TrainedCifar10.read(folder, images))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("checkpoint.safetensors")
                        + " ended after epoch 1 of 6; ./tito milestone cifar10 --out " + folder
                        + " --resume finishes it");
    }

    @Test
    void aCheckpointThatDoesNotSayHowFarItCameIsRefused() throws IOException {
        Cifar10Data images = Cifar10Data.load(Optional.of(Cifar10Files.write(folder.resolve("data"), 1, true)));
        SpeedupFolders.writeCnn(folder, TrainedCifar10.fresh(), "small", images);
        Path file = folder.resolve("checkpoint.safetensors");
        SafeTensors whole = SafeTensors.read(file);
        Map<String, String> metadata = new HashMap<>(whole.metadata());
        metadata.remove("history");
        new SafeTensors(whole.tensors(), metadata).write(file);

        assertThatThrownBy(() -> TrainedCifar10.read(folder, images))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " does not fit: its checkpoint does not say 'history'");
    }

    @Test
    void theMilestoneCifar10LeavesWhatIsLookedFor() throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 4, true);
        MilestoneRun.of("cifar10", "--model=tiny", "--data", data.toString(), "--epochs=1", "--out", folder.toString());

        SafeTensors checkpoint = SafeTensors.read(folder.resolve("checkpoint.safetensors"));

        assertThat(checkpoint.metadata())
                .containsEntry("setting.model", "tiny")
                .containsEntry("setting.tested_on", "test_batch.bin")
                .containsEntry("setting.train_images", "20")
                .containsEntry("setting.epochs", "1");
        assertThat(History.fromJson(checkpoint.metadata().get("history")).size())
                .isEqualTo(1);
        assertThat(checkpoint.tensors()).containsKey("model.0.weight");
    }
}
