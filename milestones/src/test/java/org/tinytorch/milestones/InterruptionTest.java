package org.tinytorch.milestones;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A milestone in a Java of its own that is told to end, as by Ctrl-C. Windows ends processes without telling them. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class InterruptionTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void endsWithACheckpointAndSaysHowToGoOn() throws IOException, InterruptedException {
        Path data = Cifar10Files.write(folder.resolve("data"), 4, true);
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        Process process = JavaProcess.start(
                Milestones.class, "cifar10", "--model=tiny", "--epochs=1000000", "--data=" + data, "--out=" + folder);
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.strip().startsWith("2/1000000")) {
                line = out.readLine();
            }
            process.toHandle().destroy(); // unlike destroy(), leaves what it prints to be read

            assertThat(out.lines().collect(Collectors.joining("\n")))
                    .contains("Interrupted. " + checkpoint + " holds the run as it was after epoch ")
                    .endsWith("To go on, give the same options and --resume.");
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("exit code").isEqualTo(TERMINATED);
        assertThat(checkpoint).isNotEmptyFile();
    }
}
