package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytorch.tito.course.FileTrees;

/** The commands as a student types them, in a repository of two small modules. */
class CommandsTest {

    private static final String TWICE = "modules/01-twice/src/main/java/org/tinytorch/one/Twice.java";

    @TempDir
    private Path directory;

    private MiniCourse mini;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void startInARepository() {
        mini = new MiniCourse(directory);
        System.setProperty("tito.root", directory.toString());
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
        assertThat(text).as("no colours where there is no terminal").doesNotContain("\033[");
        return text;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "doctor",
                "status",
                "start",
                "check",
                "watch",
                "hint",
                "solution",
                "skip",
                "reset",
                "shell",
                "experiment",
                "milestone",
                "bench",
                "grade",
                "edition",
                "sync"
            })
    void everyCommandHasHelpAndIsListed(String command) {
        assertThat(tito(0, command, "--help")).contains("Usage: tito " + command);
        assertThat(tito(0)).contains("  " + command + " ");
    }

    @Test
    void downloadIsListed() {
        assertThat(tito(0)).contains("  download ").contains("cifar10, mnist");
    }

    @Test
    void aStudentsWay() {
        assertThat(tito(0, "status")).contains("0 of 60 points").contains("next: Task 1.1: double a number");
        assertThat(tito(1, "check"))
                .contains("Task 1.1: double a number is not written yet")
                .contains("look at " + TWICE + ":")
                .contains("next: mend Task 1.1");
        mini.answer("return x + x;", "return 0;");
        assertThat(tito(1, "check", "1")).contains("square(3)").contains("./tito hint 1.2");
        assertThat(tito(0, "status")).contains("10 of 60 points").contains("next: Task 1.2");
        mini.answer("return x + x;", "return x * x;");
        assertThat(tito(0, "check")).contains("All of module 01 passes").contains("next: Task 2.1: four times");
        assertThat(tito(0, "status")).contains("30 of 60 points");
    }

    @Test
    void theMapShowsEveryModuleUnderItsPhase() {
        assertThat(tito(0, "status"))
                .containsSubsequence("Mathematical foundation", "01  Module one", "02  Module two", "of 60 points");
    }

    @Test
    void startSaysWhatToReadAndToWrite() {
        assertThat(tito(0, "start", "2"))
                .contains("modules/02-four/README.md")
                .contains("Task 2.1: four times")
                .contains("30 points, 5 min")
                .contains("note: module 01-twice has 2 open tasks")
                .contains("next: read")
                .contains("./tito watch 2");
        assertThat(tito(1, "check", "1")).contains("Task 1.1: double a number is not written yet");
    }

    @Test
    void anExperimentRunsOnWhatTheStudentHasWritten() {
        assertThat(tito(1, "experiment", "1"))
                .contains("Task 1.1: double a number is not written yet")
                .contains("./tito skip 1");
        mini.answer("return x + x;", "return x * x;");
        assertThat(tito(0, "experiment", "1")).contains("next: the last section of modules/01-twice/README.md");
        mini.answer("return x;", "return x * x;");
        tito(3, "experiment", "1");
        mini.answer("return x +;", "return x * x;");
        assertThat(tito(1, "experiment", "1"))
                .contains(TWICE + ":8 does not compile")
                .contains("./tito check 1");
        assertThat(tito(1, "experiment", "2")).contains("has no experiment").contains("02-four/src/experiment/java");
    }

    @Test
    void aMilestoneOnOnesOwnCodeHasToBeUnlocked() {
        assertThat(tito(1, "milestone", "xor", "--mine"))
                .contains("no module of this course unlocks a milestone 'xor'");
        assertThat(tito(1, "milestone", "--mine")).contains("which milestone?");
        mini.write(
                "modules/01-twice/module.yaml",
                mini.read("modules/01-twice/module.yaml").replace("tasks:", "milestones: [xor]\ntasks:"));
        assertThat(tito(1, "milestone", "xor", "--mine"))
                .contains("module 1 still has open tasks")
                .contains("./tito skip 1");
        assertThat(tito(0, "status")).contains("milestone xor").contains("after module 01");
    }

    @Test
    void aTaskThatBreaksAgainIsOpenAgain() {
        mini.answer("return x + x;", "return x * x;");
        tito(0, "check", "1");
        mini.answer("return x + x;", "return 0;");
        tito(1, "check", "--task", "1.2");
        assertThat(tito(0, "status")).contains("10 of 60 points");
    }

    @Test
    void hintsComeOneAtATime() {
        assertThat(tito(0, "hint", "1.1"))
                .contains("Hint 1 of 2")
                .contains("3 + 3")
                .doesNotContain("Add it");
        assertThat(tito(0, "hint", "1.1"))
                .contains("Hint 2 of 2")
                .contains("Add it")
                .contains("--give-up");
        assertThat(tito(0, "hint", "1.1", "--again")).contains("3 + 3").contains("Add it");
        assertThat(tito(1, "hint", "1.2")).contains("no hints");
    }

    @Test
    void aSolutionIsShownAfterPassingOrGivingUp() {
        assertThat(tito(1, "solution", "1.1")).contains("--give-up").doesNotContain("both.get");
        assertThat(tito(0, "solution", "1.1", "--give-up")).contains("both.get(0) + both.get(1)");
        mini.answer("return x + x;", "return x * x;");
        tito(0, "check", "1");
        assertThat(tito(0, "solution", "1.1")).contains("both.get(0) + both.get(1)");
    }

    @Test
    void skipFillsInWhatIsOpenAndResetTakesItBack() {
        mini.answer("return 2 * x;", "return 0;");
        tito(1, "check", "1");
        assertThat(tito(0, "skip", "1")).contains("Filled in: 1.2").contains(".tito/backups");
        assertThat(mini.read(TWICE)).contains("return 2 * x;").contains("return x * x;");
        assertThat(tito(0, "check", "1")).contains("All of module 01 passes");
        assertThat(tito(0, "status")).contains("10 of 60 points").contains("1 skipped");
        assertThat(tito(0, "reset", "1")).contains("untouched skeleton is back");
        assertThat(mini.read(TWICE)).doesNotContain("return 2 * x;");
        assertThat(FileTrees.files(directory.resolve(".tito/backups"), "Twice.java"))
                .hasSize(2);
        assertThat(tito(0, "status")).contains("0 of 60 points");
    }

    @Test
    void skipWorksInAFileWhoseMarksAreGone() {
        mini.write(TWICE, "package org.tinytorch.one;\n\npublic final class Twice {}\n");
        tito(0, "skip", "1");
        assertThat(tito(0, "check", "1")).contains("All of module 01 passes");
    }

    @Test
    void skipLooksAtTheFilesAndNotOnlyAtTheProgress() {
        tito(0, "skip", "1");
        tito(0, "sync");
        assertThat(tito(0, "skip", "1")).contains("Filled in: 1.1, 1.2");
        assertThat(tito(0, "skip", "1")).contains("Module 01-twice has no open task");
    }

    @Test
    void anUnfinishedEarlierModuleIsNamed() {
        mini.write(
                "modules/02-four/src/main/java/org/tinytorch/two/Four.java",
                mini.read("lib/src/main/java/org/tinytorch/two/Four.java"));
        assertThat(tito(1, "check", "2")).contains("Task 1.1").contains("./tito skip 1");
    }

    @Test
    void compileErrorsComeWithLineAndTask() {
        mini.answer("return x + ;", "return x * x;");
        assertThat(tito(1, "check", "1"))
                .contains(TWICE + ":8  (in Task 1.1: double a number)")
                .contains("illegal start");
    }

    @Test
    void editedGivenCodeAndMissingFilesAreNoticed() throws Exception {
        String given = "modules/01-twice/src/given/java/org/tinytorch/one/Given.java";
        mini.write(given, "package org.tinytorch.one;\n\npublic interface Given { int x(); }\n");
        Files.delete(directory.resolve(TWICE));
        assertThat(tito(1, "check", "1"))
                .contains(given + " is given code and differs")
                .contains(TWICE + " is gone");
        tito(0, "reset", "1", "--given");
        tito(0, "reset", "1");
        assertThat(tito(1, "check", "1")).doesNotContain("note:");
    }

    @Test
    void editedChecksAreNoticed() {
        String check = "modules/01-twice/src/test/java/org/tinytorch/one/OneTasksTest.java";
        mini.answer("return 7;", "return x * x;");
        mini.write(check, mini.read(check).replace("assertEquals(6, ", "assertEquals(7, "));
        assertThat(tito(1, "check", "1")).contains("note: " + check + " is a check and differs from the course's");
    }

    @Test
    void syncChecksAndWrites() {
        assertThat(tito(0, "sync", "--check")).contains("2 modules are in line");
        mini.answer("return x + x;", "return x * x;");
        assertThat(tito(1, "sync", "--check")).contains("differs  " + TWICE);
        assertThat(tito(0, "sync")).contains("copied to .tito/backups");
        tito(0, "sync", "--check");
    }

    @Test
    void badRequestsAreAnsweredInWords() {
        assertThat(tito(1, "check", "7")).contains("there is no module 7: this repository has 01-twice 02-four");
        assertThat(tito(1, "hint", "1.9")).contains("there is no task 1.9: module 01-twice has 1.1 1.2");
        assertThat(tito(1, "hint", "nine")).contains("write it like 2.3");
        assertThat(tito(1, "check", "2", "--task", "1.1")).contains("task 1.1 is not in module 2");
        assertThat(tito(2, "check", "--colour")).contains("Unknown option");
    }

    @Test
    void aMeasurementTakesAtLeastASecond() {
        assertThat(tito(1, "bench", "--peers", "--seconds", "0"))
                .contains("--seconds 0 is not possible; use 1 or more");
    }

    @Test
    void aBenchmarkIsNamedByARegularExpression() {
        assertThat(tito(1, "bench", "[")).contains("NAME is not a regular expression");
        assertThat(tito(1, "bench", "--list", "--report")).contains("exclude each other");
    }

    @Test
    void doctorLooksAtTheMachine() {
        mini.write("mvnw", "#!/bin/sh\n");
        assertThat(tito(0, "doctor")).contains("Java " + Runtime.version()).contains("2 modules");
    }
}
