package org.tinytorch.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kernels give the same bits with vectors of 128, 256 and 512 bits; on a machine that has no such wide ones, Java takes the widest there are. */
class SameBitsOnEveryWidthTest {
    /** What a JVM with vectors of at most so many bytes prints. */
    private static List<String> linesWith(int bytes) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:MaxVectorSize=" + bytes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BitsOfEveryKernel.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("exit code with vectors of %d bytes", bytes)
                .isZero();
        List<String> lines = new ArrayList<>(out.lines().toList());
        lines.removeIf(line -> line.startsWith("OpenJDK") || line.startsWith("Java HotSpot"));
        return lines;
    }

    @Test
    void checksumsAreEqual() throws IOException, InterruptedException {
        List<String> narrow = linesWith(16);
        List<String> medium = linesWith(32);
        List<String> wide = linesWith(64);

        assertThat(narrow).hasSizeGreaterThan(25).first().isEqualTo("lanes 2");
        assertThat(medium.subList(1, medium.size())).isEqualTo(narrow.subList(1, narrow.size()));
        assertThat(wide.subList(1, wide.size())).isEqualTo(narrow.subList(1, narrow.size()));
    }
}
