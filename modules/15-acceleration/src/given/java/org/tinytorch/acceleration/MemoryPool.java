// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/MemoryPool.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays that wait to be used again. When they become too many, those go whose size nobody has asked for lately: another model's, or a smaller last batch's. */
final class MemoryPool {
    private final long most;
    private long kept;

    /** By size, in the order in which they were last asked for. */
    private final Map<Integer, ArrayDeque<double[]>> free = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most how many numbers are kept */
    MemoryPool(long most) {
        this.most = most;
    }

    /** An array with anything in it. */
    double[] array(int size) {
        synchronized (free) {
            ArrayDeque<double[]> fitting = free.get(size);
            if (fitting != null && !fitting.isEmpty()) {
                kept -= size;
                return fitting.pop();
            }
        }
        return new double[size];
    }

    /** Takes an array that nobody needs any more. */
    void giveBack(double[] array) {
        if (array.length > most) {
            return;
        }
        synchronized (free) {
            free.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(array);
            kept += array.length;
            Iterator<ArrayDeque<double[]>> oldest = free.values().iterator();
            while (kept > most) {
                ArrayDeque<double[]> arrays = oldest.next();
                while (kept > most && !arrays.isEmpty()) {
                    kept -= arrays.pollLast().length;
                }
                if (arrays.isEmpty()) {
                    oldest.remove();
                }
            }
        }
    }
}
