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
     * @throws IllegalArgumentException if there is no such path, no weight is left, or a weight is not finite
     */
    static Map<String, Tensor> of(Layer model, Set<String> leftOut) {
        leftOut.forEach(path -> checkExists(model, path));
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
            throw new IllegalArgumentException("prune: there is no Linear and no Conv2d to prune"
                    + (leftOut.isEmpty() ? "" : " besides what is left out: " + leftOut));
        }
        weights.forEach(PrunableWeights::checkFinite);
        return weights;
    }

    private static void checkExists(Layer model, String path) {
        if (!model.namedLayers().containsKey(path)) {
            throw new IllegalArgumentException("prune: there is no layer '" + path + "' to leave out; there are "
                    + model.namedLayers().keySet());
        }
    }

    private static boolean isAtOrBelow(String path, String top) {
        return path.equals(top) || top.isEmpty() || path.startsWith(top + ".");
    }

    /** A name below a path, which is empty at the top. */
    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** @throws IllegalArgumentException if a number is NaN or infinite, since it is neither large nor small */
    static void checkFinite(String name, Tensor weight) {
        for (int i = 0; i < weight.size(); i++) {
            if (!Double.isFinite(weight.data()[i])) {
                throw new IllegalArgumentException("prune: number " + i + " of '" + name + "' is " + weight.data()[i]
                        + ", which has no magnitude; go back to a checkpoint from before it was");
            }
        }
    }
}
