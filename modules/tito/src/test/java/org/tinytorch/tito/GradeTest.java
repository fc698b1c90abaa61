package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytorch.tito.course.CourseException;

/** Points are given by the instructor's checks and given code, whatever a student did to theirs. */
class GradeTest {

    private static final String CHECK = "modules/01-twice/src/test/java/org/tinytorch/one/OneTasksTest.java";

    @TempDir
    private Path directory;

    private MiniCourse instructor;
    private MiniCourse student;

    @BeforeEach
    void writeRepositories() {
        instructor = new MiniCourse(directory.resolve("instructor"));
        student = new MiniCourse(directory.resolve("student"));
    }

    @AfterEach
    void restore() {
        System.clearProperty("tito.root");
    }

    private Grading.Report grade(String scratch) {
        return new Grading(instructor.course(), line -> {}).grade(student.root(), directory.resolve(scratch));
    }

    @Test
    void eachTaskIsPassedFailedOrUnwritten() {
        student.answer("return x + x;", "return x;");
        Grading.Report report = grade("scratch");
        assertThat(report.points()).isEqualTo(10);
        assertThat(report.of()).isEqualTo(60);
        assertThat(report.tasks())
                .extracting(Grading.Grade::state)
                .containsExactly(Grading.State.PASSED, Grading.State.FAILED, Grading.State.UNWRITTEN);
        assertThat(report.tasks().get(1).message()).contains("square(3)");
        assertThat(student.read("modules/01-twice/src/main/java/org/tinytorch/one/Twice.java"))
                .as("the student's file")
                .contains("return x + x;");
    }

    @Test
    void whatThisJdkCannotCheckEarnsNothingAndIsSaid() {
        String yaml = "modules/01-twice/module.yaml";
        instructor.write(
                yaml,
                instructor.read(yaml).replace("tasks:", "jvm: [\"--add-modules\", \"jdk.incubator.lost\"]\ntasks:"));
        instructor.write(
                CHECK,
                instructor
                        .read(CHECK)
                        .replace(
                                "assertEquals(9, Twice.square(3), \"square(3)\");",
                                "org.junit.jupiter.api.Assumptions.assumeTrue(false, \"it is lost\");"));
        student.answer("return x + x;", "return x * x;");
        Grading.Report report = grade("scratch");
        assertThat(report.points()).isEqualTo(10);
        assertThat(report.tasks().get(1).state()).isEqualTo(Grading.State.LEFT_OUT);
        assertThat(report.tasks().get(1).message()).isEqualTo("left out: it is lost");
    }

    @Test
    void editedChecksAndGivenCodeDoNotCount() {
        student.answer("return 7;", "return x * x;");
        student.write(CHECK, student.read(CHECK).replace("assertEquals(6, ", "assertEquals(7, "));
        student.write(
                "modules/01-twice/src/given/java/org/tinytorch/one/Given.java",
                "package org.tinytorch.one;\n\npublic interface Given { int broken(); }\n");
        assertThat(grade("scratch").tasks().get(0).state()).isEqualTo(Grading.State.FAILED);
    }

    @Test
    void whatSkipFilledInEarnsNothing() {
        System.setProperty("tito.root", student.root().toString());
        assertThat(Tito.run("skip", "1")).isZero();
        Grading.Report report = grade("scratch");
        assertThat(report.points()).isZero();
        assertThat(report.tasks().get(0).state()).isEqualTo(Grading.State.SKIPPED);
    }

    @Test
    void codeThatDoesNotCompileSaysWhere() {
        student.answer("return x +;", "return x * x;");
        assertThat(grade("scratch").tasks().get(0).message())
                .contains("Twice.java:8")
                .contains("illegal start");
    }

    @Test
    void aCodeThatEndsTheProgramEarnsNothing() {
        student.answer("Runtime.getRuntime().halt(0); return 0;", "return x * x;");
        assertThat(grade("scratch").points()).isZero();
    }

    @Test
    void progressIsSaidModuleByModule() {
        List<String> news = new ArrayList<>();
        new Grading(instructor.course(), news::add).grade(student.root(), directory.resolve("scratch"));
        assertThat(news).hasSize(2);
        assertThat(news.get(1)).contains("student").contains("module 02");
    }

    @Test
    void aDirectoryWithoutACourseIsNamed() {
        assertThatThrownBy(() -> new Grading(instructor.course(), line -> {})
                        .grade(directory.resolve("nobody"), directory.resolve("scratch")))
                .isInstanceOf(CourseException.class)
                .hasMessageContaining("no course in")
                .hasMessageContaining("nobody");
    }

    @Test
    void csvHasALineForEachTaskAndJsonTheSame() throws Exception {
        student.answer("return x + x;", "return x * x;");
        System.setProperty("tito.root", instructor.root().toString());
        Path csv = directory.resolve("points/points.csv");
        assertThat(Tito.run(
                        "grade",
                        "--format",
                        "csv",
                        "--out",
                        csv.toString(),
                        student.root().toString()))
                .isZero();
        assertThat(Files.readAllLines(csv))
                .hasSize(4)
                .startsWith("directory,module,task,title,state,points,of")
                .contains(student.root() + ",01-twice,1.2,square a number,PASSED,20,20");
        Path json = directory.resolve("points.json");
        assertThat(Tito.run("grade", "--out", json.toString(), student.root().toString()))
                .isZero();
        var read = new ObjectMapper().readTree(json.toFile());
        assertThat(read.get(0).get("points").asInt()).isEqualTo(30);
        assertThat(read.get(0).get("tasks")).hasSize(3);
    }
}
