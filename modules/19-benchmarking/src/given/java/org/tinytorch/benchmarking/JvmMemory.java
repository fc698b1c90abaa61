// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/JvmMemory.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What the virtual machine counts of memory. An interface, so that a test can turn the counters by hand. */
interface JvmMemory {
    /** Bytes that the calling thread has allocated so far. */
    long allocatedByThisThread();

    /** Bytes that each thread that lives now has allocated so far, by the thread's id; no id is used twice. */
    Map<Long, Long> allocatedByThread();

    /** Bytes of the heap in use, garbage included. */
    long used();

    /** Begins to look for a new peak. */
    void resetPeak();

    /** The most that was in use since then: the sum of the peaks of all parts of the heap, which need not have been at one time. */
    long peak();

    /** Asks for a garbage collection. */
    void collect();

    /**
     * Of this virtual machine.
     *
     * @throws UnsupportedOperationException if it does not count allocations
     */
    static JvmMemory here() {
        return of(ManagementFactory.getThreadMXBean());
    }

    static JvmMemory of(java.lang.management.ThreadMXBean bean) {
        if (!(bean instanceof ThreadMXBean counting) || !counting.isThreadAllocatedMemorySupported()) {
            throw new UnsupportedOperationException("memory: this JVM (" + System.getProperty("java.vm.name")
                    + ") does not count the bytes a thread allocates; use a HotSpot JVM, such as any OpenJDK build");
        }
        counting.setThreadAllocatedMemoryEnabled(true);
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        return new Counters(counting, heap);
    }

    /** The real ones. */
    record Counters(ThreadMXBean threads, List<MemoryPoolMXBean> heap) implements JvmMemory {
        @Override
        public long allocatedByThisThread() {
            return threads.getCurrentThreadAllocatedBytes();
        }

        @Override
        public Map<Long, Long> allocatedByThread() {
            long[] ids = threads.getAllThreadIds();
            long[] bytes = threads.getThreadAllocatedBytes(ids);
            Map<Long, Long> allocated = new HashMap<>();
            for (int i = 0; i < ids.length; i++) {
                if (bytes[i] >= 0) { // −1 for a thread that has ended meanwhile
                    allocated.put(ids[i], bytes[i]);
                }
            }
            return allocated;
        }

        @Override
        public long used() {
            return sum(pool -> pool.getUsage().getUsed());
        }

        @Override
        public void resetPeak() {
            heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        }

        @Override
        public long peak() {
            return sum(pool -> pool.getPeakUsage().getUsed());
        }

        @Override
        public void collect() {
            System.gc();
        }

        private long sum(ToLongFunction<MemoryPoolMXBean> bytes) {
            return heap.stream().mapToLong(bytes).sum();
        }
    }
}
