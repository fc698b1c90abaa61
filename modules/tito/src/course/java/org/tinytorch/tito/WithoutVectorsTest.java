package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;

/** Who has a JDK without the Vector API can do all modules; what needs it is left out, and said to be. */
class WithoutVectorsTest {

    private static final int ACCELERATION = 15;

    @TempDir
    private Path directory;

    @Test
    void everyModuleFromAccelerationOnPasses() throws Exception {
        StudentEdition edition = new StudentEdition(directory);
        edition.use(jdk());
        for (CourseModule module : Course.load(edition.root()).modules()) {
            edition.skip(module.number());
            if (module.number() >= ACCELERATION) {
                String printed = edition.tito(0, "check", Integer.toString(module.number()));
                assertThat(printed).contains("All of module " + module.id() + " passes");
                assertThat(printed.contains("left out: this Java has no Vector API"))
                        .as("module %s says that something is left out", module.name())
                        .isEqualTo(module.number() == ACCELERATION);
            }
        }
        assertThat(edition.tito(0, "milestone", "xor", "--mine")).contains("passed=true");
    }

    /** A JDK with a compiler and all of Java SE, and without what is still incubating. */
    private Path jdk() throws Exception {
        Path jdk = directory.resolve("jdk");
        Path log = directory.resolve("jlink.log");
        Process jlink = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        "java.se,jdk.compiler,jdk.jshell,jdk.management,jdk.unsupported,jdk.zipfs",
                        "--output",
                        jdk.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(jlink.waitFor()).as("jlink says %s", Files.readString(log)).isZero();
        return jdk;
    }
}
