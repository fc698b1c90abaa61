package org.tinytorch.tito.check;

import java.nio.file.Path;
import java.util.List;
import org.tinytorch.tito.course.CourseModule;

/**
 * What compiling the modules up to one gave.
 *
 * @param classes the directories with classes and resources, the latest module first
 * @param failed the module that does not compile, listed alone; empty if all compile
 * @param errors the compiler's complaints about it
 */
public record Compilation(List<Path> classes, List<CourseModule> failed, List<CompileError> errors) {

    /** Keeps its own lists. */
    public Compilation {
        classes = List.copyOf(classes);
        failed = List.copyOf(failed);
        errors = List.copyOf(errors);
    }

    /**
     * Whether everything compiled.
     *
     * @return true if there are classes to check
     */
    public boolean ok() {
        return failed.isEmpty();
    }
}
