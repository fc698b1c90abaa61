package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.Edition;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.SolutionArchive;
import org.tinytorch.tito.course.SourceText;

/** The course without its solutions: all that a student does works in it, and the solutions come from the instructor's archive. */
class EditionTest {

    private static final String TWICE = "modules/01-twice/src/main/java/org/tinytorch/one/Twice.java";
    private static final String GIVEN = "modules/01-twice/src/given/java/org/tinytorch/one/Given.java";

    @TempDir
    private Path directory;

    private Path edition;
    private Path solutions;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void writeAnEdition() {
        MiniCourse whole = new MiniCourse(directory.resolve("whole"));
        whole.answer("return x + x;", "return x * x;");
        edition = directory.resolve("edition");
        solutions = directory.resolve("solutions.zip");
        new Edition(whole.course()).write(edition, List.of(), library -> true);
        SolutionArchive.write(whole.course(), solutions);
        System.setProperty("tito.root", edition.toString());
        PrintStream capture = new PrintStream(printed, true, Charset.defaultCharset());
        System.setOut(capture);
        System.setErr(capture);
    }

    @AfterEach
    void restore() {
        System.setOut(out);
        System.setErr(err);
        System.clearProperty("tito.root");
    }

    private String tito(int expected, String... args) {
        printed.reset();
        int code = Tito.run(args);
        String text = printed.toString(Charset.defaultCharset());
        assertThat(code)
                .as("exit code of tito %s, which printed\n%s", List.of(args), text)
                .isEqualTo(expected);
        return text;
    }

    private String read(String path) {
        return SourceText.read(edition, edition.resolve(path)).text();
    }

    @Test
    void holdsUntouchedSkeletonsWhateverTheInstructorHasWritten() {
        assertThat(read(TWICE))
                .contains("Task 1.1: double a number is not written yet")
                .doesNotContain("x + x");
        assertThat(FileTrees.files(edition, "Four.java")).hasSize(1);
        assertThat(read("README.md")).contains("./tito start 1");
    }

    @Test
    void checksAndHintsWork() {
        assertThat(tito(1, "check", "1"))
                .contains("Task 1.1: double a number is not written yet")
                .doesNotContain("note:");
        assertThat(tito(0, "hint", "1.1")).contains("3 + 3");
        assertThat(tito(0, "doctor")).contains("a student edition");
    }

    @Test
    void solutionsComeFromTheArchiveOnly() {
        assertThat(tito(1, "solution", "1.1", "--give-up"))
                .contains("ask your instructor")
                .contains("--solutions FILE");
        assertThat(tito(0, "solution", "1.1", "--give-up", "--solutions", solutions.toString()))
                .contains("both.get(0) + both.get(1)");
        assertThat(tito(1, "skip", "1")).contains("ask your instructor");
        assertThat(read(TWICE)).as("after a skip that was refused").contains("is not written yet");
        tito(0, "skip", "1", "--solutions", solutions.toString());
        assertThat(tito(0, "check", "1")).contains("All of module 01 passes");
    }

    @Test
    void anArchiveOfSomethingElseIsRefused() {
        assertThat(tito(
                        1,
                        "skip",
                        "1",
                        "--solutions",
                        directory.resolve("nothing.zip").toString()))
                .contains("nothing.zip is not a readable archive");
        assertThat(tito(
                        1,
                        "skip",
                        "1",
                        "--solutions",
                        edition.resolve("modules/originals.zip").toString()))
                .contains("is not an archive of solutions");
    }

    @Test
    void resetWorksWithoutTheLibrary() {
        String untouched = read(TWICE);
        FileTrees.write(edition.resolve(TWICE), "package org.tinytorch.one;\n\npublic final class Twice {}\n");
        FileTrees.write(edition.resolve(GIVEN), "package org.tinytorch.one;\n\npublic interface Given { int x(); }\n");
        assertThat(tito(1, "check", "1")).contains("note: " + GIVEN + " is given code and differs");
        tito(0, "reset", "1");
        tito(0, "reset", "1", "--given");
        assertThat(read(TWICE)).isEqualTo(untouched);
        assertThat(read(GIVEN)).doesNotContain("int x()");
        assertThat(FileTrees.files(edition.resolve(".tito/backups"), ".java")).hasSize(2);
    }

    @Test
    void theFinishedLibraryIsNotThere() {
        assertThat(tito(1, "milestone", "xor"))
                .contains("without the finished library")
                .contains("xor --mine");
    }

    @Test
    void nothingIsWrittenOver() {
        Course whole = Course.load(directory.resolve("whole"));
        assertThatThrownBy(() -> new Edition(whole).write(edition, List.of(), library -> true))
                .isInstanceOf(CourseException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> new Edition(Course.load(edition))
                        .write(directory.resolve("second"), List.of(), library -> true))
                .isInstanceOf(CourseException.class)
                .hasMessageContaining("is a student edition already");
        assertThat(directory.resolve("second")).doesNotExist();
    }
}
