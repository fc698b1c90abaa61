// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Results.java. Read it, don't edit it.
package org.tinytorch.acceleration;

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

    /** Keeps at most an eighth of the heap. */
    private static final MemoryPool POOL = new MemoryPool(Runtime.getRuntime().maxMemory() / 8 / Double.BYTES);

    /** Off with {@code -Dtinytorch.reuse=false}: to see what it is worth, or to rule it out while looking for a mistake. */
    private static final boolean REUSE = !"false".equals(System.getProperty("tinytorch.reuse"));

    private Results() {}

    /** An array whose content is to be overwritten. */
    static double[] array(int size) {
        return size < WORTH_KEEPING ? new double[size] : POOL.array(size);
    }

    /** A result over an array from here; the array may come back. */
    static Tensor tensor(double[] array, Shape shape) {
        return array.length < WORTH_KEEPING || !REUSE
                ? Tensors.of(array, shape)
                : Tensors.lent(array, shape, POOL::giveBack);
    }
}
