package org.tinytorch.acceleration;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Where the memory of results comes from. What is given back is handed out again as it is: a training step whose gradients have the same shapes as the last one's
 * neither makes nor clears new memory for them, which for a wide layer took longer than a third of the product itself.
 */
final class Results {
    /** Smaller arrays cost nothing to speak of. */
    private static final int WORTH_KEEPING = 4096;

    /** The most that is kept for later, in numbers: an eighth of the heap. */
    private static final long MOST_KEPT = Runtime.getRuntime().maxMemory() / 8 / Double.BYTES;

    /** Off with {@code -Dtinytorch.reuse=false}: to see what it is worth, or to rule it out while looking for a mistake. */
    private static final boolean REUSE = !"false".equals(System.getProperty("tinytorch.reuse"));

    private static final Map<Integer, ArrayDeque<double[]>> FREE = new HashMap<>();
    private static long kept;

    private Results() {}

    /** An array whose content is to be overwritten. */
    static double[] array(int size) {
        return size < WORTH_KEEPING ? new double[size] : reusedOrNew(size);
    }

    private static double[] reusedOrNew(int size) {
        synchronized (FREE) {
            ArrayDeque<double[]> free = FREE.get(size);
            if (free != null && !free.isEmpty()) {
                kept -= size;
                return free.pop();
            }
        }
        return new double[size];
    }

    /** A result over an array from here; the array may come back. */
    static Tensor tensor(double[] array, Shape shape) {
        return array.length < WORTH_KEEPING || !REUSE
                ? Tensors.of(array, shape)
                : Tensors.lent(array, shape, Results::giveBack);
    }

    private static void giveBack(double[] array) {
        synchronized (FREE) {
            if (kept + array.length <= MOST_KEPT) {
                FREE.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(array);
                kept += array.length;
            }
        }
    }
}
