package org.tinytorch.tito.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tinytorch.tito.course.TaskId;

/** Puts a worker's messages together. */
final class RunRecord {

    private final Map<String, CheckOutcome> outcomes = new LinkedHashMap<>();
    private final Set<TaskId> ended = new TreeSet<>();
    private Optional<String> running = Optional.empty();
    private Optional<String> cause = Optional.empty();
    private String where = "";
    private boolean completed;

    /** Takes a message in; true if it was the last one of the run. */
    boolean take(Message message, int checkSeconds) {
        switch (message.kind()) {
            case PLANNED -> put(message, CheckOutcome.Status.NOT_RUN, "did not run", "", "");
            case STARTED -> {
                put(message, CheckOutcome.Status.NOT_RUN, "did not end", "", "");
                running = Optional.of(message.field(0));
            }
            case FINISHED -> {
                boolean passed = message.field(3).isEmpty();
                CheckOutcome.Status status = passed ? CheckOutcome.Status.PASSED : CheckOutcome.Status.FAILED;
                put(message, status, message.field(3), message.field(4), message.field(5));
                running = Optional.empty();
            }
            case TASK_ENDED -> ended.add(TaskId.parse(message.field(0)));
            case TIMEOUT -> {
                cause = Optional.of("stopped after " + checkSeconds + " s: a loop that does not end?");
                where = message.field(1);
            }
            case EXIT -> {
                cause = Optional.of("the code ended the whole program (System.exit) instead of returning");
                where = message.field(1);
            }
            case BROKEN -> {
                cause = Optional.of(message.field(0));
                return true;
            }
            case DONE -> {
                completed = true;
                return true;
            }
            case RUN, READY -> {
                // nothing to record
            }
        }
        return false;
    }

    /** The run as it stands; if it did not complete, the check that was running takes the blame. */
    CheckRun end(String died) {
        if (!completed) {
            String message = cause.orElse(died);
            String culprit = running.orElse("the run");
            CheckOutcome found = outcomes.get(culprit);
            outcomes.put(
                    culprit,
                    new CheckOutcome(
                            found == null ? Optional.empty() : found.task(),
                            found == null ? "the run" : found.name(),
                            CheckOutcome.Status.FAILED,
                            message,
                            where,
                            ""));
        }
        return new CheckRun(new ArrayList<>(outcomes.values()), ended, completed);
    }

    private void put(Message message, CheckOutcome.Status status, String text, String line, String printed) {
        Optional<TaskId> task =
                message.field(1).isEmpty() ? Optional.empty() : Optional.of(TaskId.parse(message.field(1)));
        outcomes.put(message.field(0), new CheckOutcome(task, message.field(2), status, text, line, printed));
    }
}
