package org.tinytorch.serving;

import java.util.concurrent.Semaphore;
import org.tinytorch.nn.Layer;

/** Holds up a model at one of its layers, so that a test decides when it computes. */
final class Gate {
    private final Semaphore permits = new Semaphore(0);
    private final Semaphore arrivals = new Semaphore(0);

    /** Holds up each computation of a layer, at its end, until it is let through. */
    static Gate on(Layer layer) {
        Gate gate = new Gate();
        layer.onForward((path, watched, input, output) -> gate.pass());
        return gate;
    }

    private void pass() {
        arrivals.release();
        permits.acquireUninterruptibly();
    }

    /** Waits until somebody stands before the gate who did not when this was last asked. */
    void awaitArrival() {
        arrivals.acquireUninterruptibly();
    }

    /** Lets so many through. */
    void let(int count) {
        permits.release(count);
    }

    /** Lets everybody through from now on. */
    void open() {
        permits.release(1_000_000);
    }
}
