package org.tinytorch.milestones;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tinytorch.training.BatchResult;
import org.tinytorch.training.EpochResult;
import org.tinytorch.training.TrainingListener;

/**
 * Makes Ctrl-C (or a kill, or a closed window) end a training in order: after the step that is being made, or, if the epoch is being evaluated, after its checkpoint.
 * Java is on its way out then; from {@link #listen} on, this holds it until {@link #close}.
 */
final class Interruption implements TrainingListener, AutoCloseable {
    /** An evaluation may have to end first; who cannot wait can still kill the process. */
    private static final long LONGEST_SECONDS = 120;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::requestAndWait, "interruption");
    private volatile boolean requested;

    /** What ends the training. */
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted() {
            super("interrupted");
        }
    }

    /** Listens until it is closed. What is before may be ended as it is. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void requestAndWait() {
        request();
        try {
            if (!over.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The training did not stop within " + LONGEST_SECONDS + " s; it is ended as it is.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks for the end, as Ctrl-C does. */
    void request() {
        requested = true;
    }

    @Override
    public void onBatchEnd(BatchResult result) {
        stopIfAsked();
    }

    @Override
    public void onEpochEnd(EpochResult result) {
        stopIfAsked();
    }

    private void stopIfAsked() {
        if (requested) {
            throw new Interrupted();
        }
    }

    /** From here on Java may end, and nobody is listened to. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Java is ending, and the hook is what has just been let go
        }
    }
}
