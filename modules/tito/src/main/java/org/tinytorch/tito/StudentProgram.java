package org.tinytorch.tito;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tinytorch.tito.check.Compilation;
import org.tinytorch.tito.check.CompileError;
import org.tinytorch.tito.check.Libraries;
import org.tinytorch.tito.check.StudentCompiler;
import org.tinytorch.tito.course.Course;
import org.tinytorch.tito.course.CourseException;
import org.tinytorch.tito.course.CourseModule;
import org.tinytorch.tito.course.TaskId;

/** What a student has written up to some module, compiled, to be run as a program. */
final class StudentProgram {

    private final Course course;
    private final CourseModule last;

    StudentProgram(Course course, CourseModule last) {
        this.course = course;
        this.last = last;
    }

    /**
     * The classes of the student's modules.
     *
     * @throws CourseException if a task is not written yet, or a module does not compile
     */
    List<Path> classes() {
        for (CourseModule module : course.upTo(last.number())) {
            Set<TaskId> unwritten = new StudentFiles(course, module).unwritten();
            if (!unwritten.isEmpty()) {
                TaskId first = unwritten.iterator().next();
                throw new CourseException("this runs on what you have written, and "
                        + course.task(first).label() + " is not written yet: ./tito check " + module.number()
                        + " says what to do, ./tito skip " + module.number() + " fills in the solution");
            }
        }
        return asItStands();
    }

    /** The classes of the student's modules, whether their tasks are written or not: one that is not written says so when it is called. */
    List<Path> asItStands() {
        return compiled(compiler().modules(last.number()));
    }

    /** The classes of all modules as they stand: for given code that needs no task. */
    static List<Path> asItStands(Course course) {
        return new StudentProgram(course, course.modules().get(course.modules().size() - 1)).asItStands();
    }

    /** The classes of the module's closing experiment, and all that it needs. */
    List<Path> experiment() {
        return compiled(compiler().experiment(last, classes()));
    }

    /** The classes of {@link #asItStands}, and what the checks of all modules share. */
    List<Path> withShared() {
        List<Path> classes = new ArrayList<>(asItStands());
        classes.addAll(compiler().shared());
        return classes;
    }

    /** Runs a main class to its end, on these classes and jars and nothing else. */
    static int run(List<Path> classPath, List<String> flags, String main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(flags);
        command.addAll(List.of("-cp", Libraries.join(classPath), main));
        command.addAll(arguments);
        return ChildJava.run(command);
    }

    /** The name of the class in a source file. */
    static String className(Path sources, Path file) {
        String name = sources.relativize(file).toString().replace('\\', '/');
        return name.substring(0, name.length() - ".java".length()).replace('/', '.');
    }

    private StudentCompiler compiler() {
        return new StudentCompiler(course, course.workDirectory().resolve("classes"), Libraries.classPath());
    }

    private List<Path> compiled(Compilation compilation) {
        if (!compilation.ok()) {
            CompileError error = compilation.errors().get(0);
            throw new CourseException(course.display(error.file()) + ":" + error.line() + " does not compile: "
                    + error.message() + "; ./tito check "
                    + compilation.failed().get(0).number() + " says more");
        }
        return compilation.classes();
    }
}
