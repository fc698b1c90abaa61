package org.tinytorch.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts images of different requests together into batches, which one thread classifies. A batch takes what waits, up to its size. If the last one had several images, more are likely to be on their way, and it waits
 * a moment for them; a lone client never waits.
 */
final class MicroBatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MicroBatcher.class);
    private static final long END_MILLIS = 5_000;

    /** What classifies. */
    interface Model {
        /**
         * The probabilities of all classes, for each image.
         *
         * @param images pixels, at least one image
         */
        List<double[]> probabilities(List<double[]> images);
    }

    private record Waiting(double[] image, CompletableFuture<double[]> result) {
        /** Wakes the thread, and is nothing to compute. */
        static final Waiting NOTHING = new Waiting(new double[0], CompletableFuture.completedFuture(new double[0]));
    }

    private final Model model;
    private final BatchLimits limits;
    private final long answerNanos;
    private final IntConsumer batchSizes;
    private final BlockingQueue<Waiting> queue;
    private final Thread thread = new Thread(this::run, "tinytorch-batches");
    private volatile boolean closed;

    /** Whether the last batch had several images. */
    private boolean busy;

    /** @param batchSizes is told the size of each batch */
    MicroBatcher(Model model, BatchLimits limits, RequestLimits requests, IntConsumer batchSizes) {
        this.model = model;
        this.limits = limits;
        this.answerNanos = requests.answer().toNanos();
        this.batchSizes = batchSizes;
        this.queue = new ArrayBlockingQueue<>(limits.queue());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The probabilities of all classes, in a while. Whoever has no use for them any more completes the future: the image is then left out. The future fails with a {@code TimeoutException} if it takes too long, with an {@link HttpProblem} if the model fails.
     *
     * @throws HttpProblem with status 429 if the queue is full, 503 if this is closed
     */
    CompletableFuture<double[]> submit(double[] image) {
        Waiting waiting = new Waiting(image, new CompletableFuture<>());
        if (!queue.offer(waiting)) {
            throw HttpProblem.tooMany(limits.queue() + " images are waiting already; try again in a second");
        }
        if (closed && queue.remove(waiting)) { // else the thread has seen it before it ended
            throw HttpProblem.stopping();
        }
        return waiting.result.orTimeout(answerNanos, TimeUnit.NANOSECONDS);
    }

    /** How many images wait. */
    int waiting() {
        return queue.size();
    }

    private void run() {
        try {
            while (!closed) {
                classify(next());
            }
        } catch (InterruptedException e) {
            closed = true; // nobody has a reason to; but then nothing more is taken
        }
        for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
            left.result.completeExceptionally(HttpProblem.stopping());
        }
    }

    private List<Waiting> next() throws InterruptedException {
        List<Waiting> batch = new ArrayList<>();
        batch.add(queue.take());
        queue.drainTo(batch, limits.size() - 1);
        if (busy) {
            long end = System.nanoTime() + limits.patience().toNanos();
            while (batch.size() < limits.size()) {
                Waiting another = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (another == null) {
                    break;
                }
                batch.add(another);
            }
        }
        busy = batch.size() > 1;
        batch.removeIf(waiting -> waiting.result.isDone());
        return batch;
    }

    private void classify(List<Waiting> batch) {
        if (batch.isEmpty()) {
            return;
        }
        batchSizes.accept(batch.size());
        try {
            List<double[]> results =
                    model.probabilities(batch.stream().map(Waiting::image).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result.complete(results.get(i));
            }
        } catch (Throwable failure) { // even out of memory: the thread must live on for those that come after
            LOG.warn("A batch of {} images failed", batch.size(), failure);
            batch.forEach(waiting -> waiting.result.completeExceptionally(HttpProblem.modelFailed()));
        }
    }

    /** Fails what waits; what is being classified is given some seconds. */
    @Override
    public void close() {
        closed = true;
        queue.offer(Waiting.NOTHING); // if there is no room, the thread is awake; an interrupt would reach the model
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
