package org.tinytorch.tito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
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
@Execution(ExecutionMode.CONCURRENT)
class CourseProofTest {

    /**
     * {@code -Dtito.proof=all} tries every wrong answer; otherwise the first of each task has to do. {@code -Dtito.proof=solutions} tries none: what a check says to them does not depend on the JDK, so
     * one JDK is enough.
     */
    private static final String PROOF = System.getProperty("tito.proof", "");

    private static final boolean ALL = PROOF.equals("all");

    /** {@code -Dtito.proof.modules=15,16} proves these alone, for who is writing them. */
    private static final List<String> ONLY = Pattern.compile(",")
            .splitAsStream(System.getProperty("tito.proof.modules", ""))
            .filter(id -> !id.isEmpty())
            .toList();

    /** Modules that are proved at a time. */
    private static final int LANES = 2;

    private final Path root = Repository.root();
    private final BlockingQueue<Lane> lanes = new LinkedBlockingQueue<>();

    /** A copy of the course, in which one module at a time is proved, and the JVMs that run its checks. */
    private final class Lane implements AutoCloseable {

        private final Course copy;

        /** One for each set of flags, because a JVM takes a while to start. */
        private final Map<List<String>, WorkerProcess> workers = new HashMap<>();

        Lane(Path directory) throws IOException {
            copy = CourseCopy.of(root, directory);
        }

        /** Puts the solutions into a module and all before it. */
        CourseModule solve(CourseModule original) {
            CourseModule module = copy.module(original.number());
            for (CourseModule known : copy.upTo(module.number())) {
                fill(known);
            }
            return module;
        }

        void fill(CourseModule module) {
            new StudentFiles(copy, module)
                    .fill(module.tasks().stream().map(Task::taskId).toList());
        }

        CheckRun run(CourseModule module, List<TaskId> tasks) {
            Checker checker = new Checker(copy, copy.workDirectory().resolve("classes"), Libraries.classPath());
            CheckResult result = checker.check(module, tasks, worker(module));
            assertThat(result.errors())
                    .as("compiler errors of %s", module.name())
                    .isEmpty();
            CheckRun run = result.run().orElseThrow();
            assertThat(run.completed()).as("completed").isTrue();
            return run;
        }

        WorkerProcess worker(CourseModule module) {
            return workers.computeIfAbsent(
                    AddedModules.jvm(module), flags -> new WorkerProcess(Libraries.classPath(), flags));
        }

        /** Leaves it to the next. */
        @Override
        public void close() {
            lanes.add(this);
        }
    }

