// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/MemoryMeter.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.Map;

/**
 * Measures the memory that a run of some work takes: what it allocates on all threads, and the peak of the heap meanwhile.
 *
 * <pre>{@code
 * MemoryUse use = new MemoryMeter().measure(() -> model.forward(x));
 * }</pre>
 *
 * <p>What it cannot see: memory outside of the Java heap, such as the stacks of threads, compiled code and direct buffers; allocations of threads that end within the run; and who
 * allocated, so that other work on other threads counts too. The peak includes garbage that nobody has collected yet: with much room to spare the JVM lets it pile up. How little would do is found out
 * with smaller and smaller values of {@code -Xmx}. A collector that divides the heap into regions counts whole regions, so that the growth may be off by one (1 to 32 MiB). For one thread, exactly, there is {@link org.tinytorch.setup.AllocationMeter}.
 */
public final class MemoryMeter {
    private final JvmMemory memory;

    /**
     * On the counters of this JVM.
     *
     * @throws UnsupportedOperationException if it does not count allocations
     */
    public MemoryMeter() {
        this(JvmMemory.here());
    }

    MemoryMeter(JvmMemory memory) {
        this.memory = memory;
    }

    /**
     * The memory of one run, after a garbage collection. If the heap holds 10 MiB then, and 60 MiB at its fullest, the peak is 60 MiB and the growth 50 MiB. An exception of the code is passed on.
     */
    public MemoryUse measure(Runnable code) {
        memory.collect();
        memory.resetPeak();
        long usedBefore = memory.used();
        Map<Long, Long> allocatedBefore = memory.allocatedByThread();
        code.run();
        long allocated = grown(allocatedBefore, memory.allocatedByThread());
        return new MemoryUse(allocated, usedBefore, Math.max(usedBefore, memory.peak()));
    }

    /**
     * What the threads that live after a run allocated in it: if thread 1 goes from 100 to 150 bytes, thread 2 is new and has 20, and thread 3, which had 5000, is gone, it is {@code 50 + 20 = 70}.
     */
    private static long grown(Map<Long, Long> before, Map<Long, Long> after) {
        long sum = 0;
        for (Map.Entry<Long, Long> thread : after.entrySet()) {
            sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }
}
