package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.TrainingListener;

class Cifar10TrainingTest {
    private static final int EPOCHS = 3;

    @TempDir
    private Path folder;

    private Cifar10Data data;

    @BeforeEach
    void load() throws IOException {
        data = Cifar10Data.load(Optional.of(Cifar10Files.write(folder, 10, true)));
    }

    private Cifar10Training training(Cifar10Models model, String checkpoint, TrainingListener... listeners) {
        Cifar10Recipe recipe = model.recipe().with(EPOCHS, 8, 0.01);
        return new Cifar10Training(model, recipe, data, 5, "float64", folder.resolve(checkpoint), listeners);
    }

    @Test
    void anInterruptedRunThatGoesOnComesToTheSame() throws IOException {
        Cifar10Training whole = training(Cifar10Models.TINY, "whole");
        whole.run();
        Interruption interruption = new Interruption();
        Cifar10Training stopped = training(
                Cifar10Models.TINY,
                "stopped",
                new TrainingListener() {
                    @Override
                    public void onBatchEnd(BatchResult result) {
                        if (result.epoch() == 2 && result.batch() == 3) {
                            interruption.request();
                        }
                    }
                },
                interruption);
        assertThatThrownBy(stopped::run).isInstanceOf(Interruption.Interrupted.class);
        assertThat(stopped.done()).as("epochs that are saved").isEqualTo(1);

        Cifar10Training resumed = training(Cifar10Models.TINY, "stopped");

        assertThat(resumed.resume()).isEqualTo(1);
        assertThat(resumed.run()).isEqualTo(whole.run());
        assertThat(resumed.predictions()).isEqualTo(whole.predictions());
    }

    @Test
    void whatTheTestImagesAreDoesNotReachTheTraining() throws IOException {
        Cifar10Data heldOut = Cifar10Data.load(Optional.of(Cifar10Files.write(folder.resolve("other"), 10, false)));

        assertThat(heldOut.heldOut()).isTrue();
        assertThat(heldOut.train().size()).isEqualTo(40);
        assertThat(heldOut.test().size()).isEqualTo(10);
        assertThat(heldOut.normalize()).isNotEqualTo(data.normalize());
    }

    @Test
    void theFolderInWhichTheArchiveUnpacksIsFound() throws IOException {
        Cifar10Files.write(folder.resolve("download/cifar-10-batches-bin"), 2, true);

        assertThat(Cifar10Data.load(Optional.of(folder.resolve("download")))
                        .train()
                        .size())
                .isEqualTo(10);
    }
}
