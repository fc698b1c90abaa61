package org.tinytorch.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.Batch;

class DataLoaderWorkersTest {
    private static final long PATIENCE_SECONDS = 30;

    /** Sample i is the number i, and every batch is announced first. */
    private record Watched(int size, Consumer<int[]> watcher) implements Dataset {
        @Override
        public Batch batch(int... indices) {
            watcher.accept(indices);
            Tensor values = Tensors.zeros(indices.length);
            for (int i = 0; i < indices.length; i++) {
                values.set(indices[i], i);
            }
            return new Batch(values, values.copy());
        }
    }

    private static Dataset numbers(int size) {
        return new Watched(size, indices -> {});
    }

    /** Adds a random number to each sample. */
    private static Dataset noisy(int size) {
        return new TensorDataset(Tensors.arange(size).reshape(size, 1), Tensors.arange(size))
                .transformed((sample, random) -> Tensors.of(sample.item() + random.nextDouble()));
    }

    private static List<String> epoch(DataLoader loader) {
        List<String> seen = new ArrayList<>();
        loader.forEach(batch -> seen.add(batch.input() + " -> " + batch.target()));
        return seen;
    }

    private static List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(Workers.THREAD_NAME))
                .toList();
    }

    /** Every test: threads end, whatever happened. A join returns as soon as its thread has ended. */
    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        for (Thread thread : workers()) {
            assertThat(thread.isDaemon())
                    .as("%s must not hold up the end of the program", thread.getName())
                    .isTrue();
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertThat(thread.isAlive()).as("%s still runs", thread.getName()).isFalse();
        }
    }

    private static void acquire(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("a worker began a batch")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Property(tries = 60)
    void anyNumberOfWorkersGivesTheSameBatchesInTheSameOrder(
            @ForAll @IntRange(min = 1, max = 40) int size,
            @ForAll @IntRange(min = 1, max = 9) int batchSize,
            @ForAll @IntRange(min = 1, max = 4) int workers,
            @ForAll @IntRange(min = 1, max = 6) int prefetch,
            @ForAll long seed) {
        DataLoader alone = DataLoader.of(noisy(size), batchSize).shuffled(new Generator(seed));
        DataLoader helped = DataLoader.of(noisy(size), batchSize)
                .shuffled(new Generator(seed))
                .workers(workers)
                .prefetch(prefetch);
        for (int epoch = 0; epoch < 2; epoch++) {
            assertThat(epoch(helped)).as("epoch " + epoch).isEqualTo(epoch(alone));
        }
    }

    @Test
    void theStateBeforeAnEpochRepeatsItThoughBatchesAreMadeAhead() {
        DataLoader loader =
                DataLoader.of(noisy(30), 4).shuffled(new Generator(5)).workers(2);
        epoch(loader);
        long state = loader.generators().get(0).state();
        List<String> second = epoch(loader);
        DataLoader resumed =
                DataLoader.of(noisy(30), 4).shuffled(new Generator(0)).workers(3);
        resumed.generators().get(0).state(state);
        assertThat(epoch(resumed)).isEqualTo(second);
    }

    @Test
    void batchesAreMadeByWorkersOrByTheConsumer() {
        List<String> names = new ArrayList<>();
        Dataset data =
                new Watched(2, indices -> names.add(Thread.currentThread().getName()));
        epoch(DataLoader.of(data, 1));
        assertThat(names).containsOnly(Thread.currentThread().getName());
        names.clear();
        epoch(DataLoader.of(data, 1).workers(1));
        assertThat(names).hasSize(2).allMatch(name -> name.startsWith(Workers.THREAD_NAME));
    }

    @Test
    void noMoreBatchesAreMadeAheadThanAllowed() {
        Semaphore begun = new Semaphore(0);
        try (Epoch epoch = DataLoader.of(new Watched(100, indices -> begun.release()), 1)
                .workers(2)
                .prefetch(3)
                .iterator()) {
            for (int i = 0; i < 3; i++) {
                acquire(begun); // three before any is asked for …
            }
            epoch.next();
            acquire(begun); // … and one more for each that is handed out
            assertThat(begun.tryAcquire()).as("a fifth batch was begun").isFalse();
        }
    }

    @Test
    void anExceptionOfAWorkerReachesTheConsumerWithItsCause() {
        IllegalArgumentException broken = new IllegalArgumentException("sample 5 is broken");
        Dataset data = new Watched(10, indices -> {
            if (indices[0] == 4) {
                throw broken;
            }
        });
        for (int workers : new int[] {0, 1, 3}) {
            Iterator<Batch> epoch = DataLoader.of(data, 2).workers(workers).iterator();
            assertThat(epoch.next().input()).hasToString("[0. 1.]");
            assertThat(epoch.next().input()).hasToString("[2. 3.]");
            assertThatThrownBy(epoch::next)
                    .as("%d workers", workers)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("data loader: batch 3 of 5 (samples 4, 5) could not be made: sample 5 is broken")
                    .hasCause(broken);
            assertThat(epoch.hasNext()).as("the epoch is over").isFalse();
        }
    }

    @Test
    void anErrorOfAWorkerReachesTheConsumer() {
        Dataset data = new Watched(10, indices -> {
            throw new StackOverflowError("deep");
        });
        assertThatThrownBy(() -> epoch(DataLoader.of(data, 7).workers(1)))
                .hasMessageContaining("batch 1 of 2 (samples 0, 1, 2, 3, 4, …) could not be made: deep")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void closingEarlyBeginsNothingMoreAndEndsTheWorkers() {
        Semaphore begun = new Semaphore(0);
        CountDownLatch closed = new CountDownLatch(1);
        Dataset data = new Watched(1000, indices -> {
            begun.release();
            await(closed);
        });
        Epoch epoch = DataLoader.of(data, 1).workers(1).prefetch(4).iterator();
        acquire(begun);
        epoch.close();
        epoch.close();
        closed.countDown();
        noWorkerIsLeft();
        assertThat(begun.availablePermits()).as("batches begun after closing").isZero();
        assertThat(epoch.hasNext()).isFalse();
        assertThatThrownBy(epoch::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("this epoch is closed");
    }

    private void noWorkerIsLeft() {
        try {
            noThreadIsLeft();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("workers must not be interrupted", e);
        }
    }

    @Test
    void anEpochThatIsAbandonedHoldsUpNeitherTheNextNorTheThreads() {
        DataLoader loader = DataLoader.of(numbers(50), 5).workers(2);
        Epoch abandoned = loader.iterator();
        abandoned.next();
        assertThat(epoch(loader)).hasSize(10);
        noWorkerIsLeft();
        assertThat(abandoned.hasNext())
                .as("though its threads are gone, the consumer may come back")
                .isTrue();
        assertThat(abandoned.next().input()).hasToString("[5. 6. 7. 8. 9.]");
        while (abandoned.hasNext()) {
            abandoned.next();
        }
    }

    @Test
    void anInterruptedConsumerIsToldAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Dataset data = new Watched(2, indices -> await(never));
        Epoch epoch = DataLoader.of(data, 1).workers(1).iterator();
        Thread.currentThread().interrupt();
        assertThatThrownBy(epoch::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted while waiting for batch 1 of 2");
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        never.countDown();
    }

    @Test
    void impossibleSettingsAreRefused() {
        DataLoader loader = DataLoader.of(numbers(5), 2);
        assertThatThrownBy(() -> loader.workers(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data loader: a number of -1 workers is not possible; use at least 0");
        assertThatThrownBy(() -> loader.prefetch(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("call workers(n) before prefetch(3)");
        assertThatThrownBy(() -> loader.workers(1).prefetch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 batches ahead");
    }
}
