package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.training.History;

class DigitsMilestoneTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheDigitsThatComeWithTheLibrary() throws IOException {
        MilestoneRun run = MilestoneRun.of("digits", "--classroom", "--out", folder.toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.figure("test_accuracy")).isGreaterThanOrEqualTo(0.9);
        assertThat(run.out()).contains("actual \\ predicted").contains("read as");
        assertThat(ImageIO.read(folder.resolve("curves.png").toFile()).getWidth())
                .as("width of the picture")
                .isGreaterThan(600);
        assertThat(History.fromCsv(Files.readString(folder.resolve("history.csv")))
                        .size())
                .as("epochs in the CSV")
                .isEqualTo(10);
    }

    @Test
    void reachesTheFullTarget() {
        MilestoneRun run = MilestoneRun.of("digits", "--out", folder.toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.figure("test_accuracy")).isGreaterThanOrEqualTo(0.96);
    }

    @Test
    void convolutionsReadThemToo() {
        MilestoneRun run =
                MilestoneRun.of("digits", "--model", "cnn", "--classroom", "--epochs", "6", "--out", folder.toString());

        assertThat(run.resultLine()).contains("model=cnn");
        assertThat(run.figure("test_accuracy"))
                .as("after a good half of the training")
                .isGreaterThanOrEqualTo(0.85);
    }

    @Test
    void theComparisonIsATable() {
        MilestoneRun run = MilestoneRun.of("digits", "--compare", "--epochs", "2", "--out", folder.toString());

        assertThat(run.out())
                .containsSubsequence(
                        "mlp, images as they are:",
                        "mlp, pixels permuted:",
                        "cnn, images as they are:",
                        "cnn, pixels permuted:",
                        "test accuracy                          mlp      cnn",
                        "as they are",
                        "moved by one pixel, after training",
                        "pixels permuted, before training");
        assertThat(run.figure("cnn_shifted"))
                .as("accuracy of the CNN on moved images")
                .isLessThan(run.figure("test_accuracy"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void comparingOneModelIsBadUsage() {
        MilestoneRun run = MilestoneRun.of("digits", "--compare", "--model", "cnn");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--compare trains both models");
    }

    @Test
    void aTooShortTrainingMissesTheTargetAndExitsWithOne() {
        MilestoneRun run =
                MilestoneRun.of("digits", "--epochs", "1", "--learning-rate", "1e-9", "--out", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Missed: test_accuracy is");
    }

    @Test
    void aFolderWithoutTheFilesIsNamed() {
        MilestoneRun run = MilestoneRun.of("digits", "--data", folder.toString(), "--out", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(folder.toString()).contains("train-images-idx3-ubyte");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
    void anImpossibleLearningRateIsBadUsage(String rate) {
        MilestoneRun run = MilestoneRun.of("digits", "--learning-rate", rate, "--out", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--learning-rate is " + Double.valueOf(rate) + ", but must be positive");
    }

    @Test
    void aFileInPlaceOfTheFolderForTheCurvesIsNamedBeforeTheTraining() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path out : List.of(file, file.resolve("within"))) {
            MilestoneRun run = MilestoneRun.of("digits", "--epochs", "1", "--out", out.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("--out " + out + " is not a folder and cannot become one");
            assertThat(run.out()).as("no training").doesNotContain("epoch");
        }
    }
}
