package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.Sync;

/** What is committed must be what the generator would write. */
class RepositoryTest {

    private static final Pattern VERSION = Pattern.compile("<([a-z0-9.-]+\\.version)>([^<]+)</");

    private final Path root = Repository.root();

    @Test
    void modulesAreInLineWithTheLibrary() {
        assertThat(new Sync(Course.load(root)).differences())
                .as("what ./tito sync --check reports; ./tito sync mends it."
                        + " If these files hold your own answers, all is well: ./tito check tests those")
                .isEmpty();
    }

    @Test
    void theStudentsBuildListsEveryModule() throws IOException {
        String pom = Files.readString(root.resolve("modules/pom.xml"));
        for (CourseModule module : Course.load(root).modules()) {
            assertThat(pom).contains("<module>" + module.name() + "</module>");
        }
    }

    @Test
    void theStudentsBuildUsesTheSameVersions() throws IOException {
        Map<String, String> students = versions(root.resolve("modules/pom.xml"));
        Map<String, String> everyones = versions(root.resolve("pom.xml"));
        assertThat(students).isNotEmpty();
        assertThat(everyones).containsAllEntriesOf(students);
    }

    private static Map<String, String> versions(Path pom) throws IOException {
        Map<String, String> versions = new TreeMap<>();
        Matcher matcher = VERSION.matcher(Files.readString(pom));
        while (matcher.find()) {
            versions.put(matcher.group(1), matcher.group(2));
        }
        return versions;
    }
}
