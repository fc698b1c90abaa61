package org.tinytorch.tito.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.MiniCourse;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.Sync;
import org.tinytorch.tito.course.TaskId;

/** A module may ask for a module of the JDK; a JDK without it leaves the checks out that say they need it, and no others. */
class AddedModulesTest {

    private static final String CHECKS = "modules/01-twice/src/test/java/org/tinytorch/one/OneTasksTest.java";
    private static final String HAS = "java.sql";
    private static final String LACKS = "jdk.incubator.lost";

    @TempDir
    private Path directory;

    private MiniCourse mini;

    @BeforeEach
    void writeRepository() {
        mini = new MiniCourse(directory);
    }

    private void ask(String name) {
        String yaml = "modules/01-twice/module.yaml";
        mini.write(
                yaml,
                mini.read(yaml).replace("tasks:", "jvm: [\"--add-modules\", \"" + name + "\", \"-Xint\"]\ntasks:"));
    }

    /** The checks of task 1.2 give up. */
    private void assumeMore() {
        mini.write(
                CHECKS,
                mini.read(CHECKS)
                        .replace(
                                "assertEquals(9, Twice.square(3), \"square(3)\");",
                                "org.junit.jupiter.api.Assumptions.assumeTrue(false, \"no vectors here\");"));
    }

    private CheckResult check() {
        Course course = mini.course();
        return new Checker(course).check(course.module(1), List.of());
    }

    @Test
    void aModuleThatTheJdkHasIsAddedForJavaAndForTheCompiler() {
        ask(HAS);
        assertThat(AddedModules.jvm(mini.course().module(1))).containsExactly("--add-modules", HAS, "-Xint");
        assertThat(AddedModules.compiler(mini.course().module(1))).containsExactly("--add-modules", HAS);
    }

    @Test
    void aModuleThatTheJdkLacksIsNotAskedForAndTheOtherFlagsStay() {
        ask(LACKS);
        assertThat(AddedModules.jvm(mini.course().module(1))).containsExactly("-Xint");
        assertThat(AddedModules.compiler(mini.course().module(1))).isEmpty();
    }

    @Test
    void aCheckThatGivesUpForALackingModuleIsLeftOut() {
        ask(LACKS);
        assumeMore();
        mini.answer("return x + x;", "return x * x;");
        CheckResult result = check();
        CheckOutcome last = result.run().orElseThrow().of(new TaskId(1, 2)).get(0);
        assertThat(last.status()).isEqualTo(CheckOutcome.Status.LEFT_OUT);
        assertThat(last.message()).isEqualTo("left out: no vectors here");
        assertThat(result.green()).isTrue();
    }

    @Test
    void aFailureIsAFailureAllTheSame() {
        ask(LACKS);
        assumeMore();
        mini.answer("return x;", "return x * x;");
        assertThat(check().green()).isFalse();
    }

    @Test
    void whereNothingIsLackingACheckThatGivesUpFails() {
        ask(HAS);
        assumeMore();
        mini.answer("return x + x;", "return x * x;");
        assertThat(check().green()).isFalse();
    }

    @Test
    void theStudentsBuildAsksForItToo() throws Exception {
        ask(HAS);
        new Sync(mini.course()).write();
        assertThat(Files.readString(directory.resolve("modules/01-twice/pom.xml")))
                .contains(
                        "<arg>--add-modules</arg>", "<arg>" + HAS + "</arg>", "<argLine>--add-modules java.sql -Xint<");
    }
}
