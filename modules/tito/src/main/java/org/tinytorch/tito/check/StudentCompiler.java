package org.tinytorch.tito.check;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.FileTrees;
import org.tinytorch.tito.course.Region;
import org.tinytorch.tito.course.RegionScanner;
import org.tinytorch.tito.course.SourceText;
import org.tinytorch.tito.course.TaskId;

/**
 * Compiles a student's modules in process, module by module: each sees the classes of the modules before it and the test libraries, nothing
 * else. Only what has changed is compiled again: see {@link CompiledState}.
 */
public final class StudentCompiler {

    private final Course course;
    private final Path output;
    private final List<Path> libraries;

    /**
     * Prepares a compiler.
     *
     * @param course the course whose modules are compiled
     * @param output the directory for classes; its contents are a cache
     * @param libraries what the code may see beside the modules
     */
    public StudentCompiler(Course course, Path output, List<Path> libraries) {
        this.course = course;
        this.output = output;
        this.libraries = List.copyOf(libraries);
    }

    /**
     * Compiles modules 1 to {@code number}, stopping at the first that does not compile.
     *
     * @param number the last module's number
     * @return where the classes are, or what is wrong
     */
    public Compilation modules(int number) {
        List<Path> classes = new ArrayList<>();
        String outside = "";
        for (CourseModule module : course.upTo(number)) {
            List<Path> sources = new ArrayList<>(FileTrees.files(module.mainJava(), ".java"));
            sources.addAll(FileTrees.files(module.givenJava(), ".java"));
            Path target = output.resolve(module.name());
            CompiledState state = CompiledState.of(course.root(), outside, sources);
            List<CompileError> errors =
                    compile(target, state, sources, visible(module, classes), AddedModules.compiler(module));
            if (!errors.isEmpty()) {
                return new Compilation(List.of(), List.of(module), errors);
            }
            copyResources(
                    List.of(module.directory().resolve("src/main/resources"), module.givenResources()),
                    target.resolve("resources"));
            classes.add(0, target.resolve("resources"));
            classes.add(0, target.resolve("classes"));
            outside = state.outside();
        }
        return new Compilation(classes, List.of(), List.of());
    }

    /**
     * Compiles the checks of a module on top of its classes.
     *
     * @param module the module
     * @param classes the classes of the modules up to it
     * @return the checks' classes followed by {@code classes}, or what is wrong
     */
    public Compilation checks(CourseModule module, List<Path> classes) {
        return onTop(module, module.checks(), "-checks", classes);
    }

    /**
     * Compiles the closing experiment of a module, and the test that holds it to its claim, on top of its classes.
     *
     * @param module the module
     * @param classes the classes of the modules up to it
     * @return the experiment's classes followed by {@code classes}, or what is wrong
     */
    public Compilation experiment(CourseModule module, List<Path> classes) {
        return onTop(module, module.experiment(), "-experiment", classes);
    }

    /**
     * Compiles what the checks of all modules share. It needs none of them.
     *
     * @return where the classes are; empty if somebody has edited them and they do not compile
     */
    public List<Path> shared() {
        List<Path> sources = FileTrees.files(course.sharedChecks(), ".java");
        Path target = output.resolve("checks");
        boolean ok = compile(target, CompiledState.of(course.root(), "", sources), sources, List.of(), List.of())
                .isEmpty();
        return ok ? List.of(target.resolve("classes")) : List.of();
    }

    private Compilation onTop(CourseModule module, Path root, String suffix, List<Path> classes) {
        List<Path> sources = new ArrayList<>(FileTrees.files(root, ".java"));
        sources.addAll(FileTrees.files(course.sharedChecks(), ".java"));
        Path target = output.resolve(module.name() + suffix);
        String outside = CompiledState.read(output.resolve(module.name())).outside();
        List<CompileError> errors = compile(
                target,
                CompiledState.of(course.root(), outside, sources),
                sources,
                visible(module, classes),
                AddedModules.compiler(module));
        if (!errors.isEmpty()) {
            return new Compilation(List.of(), List.of(module), errors);
        }
        List<Path> all = new ArrayList<>(List.of(target.resolve("classes")));
        all.addAll(classes);
        return new Compilation(all, List.of(), List.of());
    }

    /** What the module's sources see of the course, and shells of what this JDK lacks. */
    private List<Path> visible(CourseModule module, List<Path> classes) {
        if (AddedModules.complete(module)) {
            return classes;
        }
        List<Path> all = new ArrayList<>(classes);
        all.add(VectorShells.classes(output));
        return all;
    }

    /** Compiles what has changed since the classes in {@code target} were made: all of it, or only files with nothing new but an answer. */
    private List<CompileError> compile(
            Path target, CompiledState state, List<Path> sources, List<Path> classPath, List<String> addedModules) {
        CompiledState before = CompiledState.read(target);
        if (before.equals(state)) {
            return List.of();
        }
        boolean answersOnly = before.outside().equals(state.outside());
        List<Path> stale = answersOnly ? state.changedSince(before) : sources;
        Path classes = target.resolve("classes");
        try {
            if (!answersOnly) {
                FileTrees.delete(target);
                Files.createDirectories(classes);
            }
            List<CompileError> errors = javac(classes, stale, classPath, addedModules);
            if (errors.isEmpty()) {
                state.write(target);
            } else {
                FileTrees.delete(target);
            }
            return errors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyResources(List<Path> roots, Path target) {
        try {
            FileTrees.delete(target);
            Files.createDirectories(target);
            for (Path root : roots) {
                for (Path file : FileTrees.files(root, "")) {
                    Path copy = target.resolve(root.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<CompileError> javac(Path classes, List<Path> sources, List<Path> classPath, List<String> addedModules)
            throws IOException {
        if (sources.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new CourseException("this Java has no compiler: install a JDK 17 or newer, a JRE is not enough");
        }
        List<Path> visible = new ArrayList<>(List.of(classes));
        visible.addAll(classPath);
        visible.addAll(libraries);
        List<String> options = new ArrayList<>(List.of(
                "-d",
                classes.toString(),
                "-cp",
                Libraries.join(visible),
                "-sourcepath",
                classes.toString(), // nowhere: a source that was not asked for must not be found
                "-encoding",
                "UTF-8",
                "-proc:none",
                "-g",
                "-nowarn"));
        options.addAll(addedModules);
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            boolean ok = compiler.getTask(new StringWriter(), files, problems, options, null, units)
                    .call();
            List<CompileError> errors = problems.getDiagnostics().stream()
                    .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                    .map(this::error)
                    .toList();
            if (!ok && errors.isEmpty()) {
                throw new CourseException("the compiler failed without a message: "
                        + sources.get(0).getParent());
            }
            return errors;
        }
    }

    private CompileError error(Diagnostic<? extends JavaFileObject> problem) {
        String message = problem.getMessage(Locale.ROOT);
        if (problem.getSource() == null) {
            return new CompileError(course.root(), 0, "", message, Optional.empty());
        }
        Path file = Path.of(problem.getSource().toUri());
        List<String> lines = SourceText.read(course.root(), file).lines();
        int line = (int) problem.getLineNumber();
        String code = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
        return new CompileError(file, line, code, message, task(file, line));
    }

    private Optional<TaskId> task(Path file, long line) {
        try {
            return RegionScanner.scan(SourceText.read(course.root(), file)).stream()
                    .filter(region -> region.contains(line))
                    .map(Region::id)
                    .findFirst();
        } catch (CourseException malformed) {
            return Optional.empty();
        }
    }
}
