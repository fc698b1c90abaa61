package org.tinytorch.tito.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.MiniCourse;

class SyncTest {

    private static final String TWICE = "modules/01-twice/src/main/java/org/tinytorch/one/Twice.java";
    private static final String GIVEN = "modules/01-twice/src/given/java/org/tinytorch/one/Given.java";
    private static final String LIBRARY = "lib/src/main/java/org/tinytorch/one/Twice.java";

    @TempDir
    private Path directory;

    private MiniCourse mini;

    @BeforeEach
    void writeRepository() {
        mini = new MiniCourse(directory);
    }

    private Sync sync() {
        return new Sync(mini.course());
    }

    @Test
    void writesSkeletonsGivenCodeServicesAndPoms() {
        assertThat(mini.generated())
                .containsExactly(
                        "modules/01-twice/pom.xml",
                        GIVEN,
                        TWICE,
                        "modules/02-four/pom.xml",
                        "modules/02-four/src/given/resources/META-INF/services/org.tinytorch.one.Given",
                        "modules/02-four/src/main/java/org/tinytorch/two/Four.java");
        assertThat(mini.read(TWICE))
                .startsWith("// Yours: tasks 1.1, 1.2. ")
                .contains("// Skeleton written by tito sync from " + LIBRARY)
                .contains("Task 1.1: double a number is not written yet")
                .doesNotContain("both.get");
        assertThat(mini.read(GIVEN))
                .startsWith("// Given code, written by tito sync from lib/src/main/java/org/tinytorch/one/Given.java.");
    }

    @Test
    void aServiceFileKeepsTheLinesOfItsPackageOnly() {
        assertThat(mini.read("modules/02-four/src/given/resources/META-INF/services/org.tinytorch.one.Given"))
                .contains("\norg.tinytorch.two.Four\n")
                .doesNotContain("elsewhere");
    }

    @Test
    void aPomDependsOnEarlierModulesAndOnNoLibrary() {
        assertThat(mini.read("modules/02-four/pom.xml"))
                .contains("<artifactId>student-01-twice</artifactId>")
                .contains("<artifactId>student-checks</artifactId>")
                .doesNotContain("tinytorch-");
    }

    @Test
    void isCleanAfterwards() {
        assertThat(sync().differences()).isEmpty();
        assertThat(sync().write().changed()).isEmpty();
    }

    @Test
    void namesWhatDiffers() throws Exception {
        mini.write(GIVEN, "package org.tinytorch.one;\n");
        mini.write("modules/01-twice/src/given/java/org/tinytorch/one/Old.java", "package org.tinytorch.one;\n");
        Files.delete(directory.resolve(TWICE));
        assertThat(sync().differences())
                .containsExactly(
                        "differs  " + GIVEN,
                        "missing  " + TWICE,
                        "stray    modules/01-twice/src/given/java/org/tinytorch/one/Old.java");
    }

    @Test
    void keepsACopyOfWorkItWritesOver() {
        mini.answer("return x + x;", "return x * x;");
        Sync.Result result = sync().write();
        assertThat(result.changed()).containsExactly("differs  " + TWICE);
        assertThat(result.backup().orElseThrow().resolve(TWICE)).content().contains("return x + x;");
        assertThat(mini.read(TWICE)).contains("not written yet");
    }

    @Test
    void removesFilesThatAreNoLongerGeneratedButKeepsACopy() {
        String old = "modules/01-twice/src/given/java/org/tinytorch/one/Old.java";
        mini.write(old, "package org.tinytorch.one;\n");
        Path backup = sync().write().backup().orElseThrow();
        assertThat(directory.resolve(old)).doesNotExist();
        assertThat(backup.resolve(old)).exists();
    }

    @Test
    void writesNothingIfARegionIsMalformed() {
        String before = mini.read(TWICE);
        mini.write(
                LIBRARY,
                mini.read(LIBRARY).replace("        return x * x;\n        // endregion", "        return x * x;"));
        assertThatThrownBy(() -> sync().write())
                .isInstanceOf(CourseException.class)
                .hasMessageContaining(LIBRARY + ":16: Task 1.2: square a number is never closed");
        assertThat(mini.read(TWICE)).isEqualTo(before);
    }

    @Test
    void marksAndModuleYamlMustAgree() {
        mini.write(LIBRARY, mini.read(LIBRARY).replace("Task 1.2: square a number", "Task 1.2: multiply by itself"));
        assertThatThrownBy(() -> sync().differences()).hasMessageContaining("module.yaml calls it \"square a number\"");
        mini.write(LIBRARY, mini.read(LIBRARY).replace("Task 1.2: multiply by itself", "Task 1.3: square a number"));
        assertThatThrownBy(() -> sync().differences()).hasMessageContaining("does not list it");
    }
}
