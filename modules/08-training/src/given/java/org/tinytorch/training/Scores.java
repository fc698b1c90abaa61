// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Scores.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a model did on some data.
 *
 * @param values numbers by name: {@code loss}, averaged over all samples, and one for each metric
 */
public record Scores(Map<String, Double> values) {
    /** The name of the loss. */
    static final String LOSS = "loss";

    /** Keeps a copy of the values, in their order. */
    public Scores {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The average loss of a sample. */
    public double loss() {
        return get(LOSS);
    }

    /**
     * A value by name, such as {@code accuracy}.
     *
     * @throws IllegalArgumentException if it was not measured
     */
    public double get(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("scores: there is no '" + name + "'; there are " + values.keySet());
        }
        return values.get(name);
    }
}
