// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/PrunableWeights.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Tensor;

/** The weights that can lose numbers: those of {@link Linear} and {@link Conv2d}. */
final class PrunableWeights {
    private PrunableWeights() {}

    /**
     * The weights by name, without those of layers at or below some paths.
     *
     * @param who what is to be done to them, for the messages: prune, cluster
     * @throws IllegalArgumentException if there is no such path, no weight is left, or a weight is not finite
     */
    static Map<String, Tensor> of(String who, Layer model, Set<String> leftOut) {
        leftOut.forEach(path -> checkExists(who, model, path));
        Map<String, Tensor> weights = new LinkedHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (leftOut.stream().noneMatch(out -> isAtOrBelow(path, out))) {
                if (layer instanceof Linear linear) {
                    weights.put(join(path, "weight"), linear.weight());
                } else if (layer instanceof Conv2d convolution) {
                    weights.put(join(path, "weight"), convolution.weight());
                }
            }
        });
        if (weights.isEmpty()) {
            throw new IllegalArgumentException(who + ": there is no Linear and no Conv2d to " + who
                    + (leftOut.isEmpty() ? "" : " besides what is left out: " + leftOut));
        }
        weights.forEach((name, weight) -> checkFinite(who, name, weight));
        return weights;
    }

    private static void checkExists(String who, Layer model, String path) {
        if (!model.namedLayers().containsKey(path)) {
            throw new IllegalArgumentException(who + ": there is no layer '" + path + "' to leave out; there are "
                    + model.namedLayers().keySet());
        }
    }

    static boolean isAtOrBelow(String path, String top) {
        return path.equals(top) || top.isEmpty() || path.startsWith(top + ".");
    }

    /** A name below a path, which is empty at the top. */
    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /**
     * Refuses numbers that are neither large nor small.
     *
     * @param who asks, for the message
     * @throws IllegalArgumentException if a number is NaN or infinite
     */
    static void checkFinite(String who, String name, Tensor weight) {
        for (int i = 0; i < weight.size(); i++) {
            if (!Double.isFinite(weight.data()[i])) {
                throw new IllegalArgumentException(who + ": number " + i + " of '" + name + "' is " + weight.data()[i]
                        + ", but must be finite; go back to a checkpoint from before it was");
            }
        }
    }
}
