package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tokenization.CharTokenizer;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.TrainingListener;
import org.tinytorch.transformer.GptConfig;

class GptTrainingTest {
    private static final GptRecipe RECIPE = new GptRecipe(GptConfig.Style.GPT2, 1, 2, 8, 8, 0.1, 4, 15, 5, 0.01);

    @TempDir
    private Path folder;

    private GptText text;

    @BeforeEach
    void read() throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), "round and round the mill goes\n".repeat(40));
        text = GptText.load(Optional.of(file));
    }

    private GptTraining training(String checkpoint, TrainingListener... listeners) {
        return new GptTraining(
                RECIPE, text, CharTokenizer.of(text.whole()), 5, "float64", folder.resolve(checkpoint), listeners);
    }

    @Test
    void anInterruptedRunThatGoesOnComesToTheSame() throws IOException {
        GptTraining whole = training("whole");
        whole.run();
        Interruption interruption = new Interruption();
        GptTraining stopped = training(
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
        assertThat(stopped.done()).as("rounds that are saved").isEqualTo(1);

        GptTraining resumed = training("stopped");

        assertThat(resumed.resume()).isEqualTo(1);
        assertThat(resumed.run()).isEqualTo(whole.run());
    }

    @Test
    void everyTokenOfTheValidationPartButTheFirstIsPredicted() {
        assertThat(training("file").validationSize())
                .isEqualTo(text.validation().length() - 1);
    }

    @Test
    void takingTheAttentionAwayIsUndone() {
        GptTraining training = training("file");
        training.run();
        Map<String, Tensor> before = training.model().stateDict();
        before.replaceAll((name, tensor) -> tensor.detach().copy());

        double blind = training.lossWithoutAttention();

        assertThat(blind).isFinite();
        training.model().stateDict().forEach((name, tensor) -> assertThat(
                        tensor.detach().sub(before.get(name)).abs().max().item())
                .as(name)
                .isZero());
    }
}
