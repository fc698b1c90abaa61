// Yours: task 4.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/NamedParts.java.
package org.tinytorch.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a model by dotted name, each of them once: a part that stands in two places has two names, but learns once and is counted once.
 *
 * @param <T> what kind of part: layers or parameters
 */
final class NamedParts<T> {
    private final Map<String, T> found = new LinkedHashMap<>();

    /** Compares by identity: two parts that hold the same numbers are still two. */
    private final Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Takes a part in under a name, unless it is here already.
     *
     * <p>After {@code add("encoder.weight", w)} and {@code add("decoder.weight", w)} there is one part, {@code encoder.weight}.
     *
     * @return whether it is new
     */
    boolean add(String name, T part) {
        // region Task 4.5: list each part once
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 4.5
        throw new UnsupportedOperationException("Task 4.5: list each part once is not written yet: ./tito hint 4.5");
        // endregion
    }

    /** What was taken in, in that order. */
    Map<String, T> found() {
        return found;
    }
}
