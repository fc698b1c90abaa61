package org.tinytorch.tito.check;

import java.util.List;
import java.util.Set;
import org.tinytorch.tito.course.TaskId;

/**
 * What a worker reported about one run.
 *
 * @param outcomes one for each check, in the order of the run
 * @param ended the tasks whose checks all came to their end
 * @param completed whether the completion record arrived
 */
public record CheckRun(List<CheckOutcome> outcomes, Set<TaskId> ended, boolean completed) {

    /** Keeps its own collections. */
    public CheckRun {
        outcomes = List.copyOf(outcomes);
        ended = Set.copyOf(ended);
    }

    /**
     * The checks of one task.
     *
     * @param task the task
     * @return their outcomes, in order
     */
    public List<CheckOutcome> of(TaskId task) {
        return outcomes.stream()
                .filter(outcome ->
                        outcome.task().isPresent() && outcome.task().get().equals(task))
                .toList();
    }

    /**
     * Whether a task is done: it has checks, all of them passed, and the worker reported the end of their group.
     *
     * @param task the task
     * @return true only if nothing is missing
     */
    public boolean passed(TaskId task) {
        List<CheckOutcome> checks = of(task);
        return ended.contains(task) && !checks.isEmpty() && checks.stream().allMatch(CheckOutcome::fine);
    }

    /**
     * The same run on a JDK without a module that its checks ask for: checks that gave up for that are left out, not failed.
     */
    CheckRun leavingOut() {
        return new CheckRun(
                outcomes.stream().map(CheckOutcome::leftOutIfAborted).toList(), ended, completed);
    }
}
