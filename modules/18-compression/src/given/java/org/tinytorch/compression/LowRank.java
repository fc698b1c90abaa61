// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/LowRank.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.tensor.Tensor;

/**
 * Two thin linear layers for a large one (Denil et al., 2013): a weight {@code (out, in)} is nearly the product of one {@code (out, rank)} and one {@code (rank, in)}, which together are smaller
 * if {@code rank · (in + out) < in · out}. What is lost is the least possible, see {@link Svd}; training on wins some of it back.
 */
public final class LowRank {
    private LowRank() {}

    /**
     * A layer as two, {@code reduce} and {@code expand}, of which the second has the bias. The singular values are shared out between them by their square roots, so that both learn at the same pace.
     *
     * @param rank the numbers in between, from 1 to the smaller of inputs and outputs; fewer come out if the weight's own rank is less
     * @throws IllegalArgumentException if the rank is out of range, or the weight is all 0 or not finite
     */
    public static Sequential factorise(Linear layer, int rank) {
        int most = Math.min(layer.in(), layer.out());
        if (rank < 1 || rank > most) {
            throw new IllegalArgumentException("low rank: a weight of shape "
                    + layer.weight().shape() + " has no rank of " + rank + "; use 1 … " + most);
        }
        return factorise(layer, Svd.of(layer.weight()), rank);
    }

    private static Sequential factorise(Linear layer, Svd svd, int rank) {
        if (svd.rank() == 0) {
            throw new IllegalArgumentException("low rank: a weight of zeros has no parts to keep; leave the layer out");
        }
        Svd kept = svd.truncated(rank);
        Tensor roots = kept.singularValues().sqrt();
        Tensor reduce = kept.v().mul(roots).transpose();
        Tensor expand = kept.u().mul(roots);
        return Sequential.builder()
                .add("reduce", learningLike(layer, Linear.of(reduce)))
                .add(
                        "expand",
                        learningLike(
                                layer,
                                layer.bias()
                                        .map(bias -> Linear.of(expand, bias.copy()))
                                        .orElseGet(() -> Linear.of(expand))))
                .build();
    }

    /** What was frozen stays frozen. */
    private static Linear learningLike(Linear layer, Linear factor) {
        factor.weight().requiresGrad(layer.weight().requiresGrad());
        factor.bias()
                .ifPresent(bias -> bias.requiresGrad(layer.bias().orElseThrow().requiresGrad()));
        return factor;
    }

    /**
     * Replaces, inside a model, every {@link Linear} that becomes smaller. One that is used twice, or shares its numbers with another layer, stays as it is, since nothing would be saved. An optimiser
     * must be made anew.
     *
     * @param share of the energy that each weight keeps, above 0, up to 1; see {@link Svd#rankFor}
     * @return the ranks by the paths of the layers that were replaced
     * @throws IllegalArgumentException if the share is out of range, a weight is not finite, or the model is itself a linear layer; nothing has changed then
     */
    public static Map<String, Integer> convert(Layer model, double share) {
        if (model instanceof Linear) {
            throw new IllegalArgumentException(
                    "low rank: the model is itself a linear layer, which cannot be replaced; use factorise(layer, rank)");
        }
        Map<String, Integer> ranks = new LinkedHashMap<>();
        Map<String, Sequential> replacements = new LinkedHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof Linear dense && Cuts.shared(model, path).isEmpty()) {
                PrunableWeights.checkFinite("low rank", PrunableWeights.join(path, "weight"), dense.weight());
                Svd svd = Svd.of(dense.weight());
                int rank = svd.rankFor(share);
                if (rank > 0 && pays(rank, dense)) {
                    ranks.put(path, rank);
                    replacements.put(path, factorise(dense, svd, rank));
                }
            }
        });
        replacements.forEach(model::replaceChild);
        return Collections.unmodifiableMap(ranks);
    }

    /** Whether {@code rank · (in + out) < in · out}. */
    static boolean pays(int rank, Linear layer) {
        return (long) rank * (layer.in() + layer.out()) < (long) layer.in() * layer.out();
    }
}
