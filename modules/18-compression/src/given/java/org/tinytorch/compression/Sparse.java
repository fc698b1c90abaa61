// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/Sparse.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;

/** Makes pruned models skip their zeros. */
public final class Sparse {
    private Sparse() {}

    /**
     * Replaces, inside a model, every {@link Linear} whose weight has few enough numbers that are not 0 by a {@link SparseLinear}. The model is then for inference only. A
     * layer that is used twice is replaced at its first path, and stays dense at the other.
     *
     * <pre>{@code
     * MagnitudePruner.global().masks(model, 0.95).apply(model);
     * List<String> sparse = Sparse.convert(model, 0.1);
     * }</pre>
     *
     * @param maxDensity the share of numbers that are not 0 up to which it pays, from 0 to 1; a dense product uses the processor so much better that it is far below ½, and {@code SparseBenchmark}
     *     measures where
     * @return the paths of the layers that were replaced
     * @throws IllegalArgumentException if the density is out of range, a weight is not finite, or the model is itself a linear layer; nothing has changed then
     */
    public static List<String> convert(Layer model, double maxDensity) {
        return convert(model, maxDensity, SparseLinear::of);
    }

    /**
     * The same with {@link BlockSparseMatrix}, for models that were pruned in blocks.
     *
     * <pre>{@code
     * MagnitudePruner.global().inBlocks(BlockSparseMatrix.HEIGHT).masks(model, 0.95).apply(model);
     * List<String> sparse = Sparse.convertToBlocks(model, 0.1);
     * }</pre>
     *
     * @param maxDensity the share of numbers that is stored, zeros in blocks that are not all 0 included, up to which it pays
     * @return the paths of the layers that were replaced
     * @throws IllegalArgumentException as {@link #convert(Layer, double)}
     */
    public static List<String> convertToBlocks(Layer model, double maxDensity) {
        return convert(model, maxDensity, SparseLinear::inBlocks);
    }

    private static List<String> convert(Layer model, double maxDensity, Function<Linear, SparseLinear> conversion) {
        if (!(maxDensity >= 0 && maxDensity <= 1)) {
            throw new IllegalArgumentException(
                    "sparse: a density of " + maxDensity + " is not possible; use 0 (all zeros) to 1 (no zeros)");
        }
        if (model instanceof Linear) {
            throw new IllegalArgumentException(
                    "sparse: the model is itself a linear layer, which cannot be replaced; use SparseLinear.of(layer)");
        }
        Map<String, SparseLinear> replacements = new LinkedHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof Linear dense) {
                PrunableWeights.checkFinite("sparse", PrunableWeights.join(path, "weight"), dense.weight());
                SparseLinear sparse = conversion.apply(dense);
                if (sparse.weight().density() <= maxDensity) {
                    replacements.put(path, sparse);
                }
            }
        });
        replacements.forEach(model::replaceChild);
        return List.copyOf(replacements.keySet());
    }
}
