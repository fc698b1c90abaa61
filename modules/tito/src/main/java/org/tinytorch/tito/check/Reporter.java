package org.tinytorch.tito.check;

import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.tinytorch.tito.course.TaskId;

/** Tells tito what JUnit does, check by check. The task of a check is in the display name of the group that holds it. */
final class Reporter implements TestExecutionListener {

    private final Outbox outbox;
    private final Watchdog watchdog;
    private final CappedOutput printed;
    private Optional<TestPlan> plan = Optional.empty();

    Reporter(Outbox outbox, Watchdog watchdog, CappedOutput printed) {
        this.outbox = outbox;
        this.watchdog = watchdog;
        this.printed = printed;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = Optional.of(testPlan);
        for (TestIdentifier root : testPlan.getRoots()) {
            for (TestIdentifier check : testPlan.getDescendants(root)) {
                if (check.isTest()) {
                    outbox.send(new Message(
                            Message.Kind.PLANNED, check.getUniqueId(), task(check), check.getDisplayName()));
                }
            }
        }
    }

    @Override
    public void executionStarted(TestIdentifier check) {
        if (check.isTest()) {
            outbox.send(new Message(Message.Kind.STARTED, check.getUniqueId(), task(check), check.getDisplayName()));
            watchdog.started(check.getUniqueId());
        }
    }

    @Override
    public void executionFinished(TestIdentifier check, TestExecutionResult result) {
        watchdog.finished();
        Optional<Throwable> thrown = result.getThrowable();
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (check.isTest() || !passed) {
            boolean aborted = result.getStatus() == TestExecutionResult.Status.ABORTED;
            String failure = passed
                    ? ""
                    : thrown.map(aborted ? Failures::leftOut : Failures::describe)
                            .orElse("the check gave no reason");
            outbox.send(new Message(
                    Message.Kind.FINISHED,
                    check.getUniqueId(),
                    task(check),
                    check.getDisplayName(),
                    passed || !failure.isEmpty() ? failure : "the check failed without a message",
                    thrown.map(Failures::where).orElse(""),
                    printed.take()));
        }
        if (check.isContainer()
                && passed
                && TaskId.firstIn(check.getDisplayName()).isPresent()) {
            outbox.send(new Message(Message.Kind.TASK_ENDED, task(check)));
        }
    }

    @Override
    public void executionSkipped(TestIdentifier check, String reason) {
        outbox.send(new Message(
                Message.Kind.FINISHED,
                check.getUniqueId(),
                task(check),
                check.getDisplayName(),
                "skipped: " + reason,
                "",
                ""));
    }

    /** The number of the task whose group holds a check, or {@code ""}. */
    private String task(TestIdentifier check) {
        TestIdentifier next = check;
        while (true) {
            Optional<TaskId> task = TaskId.firstIn(next.getDisplayName());
            if (task.isPresent()) {
                return task.get().toString();
            }
            TestIdentifier current = next;
            Optional<TestIdentifier> parent = plan.flatMap(tests -> tests.getParent(current));
            if (parent.isEmpty()) {
                return "";
            }
            next = parent.get();
        }
    }
}
