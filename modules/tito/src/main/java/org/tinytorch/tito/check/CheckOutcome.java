package org.tinytorch.tito.check;

import java.util.Optional;
import org.tinytorch.tito.course.Skeleton;
import org.tinytorch.tito.course.TaskId;

/**
 * What came of one check.
 *
 * @param task the task it belongs to; empty for a failure outside all tasks
 * @param name the check's name
 * @param status how it ended
 * @param message what to tell the student; {@code ""} if it passed
 * @param where the line of the student's code to look at, {@code org/tinytorch/tensor/Shape.java:42}, or {@code ""}
 * @param printed what the code printed meanwhile, shortened
 */
public record CheckOutcome(
        Optional<TaskId> task, String name, Status status, String message, String where, String printed) {

    /** How a check ended. */
    public enum Status {
        /** All its assertions hold. */
        PASSED,
        /** It failed, or it ended the JVM. */
        FAILED,
        /** It needs a module of the JDK that this one does not have. */
        LEFT_OUT,
        /** An earlier check ended the JVM before its turn. */
        NOT_RUN
    }

    /** How the message of a check begins that found its assumptions not met. */
    static final String ABORTED = "left out: ";

    /**
     * Whether there is nothing to mend.
     *
     * @return true if the check passed, or cannot run on this JDK
     */
    public boolean fine() {
        return status == Status.PASSED || status == Status.LEFT_OUT;
    }

    /** The same, left out instead of failed if its assumptions were not met. */
    CheckOutcome leftOutIfAborted() {
        return status == Status.FAILED && message.startsWith(ABORTED)
                ? new CheckOutcome(task, name, Status.LEFT_OUT, message, where, printed)
                : this;
    }

    /**
     * Whether the check failed because a task, its own or an earlier one, is not written yet.
     *
     * @return the task that the message names as unwritten
     */
    public Optional<TaskId> unwritten() {
        return Skeleton.saysUnwritten(message) ? TaskId.firstIn(message) : Optional.empty();
    }
}
