package org.tinytorch.tito.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.MiniCourse;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.TaskId;

/** Whatever a student's code does to its JVM, it is named and does not pass. */
class CheckerTest {

    private static final TaskId TWICE = new TaskId(1, 1);
    private static final TaskId SQUARE = new TaskId(1, 2);

    @TempDir
    private Path directory;

    private MiniCourse mini;

    @BeforeEach
    void writeRepository() {
        mini = new MiniCourse(directory);
    }

    private CheckResult check(int module) {
        Course course = mini.course();
        return new Checker(course).check(course.module(module), List.of());
    }

    private CheckOutcome firstFailure(CheckResult result) {
        assertThat(result.green()).as("green").isFalse();
        return result.run().orElseThrow().outcomes().stream()
                .filter(outcome -> outcome.status() == CheckOutcome.Status.FAILED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUntouchedSkeletonFailsWithItsTasksMessage() {
        CheckResult result = check(1);
        assertThat(result.run().orElseThrow().outcomes()).hasSize(3).allSatisfy(outcome -> {
            assertThat(outcome.status()).isEqualTo(CheckOutcome.Status.FAILED);
            assertThat(outcome.unwritten()).isEqualTo(outcome.task());
            assertThat(outcome.where()).startsWith("org/tinytorch/one/Twice.java:");
        });
    }

    @Test
    void rightAnswersPass() {
        mini.answer("return x + x;", "return x * x;");
        CheckResult result = check(1);
        assertThat(result.green()).isTrue();
        assertThat(result.run().orElseThrow().passed(TWICE)).isTrue();
        assertThat(result.run().orElseThrow().passed(SQUARE)).isTrue();
    }

    @Test
    void aWrongAnswerFailsItsOwnTaskOnly() {
        mini.answer("return x + x;", "return x + x;");
        CheckResult result = check(1);
        assertThat(result.run().orElseThrow().passed(TWICE)).isTrue();
        assertThat(result.run().orElseThrow().passed(SQUARE)).isFalse();
        assertThat(firstFailure(result).message())
                .contains("square(3)")
                .contains("9")
                .contains("6");
    }

    @Test
    void aModuleUsesTheStudentsOwnEarlierModule() {
        mini.write(
                "modules/02-four/src/main/java/org/tinytorch/two/Four.java",
                mini.read("lib/src/main/java/org/tinytorch/two/Four.java"));
        assertThat(firstFailure(check(2)).unwritten()).contains(TWICE);
        mini.answer("return x + x;", "return 0;");
        assertThat(check(2).green()).isTrue();
    }

    @Test
    void systemExitCannotPass() {
        mini.answer("System.exit(0); return 0;", "return x * x;");
        CheckOutcome failure = firstFailure(check(1));
        assertThat(failure.message()).contains("System.exit");
        assertThat(failure.where()).isEqualTo("org/tinytorch/one/Twice.java:8");
    }

    @Test
    void haltCannotPass() {
        mini.answer("Runtime.getRuntime().halt(0); return 0;", "return x * x;");
        CheckResult result = check(1);
        assertThat(firstFailure(result).message()).contains("Runtime.halt").contains("exit code 0");
        assertThat(result.run().orElseThrow().completed()).isFalse();
    }

    @Test
    void haltInTheLastTaskLeavesTheEarlierOnesPassed() {
        mini.answer("return x + x;", "Runtime.getRuntime().halt(0); return 0;");
        CheckResult result = check(1);
        assertThat(firstFailure(result).task()).contains(SQUARE);
        assertThat(result.run().orElseThrow().passed(TWICE)).isTrue();
    }

    @Test
    void anEndlessLoopIsStoppedAndItsLineNamed() {
        mini.answer("while (x == x) { x++; } return 0;", "return x * x;");
        CheckOutcome failure = firstFailure(check(1));
        assertThat(failure.message()).contains("stopped after 1 s");
        assertThat(failure.where()).isEqualTo("org/tinytorch/one/Twice.java:8");
    }

    @Test
    void endlessRecursionIsNamed() {
        mini.answer("return twice(x + 1);", "return x * x;");
        CheckResult result = check(1);
        assertThat(firstFailure(result).message()).contains("calls itself without end");
        assertThat(result.run().orElseThrow().passed(SQUARE)).isTrue();
    }

    @Test
    void outOfMemoryIsNamed() {
        mini.answer("return new long[Integer.MAX_VALUE - 8].length;", "return x * x;");
        assertThat(firstFailure(check(1)).message()).contains("more memory than the checks have");
    }

    @Test
    void outputByTheMegabyteDoesNotHurt() {
        mini.answer(
                "for (int i = 0; i < 20000; i++) { System.out.println(\"x\".repeat(500)); } return 0;",
                "return x * x;");
        CheckOutcome failure = firstFailure(check(1));
        assertThat(failure.message()).contains("twice(3)");
        assertThat(failure.printed()).hasSizeLessThan(5000).contains("bytes more");
    }

    @Test
    void strayOutputPastTheCaptureDoesNotPass() {
        mini.answer(
                "try (var out = new java.io.FileOutputStream(java.io.FileDescriptor.out)) { out.write(\"guess DONE\\n\".getBytes()); }"
                        + " catch (java.io.IOException e) { } Runtime.getRuntime().halt(0); return 0;",
                "return x * x;");
        assertThat(firstFailure(check(1)).message()).contains("in the middle of the check");
    }

    @Test
    void codeThatDoesNotCompileIsShownWithItsTask() {
        mini.answer("return x + ;", "return x * x;");
        CheckResult result = check(1);
        assertThat(result.green()).isFalse();
        assertThat(result.run()).isEmpty();
        assertThat(result.errors().get(0).line()).isEqualTo(8);
        assertThat(result.errors().get(0).task()).contains(TWICE);
        assertThat(result.errors().get(0).code()).contains("return x + ;");
    }

    @Test
    void aLaterModuleIsNotCompiled() {
        mini.answer("return x + x;", "return x * x;");
        mini.write("modules/02-four/src/main/java/org/tinytorch/two/Four.java", "this is not Java");
        assertThat(check(1).green()).isTrue();
        assertThat(check(2).notCompiling().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void oneTaskCanBeCheckedAlone() {
        mini.answer("return 0;", "return x * x;");
        Course course = mini.course();
        CheckResult result = new Checker(course).check(course.module(1), List.of(SQUARE));
        assertThat(result.green()).isTrue();
        assertThat(result.run().orElseThrow().outcomes()).hasSize(1);
    }
}
