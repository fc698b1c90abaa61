package org.tinytorch.setup;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * Measures how many bytes a piece of code allocates on the heap. Only the calling thread counts: what other threads allocate for it is not seen.
 * The JIT compiler may remove allocations from hot code, so that a warmed-up block can allocate less than its first run.
 *
 * <pre>{@code
 * long bytes = AllocationMeter.ofCurrentThread().measure(() -> kept = new double[12]);
 * }</pre>
 */
public final class AllocationMeter {
    private final LongSupplier allocatedSoFar;

    /** A meter on any counter of bytes, which never goes down. */
    AllocationMeter(LongSupplier allocatedSoFar) {
        this.allocatedSoFar = allocatedSoFar;
    }

    /**
     * A meter on the JVM's own count for the thread that measures.
     *
     * @throws UnsupportedOperationException if this JVM does not count allocations
     */
    public static AllocationMeter ofCurrentThread() {
        return ofCurrentThread(ManagementFactory.getThreadMXBean());
    }

    static AllocationMeter ofCurrentThread(java.lang.management.ThreadMXBean bean) {
        if (!(bean instanceof ThreadMXBean counting) || !counting.isThreadAllocatedMemorySupported()) {
            throw new UnsupportedOperationException("allocation meter: this JVM (" + System.getProperty("java.vm.name")
                    + ") does not count the bytes a thread allocates; use a HotSpot JVM, such as any OpenJDK build");
        }
        if (!counting.isThreadAllocatedMemoryEnabled()) {
            counting.setThreadAllocatedMemoryEnabled(true);
        }
        return new AllocationMeter(counting::getCurrentThreadAllocatedBytes);
    }

    /**
     * The bytes that one run of the code allocates on this thread. If the counter stands at 500 when the run begins and at 542 when it ends, it is 42.
     * An exception of the code is passed on.
     */
    public long measure(Runnable code) {
        // region Task 1.5: bytes that a block allocates
        long before = allocatedSoFar.getAsLong();
        code.run();
        return allocatedSoFar.getAsLong() - before;
        // endregion
    }
}
