// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Tape.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.Optional;

/**
 * The socket for gradients (module 07): who remembers what was computed, and walks back through it.
 *
 * <p>The provider is found by {@link java.util.ServiceLoader}. Without one nothing is remembered, and {@link Tensor#backward()} says so.
 */
public interface Tape {
    /**
     * Hears of an operation that was computed.
     *
     * @return the record of it, or empty if no gradient will be asked for
     */
    Optional<GradFn> record(Operation op, Tensor out, Tensor... inputs);

    /**
     * Adds to the gradient of every leaf below the root: the derivative of {@code sum(root * seed)}.
     *
     * @param seed the gradient of the result with respect to the root; of the root's shape
     * @param retainGraph whether the graph stays usable for another call
     */
    void backward(Tensor root, Tensor seed, boolean retainGraph);

    /** Whether gradients can be asked for: whether a provider is on the class path. */
    static boolean present() {
        return Sockets.hasTape();
    }

    /** The tape in use. */
    static Tape current() {
        return Sockets.tape();
    }
}
