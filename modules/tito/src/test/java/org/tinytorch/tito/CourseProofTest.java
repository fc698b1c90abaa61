package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytorch.tito.check.AddedModules;
import org.tinytorch.tito.check.CheckOutcome;
import org.tinytorch.tito.check.CheckResult;
import org.tinytorch.tito.check.CheckRun;
import org.tinytorch.tito.check.Checker;
import org.tinytorch.tito.check.Compilation;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.check.StudentCompiler;
import org.tinytorch.tito.check.WorkerProcess;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Solutions;
import org.tinytorch.tito.course.Task;
import org.tinytorch.tito.course.TaskId;

/**
 * The proof that this repository's course can be walked, in a copy of it: for every module with tasks, the skeleton compiles with the modules
 * before it and nothing else; each task's checks fail with the task's own message while it is not written, though all before it are; and
 * they pass once it is, though none after it is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CourseProofTest {

    /** {@code -Dtito.proof=all} tries every wrong answer; otherwise the first of each task has to do. */
    private static final boolean ALL = "all".equals(System.getProperty("tito.proof"));

    /** {@code -Dtito.proof.modules=15,16} proves these alone, for who is writing them. */
    private static final List<String> ONLY = Pattern.compile(",")
            .splitAsStream(System.getProperty("tito.proof.modules", ""))
            .filter(id -> !id.isEmpty())
            .toList();

    private final Path root = Repository.root();
    private Course copy = new Course(root, List.of());
    /** One for each set of flags, because a JVM takes a while to start. */
    private final Map<List<String>, WorkerProcess> workers = new HashMap<>();

    @BeforeAll
    void copyTheRepository(@TempDir Path directory) throws IOException {
        copy = CourseCopy.of(root, directory);
    }

    private WorkerProcess worker(CourseModule module) {
        return workers.computeIfAbsent(
                AddedModules.jvm(module), flags -> new WorkerProcess(Libraries.classPath(), flags));
    }

    @AfterAll
    void endTheWorkers() {
        workers.values().forEach(WorkerProcess::close);
    }

    static Stream<CourseModule> modulesWithTasks() {
        return Course.load(Repository.root()).modules().stream()
                .filter(module -> !module.tasks().isEmpty())
                .filter(module -> ONLY.isEmpty() || ONLY.contains(module.id()));
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void everyTaskFailsUntilItIsWrittenAndPassesThen(CourseModule original) {
        CourseModule module = copy.module(original.number());
        for (CourseModule earlier : copy.upTo(module.number() - 1)) {
            new StudentFiles(copy, earlier)
                    .fill(earlier.tasks().stream().map(Task::taskId).toList());
        }
        new StudentFiles(copy, module).reset(false);
        assertThat(run(module, List.of()).outcomes()).allSatisfy(check -> assertThat(check.unwritten())
                .as("the task that %s names on an untouched skeleton", check.name())
                .isPresent());
        for (Task task : module.tasks()) {
            TaskId id = task.taskId();
            List<CheckOutcome> untouched = run(module, List.of(id)).of(id);
            assertThat(untouched).as("checks of %s", task.label()).isNotEmpty();
            assertThat(untouched).allSatisfy(check -> {
                assertThat(check.status())
                        .as("%s, %s, not written", task.label(), check.name())
                        .isEqualTo(CheckOutcome.Status.FAILED);
                assertThat(check.message())
                        .as("%s, %s, not written", task.label(), check.name())
                        .contains(task.label() + " is not written yet");
            });
            new StudentFiles(copy, module).fill(List.of(id));
            CheckRun written = run(module, List.of(id));
            assertThat(written.of(id)).allSatisfy(check -> assertThat(check.message())
                    .as("%s, %s, with the solution", task.label(), check.name())
                    .isEmpty());
            assertThat(written.passed(id)).as("%s passes", task.label()).isTrue();
        }
        assertThat(run(module, List.of()).outcomes()).allMatch(check -> check.status() == CheckOutcome.Status.PASSED);
    }

    @Test
    void everySkeletonCompilesWithTheModulesBeforeItAlone() {
        CourseModule last = copy.modules().get(copy.modules().size() - 1);
        Compilation all = new StudentCompiler(copy, copy.workDirectory().resolve("classes"), Libraries.classPath())
                .modules(last.number());
        assertThat(all.errors()).isEmpty();
        assertThat(all.ok()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void theChecksListTheTasksInTheirOrder(CourseModule original) {
        CourseModule module = copy.module(original.number());
        List<TaskId> checked = run(module, List.of()).outcomes().stream()
                .map(check -> check.task().orElseThrow())
                .distinct()
                .toList();
        assertThat(checked)
                .containsExactlyElementsOf(
                        module.tasks().stream().map(Task::taskId).toList());
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void everyTaskHasAWrongAnswerThatItsChecksCatchAndName(CourseModule original) throws IOException {
        CourseModule module = copy.module(original.number());
        for (CourseModule known : copy.upTo(module.number())) {
            new StudentFiles(copy, known)
                    .fill(known.tasks().stream().map(Task::taskId).toList());
        }
        Map<TaskId, List<String>> solutions = new Solutions(copy.root(), module).bodies();
        List<WrongAnswer> wrongAnswers = WrongAnswer.of(original);
        assertThat(wrongAnswers).extracting(WrongAnswer::id).containsAll(solutions.keySet());
        Set<TaskId> tried = new TreeSet<>();
        SoftAssertions all = new SoftAssertions(); // whoever writes a module wants to know of every one
        for (WrongAnswer wrong : wrongAnswers) {
            if (!tried.add(wrong.id()) && !ALL) {
                continue;
            }
            new StudentFiles(copy, module).write(Map.of(wrong.id(), wrong.plant(solutions.get(wrong.id()))));
            CheckRun run = run(module, List.of(wrong.id()));
            String said = run.outcomes().stream()
                    .filter(check -> check.status() == CheckOutcome.Status.FAILED)
                    .findFirst()
                    .map(CheckOutcome::message)
                    .orElse("nothing: it passes");
            all.assertThat(said).as("what the check says to %s", wrong).contains(wrong.says());
            new StudentFiles(copy, module).fill(List.of(wrong.id()));
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void theClosingExperimentRunsAndKeepsWhatItPromises(CourseModule original) throws Exception {
        CourseModule module = copy.module(original.number());
        for (CourseModule known : copy.upTo(module.number())) {
            new StudentFiles(copy, known)
                    .fill(known.tasks().stream().map(Task::taskId).toList());
        }
        StudentProgram program = new StudentProgram(copy, module);
        List<Path> classes = program.experiment();
        List<String> tests = FileTrees.files(module.experiment(), "Test.java").stream()
                .map(file -> StudentProgram.className(module.experiment(), file))
                .toList();
        assertThat(tests).as("tests of the experiment of %s", module.name()).isNotEmpty();
        CheckRun run = worker(module).run(classes, tests, List.of(), 60);
        assertThat(run.completed()).as("completed").isTrue();
        assertThat(run.outcomes()).isNotEmpty().allSatisfy(claim -> assertThat(claim.message())
                .as("%s, %s", module.name(), claim.name())
                .isEmpty());
        assertThat(ExperimentCommand.main(copy, module))
                .as("the experiment's main class")
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void everyTaskHasAtLeastThreeHintsOfUnderSixtyWords(CourseModule module) {
        var ladders = HintLadder.read(Course.load(root), module);
        assertThat(ladders.keySet())
                .containsExactlyElementsOf(
                        module.tasks().stream().map(Task::taskId).toList());
        ladders.forEach((task, rungs) -> {
            assertThat(rungs).as("hints of %s", task).hasSizeBetween(3, 4);
            assertThat(rungs).allSatisfy(rung -> assertThat(rung.split("\\s+").length)
                    .as("words in a hint of %s: %s", task, rung)
                    .isLessThan(60));
        });
    }

    private CheckRun run(CourseModule module, List<TaskId> tasks) {
        Checker checker = new Checker(copy, copy.workDirectory().resolve("classes"), Libraries.classPath());
        CheckResult result = checker.check(module, tasks, worker(module));
        assertThat(result.errors()).as("compiler errors of %s", module.name()).isEmpty();
        CheckRun run = result.run().orElseThrow();
        assertThat(run.completed()).as("completed").isTrue();
        return run;
    }
}
