package org.tinytorch.tito;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tinytorch.tito.check.CheckOutcome;
import org.tinytorch.tito.check.CheckResult;
import org.tinytorch.tito.check.Checker;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Originals;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.Task;

/**
 * Grades what a student has written. Of the student's files only those with tasks are taken, and they are put beside this repository's given code and checks:
 * what was changed in those does not count.
 */
final class Grading {

    /** How a task is graded. */
    enum State {
        /** Its checks pass. */
        PASSED,
        /** Its checks pass, but with the solution that {@code tito skip} filled in: no points. */
        SKIPPED,
        /** It needs a module of the JDK that this one does not have, so nobody knows: no points; grade it on another JDK. */
        LEFT_OUT,
        /** A check fails. */
        FAILED,
        /** Nothing is written there. */
        UNWRITTEN
    }

    /**
     * One task's grade.
     *
     * @param module the module's directory
     * @param task the task's number
     * @param title its title
     * @param state how it stands
     * @param points the points earned
     * @param of the points that there are
     * @param message what the first failing check says, or the compiler; {@code ""} if all pass
     */
    record Grade(String module, String task, String title, State state, int points, int of, String message) {}

    /**
     * One student's grades.
     *
     * @param directory where the work lies
     * @param points the points earned
     * @param of the points that there are
     * @param tasks the tasks' grades
     */
    record Report(String directory, int points, int of, List<Grade> tasks) {

        Report {
            tasks = List.copyOf(tasks);
        }
    }

    private final Course course;
    private final Consumer<String> news;

    /** Grades by the given code and the checks of a course; the news say which module is being checked. */
    Grading(Course course, Consumer<String> news) {
        this.course = course;
        this.news = news;
    }

    /** Grades the work in a repository or a student edition; the scratch directory is written in. */
    Report grade(Path directory, Path scratch) {
        if (!Files.exists(directory.resolve("modules/pom.xml"))) {
            throw new CourseException(
                    "no course in " + directory + ": name the top directory of a student's repository");
        }
        Course work = putTogether(directory, scratch);
        Progress progress = Progress.load(Course.load(directory));
        List<Grade> grades = new ArrayList<>();
        for (CourseModule module : work.modules()) {
            if (!module.tasks().isEmpty()) {
                news.accept(directory + ": module " + module.id());
                grades.addAll(grade(work, module, progress));
            }
        }
        return new Report(
                directory.toString(),
                grades.stream().mapToInt(Grade::points).sum(),
                grades.stream().mapToInt(Grade::of).sum(),
                grades);
    }

    private Course putTogether(Path directory, Path scratch) {
        Originals originals = Originals.of(course);
        copy(course.root().resolve("modules/pom.xml"), scratch);
        FileTrees.files(course.sharedChecks(), "").forEach(file -> copy(file, scratch));
        for (CourseModule module : course.modules()) {
            copy(module.directory().resolve("module.yaml"), scratch);
            FileTrees.files(module.checks(), "").forEach(file -> copy(file, scratch));
            originals.given(module).forEach((file, text) -> FileTrees.write(there(file, scratch), text));
            FileTrees.files(module.givenResources(), "").forEach(file -> copyBytes(file, scratch));
            originals.skeletons(module).forEach((file, skeleton) -> {
                Path written = there(file, directory);
                String text = Files.exists(written)
                        ? SourceText.read(directory, written).text()
                        : skeleton;
                FileTrees.write(there(file, scratch), text);
            });
        }
        return Course.load(scratch);
    }

    private void copy(Path file, Path to) {
        FileTrees.write(there(file, to), SourceText.read(course.root(), file).text());
    }

    /** A resource that is no text, such as the digits of module 10; the others are there already, as the course wrote them. */
    private void copyBytes(Path file, Path to) {
        Path target = there(file, to);
        try {
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path there(Path file, Path root) {
        return root.resolve(course.root().relativize(file).toString());
    }

    private static List<Grade> grade(Course work, CourseModule module, Progress progress) {
        CheckResult result = new Checker(work, work.workDirectory().resolve("classes"), Libraries.classPath())
                .check(module, List.of());
        String compiler = result.errors().stream()
                .findFirst()
                .map(error -> work.display(error.file()) + ":" + error.line() + ": " + error.message())
                .orElse("");
        List<Grade> grades = new ArrayList<>();
        for (Task task : module.tasks()) {
            boolean passed = result.run().map(run -> run.passed(task.taskId())).orElse(false);
            Optional<CheckOutcome> failure = result.run().stream()
                    .flatMap(run -> run.of(task.taskId()).stream())
                    .filter(check -> check.status() != CheckOutcome.Status.PASSED)
                    .findFirst();
            boolean leftOut = passed && failure.isPresent();
            State state = leftOut ? State.LEFT_OUT : state(task, passed, failure, progress);
            String message =
                    passed && !leftOut ? "" : failure.map(CheckOutcome::message).orElse(compiler);
            int points = state == State.PASSED ? task.points() : 0;
            grades.add(new Grade(module.name(), task.id(), task.title(), state, points, task.points(), message));
        }
        return grades;
    }

    private static State state(Task task, boolean passed, Optional<CheckOutcome> failure, Progress progress) {
        if (passed) {
            return progress.state(task.taskId()) == Progress.State.SKIPPED ? State.SKIPPED : State.PASSED;
        }
        boolean unwritten = failure.flatMap(CheckOutcome::unwritten)
                .filter(task.taskId()::equals)
                .isPresent();
        return unwritten ? State.UNWRITTEN : State.FAILED;
    }
}
