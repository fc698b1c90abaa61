// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Watch.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import org.tinytorch.nn.ForwardHook;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Backend;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/**
 * Sees what a model does: every layer, by hooks, and every operation, by a backend that passes it on to the one that was there. Belongs to the thread that opens it; what other threads compute meanwhile
 * goes through unseen.
 */
final class Watch implements AutoCloseable {
    /** Hears of it. An operation that fails is not reported as computed. */
    interface Listener {
        /** A layer is about to compute. */
        void entering(String path, Layer layer);

        /** A layer has computed. */
        void left(String path, Layer layer);

        /** A layer has failed, or another hook that watches it. */
        void failed(String path, Layer layer);

        /** An operation is about to be computed. */
        void computing();

        /** An operation has been computed. One that is made of others is reported as one. */
        void computed(Operation op, Tensor out, Tensor... inputs);
    }

    private final Thread owner = Thread.currentThread();
    private final Listener listener;
    private final WatchedBackend backend = new WatchedBackend(Backend.current());
    private final ForwardHook.Handle hooks;
    private volatile boolean open = true;

    private Watch(Layer model, Listener listener) {
        this.listener = listener;
        this.hooks = model.onEachForward(new LayerHook());
        Backend.use(backend);
    }

    static Watch of(Layer model, Listener listener) {
        return new Watch(model, listener);
    }

    private boolean watching() {
        return open && Thread.currentThread() == owner;
    }

    private final class LayerHook implements ForwardHook {
        @Override
        public void before(String path, Layer layer, Tensor input) {
            if (watching()) {
                listener.entering(path, layer);
            }
        }

        @Override
        public void after(String path, Layer layer, Tensor input, Tensor output) {
            if (watching()) {
                listener.left(path, layer);
            }
        }

        @Override
        public void failed(String path, Layer layer) {
            if (watching()) {
                listener.failed(path, layer);
            }
        }
    }

    private final class WatchedBackend implements Backend {
        private final Backend real;

        /** Whether an operation is at work; read and written by the owner alone. */
        private boolean busy;

        private WatchedBackend(Backend real) {
            this.real = real;
        }

        @Override
        public Tensor compute(Operation op, Tensor... inputs) {
            if (!watching() || busy) {
                return real.compute(op, inputs);
            }
            listener.computing();
            busy = true;
            Tensor out;
            try {
                out = real.compute(op, inputs);
            } finally {
                busy = false;
            }
            listener.computed(op, out, inputs);
            return out;
        }

        @Override
        public String name() {
            return real.name();
        }

        /** What it passes on to, but for watches that were closed too early to take themselves away. */
        private Backend behindClosedWatches() {
            Backend next = real;
            while (next instanceof WatchedBackend watched && !watched.isOpen()) {
                next = watched.real;
            }
            return next;
        }

        private boolean isOpen() {
            return open;
        }
    }

    /**
     * Ends the watch and puts back the backend that was there. Closing it twice does no harm.
     *
     * @throws IllegalStateException if another backend was put in meanwhile; that one stays, and this watch sees nothing more
     */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        hooks.close();
        Backend current = Backend.current();
        if (current != backend) {
            throw new IllegalStateException(
                    "watch: another backend ('" + current.name()
                            + "') was put in while the model was watched, and stays; close profilers and counters in the reverse order of their opening");
        }
        Backend.use(backend.behindClosedWatches());
    }
}
