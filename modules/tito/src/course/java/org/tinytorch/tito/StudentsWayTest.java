package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;

/**
 * The whole way of a student, in a student edition and through its start script: after each module all checks so far pass, the next module's fail with their tasks'
 * own words, and every milestone unlocked so far reaches its classroom target; at the end, on the student's own fast backend, every milestone reaches its full target. How long each command took is written to
 * {@code target/students-way.txt}.
 */
class StudentsWayTest {

    /** The milestones whose full runs need CIFAR-10; of their classroom presets only the first does. */
    private static final List<String> PHOTOGRAPHS = List.of("cifar10", "speedup", "compress");

    private final Path root = Repository.root();

    @TempDir
    private Path directory;

    @Test
    void theEditionHoldsNoSolutionAndNoJarWithOne() throws Exception {
        StudentEdition edition = new StudentEdition(directory);
        assertThat(edition.tito(0, "milestone")).as("the list of milestones").contains("perceptron", "cifar10");
        SolutionSearch search = new SolutionSearch(Course.load(root));
        assertThat(search.in(edition.root())).isEmpty();
        assertThat(search.files())
                .as("files looked into, those in jars counted")
                .isGreaterThan(1000);
        assertThat(FileTrees.files(edition.root().resolve("bin"), ".jar"))
                .extracting(jar -> jar.getFileName().toString())
                .contains("tito.jar", "milestones.jar")
                .noneMatch(name -> name.startsWith("tinytorch-"));
    }

    @Test
    void moduleByModule() throws Exception {
        StudentEdition edition = new StudentEdition(directory);
        Course course = Course.load(edition.root());
        List<String> unlocked = new ArrayList<>();
        for (CourseModule module : course.modules()) {
            String number = Integer.toString(module.number());
            if (module.tasks().isEmpty()) {
                continue;
            }
            assertThat(edition.tito(1, "check", number))
                    .as("module %s before its tasks are written", module.name())
                    .contains(module.tasks().get(0).label() + " is not written yet");
            edition.skip(module.number());
            for (CourseModule known : course.upTo(module.number())) {
                if (!known.tasks().isEmpty()) {
                    assertThat(edition.tito(0, "check", Integer.toString(known.number())))
                            .as("check %d after module %s", known.number(), module.name())
                            .contains(String.format("All of module %02d passes", known.number()));
                }
            }
            assertThat(edition.tito(0, "experiment", number)).isNotBlank();
            unlocked.addAll(module.metadata().milestones());
            for (String milestone : unlocked) {
                milestone(edition, milestone, PHOTOGRAPHS.get(0).equals(milestone), "--classroom");
            }
        }
        for (String milestone : unlocked) {
            milestone(edition, milestone, PHOTOGRAPHS.contains(milestone));
        }
        FileTrees.write(
                root.resolve("modules/tito/target/students-way.txt"), String.join("\n", edition.times()) + "\n");
    }

    private static void milestone(StudentEdition edition, String name, boolean photographs, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("milestone", name, "--mine"));
        command.addAll(List.of(options));
        if (photographs) {
            String folder = System.getProperty("tito.cifar10", "");
            if (folder.isEmpty()) {
                edition.times().add(String.join(" ", command) + " was left out: no -Dtito.cifar10=DIR");
                return;
            }
            command.add("--data=" + folder);
        }
        assertThat(edition.tito(0, command.toArray(String[]::new)))
                .as("tito %s", String.join(" ", command))
                .contains("RESULT milestone=" + name, "passed=true");
    }
}
