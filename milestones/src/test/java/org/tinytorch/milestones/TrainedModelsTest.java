package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.SafeTensors;
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
                .hasMessageContaining("--gpt: ")
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("was trained on another text")
                .hasMessageContaining("name another folder");
    }

    @Test
    void aDamagedGptIsNamed() throws IOException {
        gpt();
        SafeTensors weights = SafeTensors.read(folder.resolve("model.safetensors"));
        new SafeTensors(Map.of("norm.weight", weights.tensors().get("norm.weight")))
                .write(folder.resolve("model.safetensors"));

        assertThatThrownBy(() -> TrainedGpt.read(folder, tales()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--gpt: what is in " + folder + " cannot be used");
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
    void theMilestoneCifar10LeavesWhatIsLookedFor() throws IOException {
        Path data = Cifar10Files.write(folder.resolve("data"), 4, true);
        MilestoneRun.of("cifar10", "--model=tiny", "--data", data.toString(), "--epochs=1", "--out", folder.toString());

        SafeTensors checkpoint = SafeTensors.read(folder.resolve("checkpoint.safetensors"));

        assertThat(checkpoint.metadata())
                .containsEntry("setting.model", "tiny")
                .containsEntry("setting.tested_on", "test_batch.bin")
                .containsEntry("setting.train_images", "20");
        assertThat(checkpoint.tensors()).containsKey("model.0.weight");
    }
}
