package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tensor.Backend;
import org.tinytorch.training.History;

class Cifar10MilestoneTest {
    private static final int IMAGES = 40;

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void writeData() throws IOException {
        Cifar10Files.write(data(), IMAGES, true);
        out = folder.resolve("out");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private MilestoneRun run(String... options) {
        List<String> all = new ArrayList<>(List.of("cifar10", "--out", out.toString()));
        if (!List.of(options).contains("--data")) {
            all.addAll(List.of("--data", data().toString()));
        }
        all.addAll(List.of(options));
        return MilestoneRun.of(all.toArray(String[]::new));
    }

    @Test
    void learnsAndLeavesCurvesPredictionsAndACheckpoint() throws IOException {
        MilestoneRun run = run("--classroom");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("200 images (3, 32, 32), 10 classes to learn from, 40 images", "of test_batch.bin")
                .contains(
                        "epoch   train loss   test loss   test accuracy   learning rate   images/s   seconds   time left")
                .contains("12/12")
                .doesNotContain("held out")
                .doesNotContain("\r");
        assertThat(run.resultLine())
                .startsWith("RESULT milestone=cifar10 test_accuracy=")
                .contains("target=0.42", "tested_on=test_batch.bin", "model=tiny")
                .endsWith("passed=true");
        History history = History.fromCsv(Files.readString(out.resolve("history.csv")));
        assertThat(history.last().get("val_accuracy"))
                .as("the last epoch is reported, whichever was best")
                .isEqualTo(run.figure("test_accuracy"));
        assertThat(ImageIO.read(out.resolve("curves.png").toFile()).getWidth()).isGreaterThan(600);
        assertThat(ImageIO.read(out.resolve("predictions.png").toFile()).getWidth())
                .as("width of eight images")
                .isGreaterThan(8 * 96);
        assertThat(out.resolve("checkpoint.safetensors")).isNotEmptyFile();
    }

    @Test
    void withoutTheTestFileTheLastTrainingFileIsHeldOutAndThatIsSaid() throws IOException {
        Files.delete(data().resolve("test_batch.bin"));

        MilestoneRun run = run("--model", "tiny", "--epochs", "1");

        assertThat(run.out())
                .contains("160 images (3, 32, 32), 10 classes to learn from")
                .contains("There is no test_batch.bin, so data_batch_5.bin is held out");
        assertThat(run.resultLine()).contains("tested_on=data_batch_5.bin");
    }

    @ParameterizedTest
    @CsvSource({"small, 0.75", "resnet, 0.88"})
    void everyModelTrains(String model, String target) throws IOException {
        Cifar10Files.write(data(), 2, true);

        MilestoneRun run = run("--model", model, "--epochs", "1", "--batch", "5");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as("one epoch is not enough").isEqualTo(1);
        assertThat(run.out()).contains("Missed: test_accuracy is");
        assertThat(run.resultLine())
                .contains("target=" + target, "model=" + model)
                .endsWith("passed=false");
    }

    @Test
    void singlePrecisionAndThreadsHoldForThisRunOnly() {
        Backend before = Backend.current();

        MilestoneRun run = run("--model", "tiny", "--epochs", "1", "--float32", "--threads", "2");

        assertThat(run.resultLine()).contains("milestone=cifar10");
        assertThat(Backend.current()).isSameAs(before);
    }

    @Test
    void goingOnAfterTheEndShowsTheSameResultAgain() {
        MilestoneRun whole = run("--model", "tiny", "--epochs", "2");
        MilestoneRun again = run("--model", "tiny", "--epochs", "2", "--resume");

        assertThat(again.out()).contains("Going on after epoch 2.");
        assertThat(again.figure("test_accuracy")).isEqualTo(whole.figure("test_accuracy"));
    }

    @Test
    void anEarlierRunIsNotReplacedWithoutAWord() {
        run("--model", "tiny", "--epochs", "1");

        assertThat(run("--model", "tiny", "--epochs", "1").out())
                .contains("checkpoint.safetensors is of an earlier run; the first epoch replaces it");
    }

    @Test
    void aCheckpointOfAnotherRunIsRefusedWithTheDifference() {
        run("--model", "tiny", "--epochs", "1");

        MilestoneRun run = run("--model", "small", "--epochs", "2", "--resume");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err())
                .contains("is of another run: model is tiny there, but small here")
                .contains("epochs is 1 there, but 2 here");
    }

    @Test
    void aMissingOrDamagedCheckpointIsNamed() throws IOException {
        MilestoneRun missing = run("--model", "tiny", "--resume");
        Files.writeString(out.resolve("checkpoint.safetensors"), "not a checkpoint");
        MilestoneRun damaged = run("--model", "tiny", "--resume");

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err().lines()).hasSize(1);
        assertThat(missing.err()).contains("--resume: there is no " + out.resolve("checkpoint.safetensors"));
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.err().lines()).hasSize(1);
        assertThat(damaged.err()).contains("checkpoint.safetensors");
    }

    @Test
    void missingDataSaysWhereToGetThemAndWhereToPutThem() {
        Path nowhere = folder.resolve("nowhere");

        MilestoneRun run = run("--data", nowhere.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(nowhere.toString(), "./tito download cifar10", "put there the files");
        assertThat(out).doesNotExist();
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.write(data().resolve("data_batch_3.bin"), new byte[100]);

        MilestoneRun run = run();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("data_batch_3.bin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--epochs=0",
                "--batch=0",
                "--lr=0",
                "--lr=NaN",
                "--threads=0",
                "--model=large",
                "--classroom --model=small"
            })
    void badUsageExitsWithTwo(String options) {
        MilestoneRun run = run(options.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--");
        assertThat(out).doesNotExist();
    }
}
