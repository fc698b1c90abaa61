package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryMeterTest {
    private static final int MIB = 1 << 20;

    /** More than the largest region by which G1 counts what is in use. */
    private static final int LARGE = 48 * MIB;

    /** Counters that a test turns by hand. */
    private static final class HandMemory implements JvmMemory {
        private final Map<Long, Long> allocated = new HashMap<>(Map.of(1L, 500L));
        private long used;
        private long peak;

        private void use(long bytes) {
            allocated.merge(1L, bytes, Long::sum);
            used += bytes;
            peak = Math.max(peak, used);
        }

        @Override
        public long allocatedByThisThread() {
            return allocated.get(1L);
        }

        @Override
        public Map<Long, Long> allocatedByThread() {
            return Map.copyOf(allocated);
        }

        @Override
        public long used() {
            return used;
        }

        @Override
        public void resetPeak() {
            peak = used;
        }

        @Override
        public long peak() {
            return peak;
        }

        @Override
        public void collect() {
            used = 10;
        }
    }

    @Test
    void thePeakIsTheOneOfTheRun() {
        HandMemory memory = new HandMemory();
        memory.use(1000); // before the run, and garbage by then
        MemoryUse use = new MemoryMeter(memory).measure(() -> {
            memory.use(50);
            memory.used -= 40;
            memory.use(5);
        });

        assertThat(use).isEqualTo(new MemoryUse(55, 10, 60));
        assertThat(use.growthBytes()).isEqualTo(50);
        assertThat(use).hasToString("55 B allocated, peak of the heap 60 B (50 B more than before)");
    }

    @Test
    void aThreadThatEndsInTheRunTakesNothingOff() {
        HandMemory memory = new HandMemory();
        memory.allocated.put(2L, 3000L);
        memory.allocated.put(3L, 100L);
        MemoryUse use = new MemoryMeter(memory).measure(() -> {
            memory.use(50);
            memory.allocated.remove(2L);
            memory.allocated.put(3L, 107L);
            memory.allocated.put(4L, 20L);
        });

        assertThat(use.allocatedBytes())
                .as("of this thread, of one that lives on, and of a new one")
                .isEqualTo(50 + 7 + 20);
    }

    @Test
    void theJvmForgetsAThreadThatHasEnded() {
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<double[]> there = new AtomicReference<>();
        AtomicReference<double[]> here = new AtomicReference<>();
        Thread ends = new Thread(() -> {
            there.set(new double[LARGE / Double.BYTES]);
            allocated.countDown();
            await(begun);
        });
        ends.start();
        await(allocated);

        MemoryUse use = new MemoryMeter().measure(() -> {
            begun.countDown();
            join(ends);
            here.set(new double[MIB / Double.BYTES]);
        });

        assertThat(use.allocatedBytes())
                .as("%s numbers here, and %s before on a thread that has ended", here.get().length, there.get().length)
                .isGreaterThanOrEqualTo(MIB);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theJvmCountsAllThreads() {
        AtomicReference<double[]> here = new AtomicReference<>();
        AtomicReference<double[]> there = new AtomicReference<>();
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch measured = new CountDownLatch(1);
        Thread alive = new Thread(() -> {
            there.set(new double[MIB / Double.BYTES]);
            allocated.countDown();
            await(measured); // what a thread allocated is counted as long as it lives
        });

        MemoryUse use = new MemoryMeter().measure(() -> {
            here.set(new double[LARGE / Double.BYTES]);
            alive.start();
            await(allocated);
        });
        measured.countDown();

        assertThat(use.allocatedBytes())
                .as("%s and %s numbers on two threads", here.get().length, there.get().length)
                .isGreaterThanOrEqualTo(LARGE + MIB);
        assertThat(use.growthBytes()).as("growth of the heap").isGreaterThanOrEqualTo(MIB);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void thisThreadIsCountedAlone() {
        JvmMemory memory = JvmMemory.here();
        AtomicReference<double[]> there = new AtomicReference<>();
        Thread other = new Thread(() -> there.set(new double[LARGE / Double.BYTES]));
        long before = memory.allocatedByThisThread();
        double[] numbers = new double[MIB / Double.BYTES];
        other.start();
        join(other);

        assertThat(memory.allocatedByThisThread() - before)
                .as("allocated for %s numbers, and not for %s on another thread", numbers.length, there.get().length)
                .isBetween((long) MIB, 2L * MIB);
    }

    @Test
    void aJvmThatCountsNothingIsNamed() {
        java.lang.management.ThreadMXBean plain = (java.lang.management.ThreadMXBean) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {java.lang.management.ThreadMXBean.class},
                (proxy, method, arguments) -> null);

        assertThatThrownBy(() -> JvmMemory.of(plain))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not count the bytes a thread allocates; use a HotSpot JVM");
    }

    @Test
    void impossibleNumbersAreNamed() {
        assertThatThrownBy(() -> new MemoryUse(1, 100, 99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a peak of 99");
    }
}
