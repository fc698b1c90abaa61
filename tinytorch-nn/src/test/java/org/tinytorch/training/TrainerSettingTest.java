package org.tinytorch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.loss.MseLoss;
import org.tinytorch.nn.Linear;
import org.tinytorch.optim.Sgd;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensors;

class TrainerSettingTest {
    @TempDir
    private Path folder;

    private TrainerBuilder builder() {
        Linear model = new Linear(1, 1, new Generator(1));
        return Trainer.builder(model, new MseLoss(), new Sgd(model.parameters(), 0.1))
                .checkpoint(folder.resolve("run"));
    }

    @Test
    void aRunWithAnotherSettingIsNotGoneOnWith() throws IOException {
        builder().setting("batch", "64").build().fit(Batches.of(Tensors.ones(2, 1), Tensors.ones(2, 1), 2), 1);

        Trainer other = builder().setting("batch", "128").build();
        assertThatThrownBy(() -> other.resume(folder.resolve("run")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "setting.batch: the checkpoint is of a run with 64, but this one has 128; set up the same run");
        assertThat(other.history().size()).as("epochs").isZero();
        assertThat(builder()
                        .setting("batch", "64")
                        .build()
                        .resume(folder.resolve("run"))
                        .history()
                        .size())
                .as("epochs of the same run")
                .isEqualTo(1);
    }

    @Test
    void aNameIsTakenOnce() {
        TrainerBuilder builder = builder().setting("batch", "64");

        assertThatThrownBy(() -> builder.setting("batch", "64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already is a setting named 'batch'");
    }
}
