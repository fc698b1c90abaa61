// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/EpochResult.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured in one epoch.
 *
 * @param epoch counted from 1
 * @param values numbers by name: {@code train_loss}, {@code learning_rate} and, if there is validation data, {@code val_loss} and {@code val_…} for
 *     each metric
 */
public record EpochResult(int epoch, Map<String, Double> values) {
    /**
     * Keeps a copy of the values, in their order.
     *
     * @throws IllegalArgumentException if the epoch is not positive, or a name is empty or has a comma, a quote or a line break
     */
    public EpochResult {
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch " + epoch + " does not exist; epochs are counted from 1");
        }
        for (String name : values.keySet()) {
            if (!name.matches("[A-Za-z0-9_.-]+") || name.equals("epoch")) {
                throw new IllegalArgumentException("history: '" + name
                        + "' is no name for a value; use letters, digits, '_', '-' and '.', and not 'epoch'");
            }
        }
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Whether a value was measured. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A value by name.
     *
     * @throws IllegalArgumentException if it was not measured
     */
    public double get(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException("epoch " + epoch + " has no '" + name + "'; it has " + values.keySet());
        }
        return values.get(name);
    }
}
