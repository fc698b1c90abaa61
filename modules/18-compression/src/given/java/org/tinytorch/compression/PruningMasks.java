// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/PruningMasks.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Parameter;
import org.tinytorch.tensor.Tensor;

/**
 * Says of each weight whether it stays.
 *
 * @param masks by the name of the parameter, each of its shape: 1 where a number stays, 0 where it goes
 */
public record PruningMasks(Map<String, Tensor> masks) {
    /** @throws IllegalArgumentException if a mask holds anything but 0 and 1 */
    public PruningMasks {
        masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
        masks.forEach((name, mask) -> {
            for (double value : mask.data()) {
                if (value != 0 && value != 1) {
                    throw new IllegalArgumentException("prune: the mask of '" + name + "' holds " + value
                            + "; a mask is 1 where a weight stays and 0 where it goes");
                }
            }
        });
    }

    /**
     * Sets to 0, in place, what goes. An optimiser moves these weights again, by momentum and, if they have a gradient, by that: apply the masks after each of its steps, as
     * {@link PruningSchedule} does.
     *
     * @throws IllegalArgumentException if the model has no parameter of a name, or one of another shape; nothing has changed then
     */
    public void apply(Layer model) {
        checkFit(model);
        Map<String, Parameter> parameters = model.namedParameters();
        masks.forEach((name, mask) -> {
            double[] weights = parameters.get(name).mutableData();
            for (int i = 0; i < weights.length; i++) {
                if (mask.data()[i] == 0) {
                    weights[i] = 0;
                }
            }
        });
    }

    /** @throws IllegalArgumentException as {@link #apply} does */
    void checkFit(Layer model) {
        Map<String, Parameter> parameters = model.namedParameters();
        masks.forEach((name, mask) -> checkFits(parameters, name, mask));
    }

    private static void checkFits(Map<String, Parameter> parameters, String name, Tensor mask) {
        if (!parameters.containsKey(name)) {
            throw new IllegalArgumentException("prune: there is a mask for '" + name
                    + "', but the model has no such parameter; it has " + parameters.keySet());
        }
        if (!parameters.get(name).shape().equals(mask.shape())) {
            throw new IllegalArgumentException("prune: the mask of '" + name + "' has shape " + mask.shape()
                    + ", but the parameter has " + parameters.get(name).shape()
                    + "; make the masks from a model like this one");
        }
    }

    /** The share of all masked numbers that goes, 0 if there are none: with {@code [1, 0]} and {@code [0, 0]}, ¾. */
    public double sparsity() {
        double size = masks.values().stream().mapToLong(Tensor::size).sum();
        double kept =
                masks.values().stream().mapToDouble(mask -> mask.sum().item()).sum();
        return size == 0 ? 0 : (size - kept) / size;
    }

    /**
     * The share of one parameter that goes.
     *
     * @throws IllegalArgumentException if it has no mask
     */
    public double sparsity(String name) {
        if (!masks.containsKey(name)) {
            throw new IllegalArgumentException(
                    "prune: there is no mask for '" + name + "'; there are masks for " + masks.keySet());
        }
        return 1 - masks.get(name).mean().item();
    }
}