    @BeforeAll
    void copyTheRepository(@TempDir Path directory) throws IOException {
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Lane(directory.resolve("lane-" + i)));
        }
    }

    @AfterAll
    void endTheWorkers() {
        lanes.forEach(lane -> lane.workers.values().forEach(WorkerProcess::close));
    }

    static Stream<CourseModule> modulesWithTasks() {
        return Course.load(Repository.root()).modules().stream()
                .filter(module -> !module.tasks().isEmpty())
                .filter(module -> ONLY.isEmpty() || ONLY.contains(module.id()));
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void everyTaskFailsUntilItIsWrittenAndPassesThen(CourseModule original) throws InterruptedException {
        try (Lane lane = lanes.take()) {
            everyTaskFailsUntilItIsWrittenAndPassesThen(lane, lane.solve(original));
        }
    }

    private static void everyTaskFailsUntilItIsWrittenAndPassesThen(Lane lane, CourseModule module) {
        StudentFiles files = new StudentFiles(lane.copy, module);
        files.reset(false);
        assertThat(lane.run(module, List.of()).outcomes()).allSatisfy(check -> assertThat(check.unwritten())
                .as("the task that %s names on an untouched skeleton", check.name())
                .isPresent());
        for (Task task : module.tasks()) {
            TaskId id = task.taskId();
            List<CheckOutcome> untouched = lane.run(module, List.of(id)).of(id);
            assertThat(untouched).as("checks of %s", task.label()).isNotEmpty();
            assertThat(untouched).allSatisfy(check -> {
                assertThat(check.status())
                        .as("%s, %s, not written", task.label(), check.name())
                        .isEqualTo(CheckOutcome.Status.FAILED);
                assertThat(check.message())
                        .as("%s, %s, not written", task.label(), check.name())
                        .contains(task.label() + " is not written yet");
            });
            files.fill(List.of(id));
            CheckRun written = lane.run(module, List.of(id));
            assertThat(written.of(id)).allSatisfy(check -> assertThat(check.message())
                    .as("%s, %s, with the solution", task.label(), check.name())
                    .isEmpty());
            assertThat(written.passed(id)).as("%s passes", task.label()).isTrue();
        }
        assertThat(lane.run(module, List.of()).outcomes())
                .allMatch(check -> check.status() == CheckOutcome.Status.PASSED);
    }

    @Test
    void everySkeletonCompilesWithTheModulesBeforeItAlone(@TempDir Path classes) {
        Course course = Course.load(root);
        CourseModule last = course.modules().get(course.modules().size() - 1);
        Compilation all = new StudentCompiler(course, classes, Libraries.classPath()).modules(last.number());
        assertThat(all.errors()).isEmpty();
        assertThat(all.ok()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void theChecksListTheTasksInTheirOrder(CourseModule original) throws InterruptedException {
        try (Lane lane = lanes.take()) {
            CourseModule module = lane.solve(original);
            List<TaskId> checked = lane.run(module, List.of()).outcomes().stream()
                    .map(check -> check.task().orElseThrow())
                    .distinct()
                    .toList();
            assertThat(checked)
                    .containsExactlyElementsOf(
                            module.tasks().stream().map(Task::taskId).toList());
        }
    }

    static Stream<CourseModule> modulesWithWrongAnswersToTry() {
        return PROOF.equals("solutions") ? Stream.empty() : modulesWithTasks();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("modulesWithWrongAnswersToTry")
    void everyTaskHasAWrongAnswerThatItsChecksCatchAndName(CourseModule original) throws Exception {
        try (Lane lane = lanes.take()) {
            wrongAnswersAreCaughtAndNamed(lane, lane.solve(original), original);
        }
    }

    private static void wrongAnswersAreCaughtAndNamed(Lane lane, CourseModule module, CourseModule original)
            throws IOException {
        StudentFiles files = new StudentFiles(lane.copy, module);
        Map<TaskId, List<String>> solutions = new Solutions(lane.copy.root(), module).bodies();
        List<WrongAnswer> wrongAnswers = WrongAnswer.of(original);
        assertThat(wrongAnswers).extracting(WrongAnswer::id).containsAll(solutions.keySet());
        Set<TaskId> tried = new TreeSet<>();
        SoftAssertions all = new SoftAssertions(); // whoever writes a module wants to know of every one
        for (WrongAnswer wrong : wrongAnswers) {
            if (!tried.add(wrong.id()) && !ALL) {
                continue;
            }
            files.write(Map.of(wrong.id(), wrong.plant(solutions.get(wrong.id()))));
            CheckRun run = lane.run(module, List.of(wrong.id()));
            String said = run.outcomes().stream()
                    .filter(check -> check.status() == CheckOutcome.Status.FAILED)
                    .findFirst()
                    .map(CheckOutcome::message)
                    .orElse("nothing: it passes");
            all.assertThat(said).as("what the check says to %s", wrong).contains(wrong.says());
            files.fill(List.of(wrong.id()));
        }
        all.assertAll();
    }

    @ParameterizedTest
    @MethodSource("modulesWithTasks")
    void theClosingExperimentRunsAndKeepsWhatItPromises(CourseModule original) throws Exception {
        try (Lane lane = lanes.take()) {
            theExperimentKeepsWhatItPromises(lane, lane.solve(original));
        }
    }

    private static void theExperimentKeepsWhatItPromises(Lane lane, CourseModule module) {
        StudentProgram program = new StudentProgram(lane.copy, module);
        List<Path> classes = program.experiment();
        List<String> tests = FileTrees.files(module.experiment(), "Test.java").stream()
                .map(file -> StudentProgram.className(module.experiment(), file))
                .toList();
        assertThat(tests).as("tests of the experiment of %s", module.name()).isNotEmpty();
        CheckRun run = lane.worker(module).run(classes, tests, List.of(), 60);
        assertThat(run.completed()).as("completed").isTrue();
        assertThat(run.outcomes()).isNotEmpty().allSatisfy(claim -> assertThat(claim.message())
                .as("%s, %s", module.name(), claim.name())
                .isEmpty());
        assertThat(ExperimentCommand.main(lane.copy, module))
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
}
