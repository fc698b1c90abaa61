package org.tinytorch.tito.check;

import java.util.List;
import java.util.Optional;
import org.tinytorch.tito.course.CourseModule;

/**
 * The answer to {@code tito check N}.
 *
 * @param module the module that was checked
 * @param notCompiling the module that does not compile, if one does not
 * @param errors the compiler's complaints about it
 * @param run what the checks said; empty if they could not run
 */
public record CheckResult(
        CourseModule module, Optional<CourseModule> notCompiling, List<CompileError> errors, Optional<CheckRun> run) {

    /** Keeps its own list. */
    public CheckResult {
        errors = List.copyOf(errors);
    }

    /**
     * Whether every check that ran passed and the run completed.
     *
     * @return true if there is nothing left to mend in what was asked for
     */
    public boolean green() {
        return run.isPresent()
                && run.get().completed()
                && !run.get().outcomes().isEmpty()
                && run.get().outcomes().stream().allMatch(CheckOutcome::fine)
                && run.get().outcomes().stream()
                        .allMatch(check -> check.task().isEmpty()
                                || run.get().passed(check.task().get()));
    }
}
