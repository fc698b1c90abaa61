package org.tinytorch.tito.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.TaskId;

/** Compiles a student's modules up to one and runs that one's checks. */
public final class Checker {

    private static final String SUFFIX = "TasksTest.class";

    private final Course course;
    private final Path output;
    private final List<Path> libraries;

    /**
     * Prepares checks that keep their classes in {@code .tito/classes}.
     *
     * @param course the course
     */
    public Checker(Course course) {
        this(course, course.workDirectory().resolve("classes"), Libraries.classPath());
    }

    /**
     * Prepares checks.
     *
     * @param course the course
     * @param output where compiled classes are kept
     * @param libraries what the student's code and the checks may see beside the modules
     */
    public Checker(Course course, Path output, List<Path> libraries) {
        this.course = course;
        this.output = output;
        this.libraries = List.copyOf(libraries);
    }

    /**
     * Checks a module with a worker of its own.
     *
     * @param module the module
     * @param tasks the tasks to check, empty for all
     * @return what came of it
     */
    public CheckResult check(CourseModule module, Collection<TaskId> tasks) {
        try (WorkerProcess worker = worker(module)) {
            return check(module, tasks, worker);
        }
    }

    /**
     * Starts a worker for a module's checks.
     *
     * @param module the module
     * @return a worker that waits for {@link #check}
     */
    public WorkerProcess worker(CourseModule module) {
        List<String> flags = new ArrayList<>(ClassArchive.ofWorker(course).use());
        flags.addAll(AddedModules.jvm(module));
        return new WorkerProcess(libraries, flags);
    }

    /**
     * Makes the archive with which workers start sooner, by way of checking a module.
     *
     * @param module the module
     */
    public void makeArchive(CourseModule module) {
        try (WorkerProcess worker =
                new WorkerProcess(libraries, ClassArchive.ofWorker(course).make())) {
            check(module, List.of(), worker);
            worker.finish();
        }
    }

    /**
     * Checks a module with a worker that is already running.
     *
     * @param module the module
     * @param tasks the tasks to check, empty for all
     * @param worker the worker
     * @return what came of it
     * @throws CourseException if the module has no checks
     */
    public CheckResult check(CourseModule module, Collection<TaskId> tasks, WorkerProcess worker) {
        StudentCompiler compiler = new StudentCompiler(course, output, libraries);
        Compilation modules = compiler.modules(module.number());
        if (!modules.ok()) {
            return failed(module, modules);
        }
        Compilation checks = compiler.checks(module, modules.classes());
        if (!checks.ok()) {
            return failed(module, checks);
        }
        List<String> names = testClasses(checks.classes().get(0));
        if (names.isEmpty()) {
            throw new CourseException("module " + module.name() + " has no checks: expected "
                    + course.display(module.checks()) + " to hold a class named …TasksTest");
        }
        CheckRun run =
                worker.run(checks.classes(), names, tasks, module.metadata().checkSeconds());
        return new CheckResult(
                module,
                Optional.empty(),
                List.of(),
                Optional.of(AddedModules.complete(module) ? run : run.leavingOut()));
    }

    private static CheckResult failed(CourseModule module, Compilation compilation) {
        return new CheckResult(
                module, Optional.of(compilation.failed().get(0)), compilation.errors(), Optional.empty());
    }

    private static List<String> testClasses(Path classes) {
        return FileTrees.files(classes, SUFFIX).stream()
                .map(file -> classes.relativize(file).toString())
                .filter(name -> !name.contains("$"))
                .map(name -> name.substring(0, name.length() - ".class".length())
                        .replace('\\', '.')
                        .replace('/', '.'))
                .toList();
    }
}
