package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;

/**
 * The whole way of a student, in a student edition and through its start script: after each module all checks so far pass, the next module's fail with their tasks'
 * own words, and every milestone unlocked so far reaches its classroom target.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StudentsWayTest {

    private static final long PATIENCE_MINUTES = 30;
    private static final String PHOTOGRAPHS = "cifar10";

    private final Path root = Repository.root();
    private final List<String> times = new ArrayList<>();

    @TempDir
    private static Path directory;

    private Path edition() {
        return directory.resolve("edition");
    }

    @Test
    @Order(1)
    void theEditionHoldsNoSolutionAndNoJarWithOne() throws Exception {
        tito(root, 0, "edition", edition().toString());
        SolutionSearch search = new SolutionSearch(Course.load(root));
        assertThat(search.in(edition())).isEmpty();
        assertThat(search.files())
                .as("files looked into, those in jars counted")
                .isGreaterThan(1000);
        assertThat(FileTrees.files(edition().resolve("bin"), ".jar"))
                .extracting(jar -> jar.getFileName().toString())
                .contains("tito.jar", "milestones.jar")
                .noneMatch(name -> name.startsWith("tinytorch-"));
    }

    @Test
    @Order(2)
    void moduleByModule() throws Exception {
        Course course = Course.load(edition());
        List<String> unlocked = new ArrayList<>();
        for (CourseModule module : course.modules()) {
            String number = Integer.toString(module.number());
            if (module.tasks().isEmpty()) {
                continue;
            }
            assertThat(tito(edition(), 1, "check", number))
                    .as("module %s before its tasks are written", module.name())
                    .contains(module.tasks().get(0).label() + " is not written yet");
            tito(
                    edition(),
                    0,
                    "skip",
                    number,
                    "--solutions",
                    directory.resolve("edition-solutions.zip").toString());
            for (CourseModule known : course.upTo(module.number())) {
                if (!known.tasks().isEmpty()) {
                    assertThat(tito(edition(), 0, "check", Integer.toString(known.number())))
                            .as("check %d after module %s", known.number(), module.name())
                            .contains(String.format("All of module %02d passes", known.number()));
                }
            }
            assertThat(tito(edition(), 0, "experiment", number)).isNotBlank();
            unlocked.addAll(module.metadata().milestones());
            for (String milestone : unlocked) {
                milestone(milestone, module);
            }
        }
        FileTrees.write(root.resolve("modules/tito/target/students-way.txt"), String.join("\n", times) + "\n");
    }

    private void milestone(String name, CourseModule module) throws Exception {
        List<String> command = new ArrayList<>(List.of("milestone", name, "--mine", "--classroom"));
        if (PHOTOGRAPHS.equals(name)) {
            String photographs = System.getProperty("tito.cifar10", "");
            if (photographs.isEmpty()) {
                times.add("milestone cifar10 was left out: no -Dtito.cifar10=DIR");
                return;
            }
            command.add("--data=" + photographs);
        }
        assertThat(tito(edition(), 0, command.toArray(String[]::new)))
                .as("milestone %s on modules 1 to %d", name, module.number())
                .contains("RESULT milestone=" + name);
    }

    private String tito(Path repository, int expected, String... arguments) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        List<String> command = new ArrayList<>(
                windows ? List.of("cmd", "/c", repository.resolve("tito.cmd").toString()) : List.of("sh", "./tito"));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output");
        long start = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                .as("tito %s ends", List.of(arguments))
                .isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        times.add(
                String.format("%6d ms  tito %s", (System.nanoTime() - start) / 1_000_000, String.join(" ", arguments)));
        assertThat(process.exitValue())
                .as("exit code of tito %s, which printed\n%s", List.of(arguments), text)
                .isEqualTo(expected);
        return text;
    }
}
