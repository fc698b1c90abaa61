// Yours: tasks 18.2, 18.1. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/MagnitudePruner.java.
package org.tinytorch.compression;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Finds the weights nearest to 0, which a model misses least (Han et al., 2015), like {@code torch.nn.utils.prune.l1_unstructured} and {@code global_unstructured}.
 *
 * <p>Looks at the weights of every {@code Linear} and {@code Conv2d}; biases and the parameters of norms are few, and embeddings are tables. The model is not touched: the
 * masks say what to drop.
 *
 * <pre>{@code
 * PruningMasks masks = MagnitudePruner.global().without("head").masks(model, 0.9);
 * masks.apply(model);
 * }</pre>
 */
public final class MagnitudePruner {
    private final boolean acrossLayers;
    private final int height;
    private final Set<String> leftOut;

    private MagnitudePruner(boolean acrossLayers, int height, Set<String> leftOut) {
        this.acrossLayers = acrossLayers;
        this.height = height;
        this.leftOut = Set.copyOf(leftOut);
    }

    /** Every layer loses the same share of its weights. Each keeps one weight at least. */
    public static MagnitudePruner perLayer() {
        return new MagnitudePruner(false, 1, Set.of());
    }

    /** The smallest weights of the whole model go, wherever they are. A layer whose weights are all small may lose every one of them. */
    public static MagnitudePruner global() {
        return new MagnitudePruner(true, 1, Set.of());
    }

    /**
     * The same in blocks: so many outputs keep or lose the weight of an input together, by its average magnitude. That is what a {@link BlockSparseMatrix} can skip.
     *
     * @param outputs in a block, at least 1
     * @throws IllegalArgumentException if that is not positive
     */
    public MagnitudePruner inBlocks(int outputs) {
        if (outputs < 1) {
            throw new IllegalArgumentException(
                    "prune: blocks of " + outputs + " outputs are not possible; use at least 1");
        }
        return new MagnitudePruner(acrossLayers, outputs, leftOut);
    }

    /** The same, but layers at or below these paths keep all their weights; often the first and the last. */
    public MagnitudePruner without(String... paths) {
        Set<String> more = new HashSet<>(leftOut);
        more.addAll(Arrays.asList(paths));
        return new MagnitudePruner(acrossLayers, height, more);
    }

    /**
     * What to keep.
     *
     * @param sparsity the share of the weights that goes, from 0 to below 1; rounded to a whole number of weights or blocks
     * @return a mask for each weight that is looked at, named as in {@code namedParameters()}
     * @throws IllegalArgumentException if the sparsity is out of range, a weight is not finite, a path that is left out does not exist, or there is nothing to prune
     */
    public PruningMasks masks(Layer model, double sparsity) {
        Sparsity.check(sparsity);
        Map<String, Tensor> weights = PrunableWeights.of("prune", model, leftOut);
        return acrossLayers ? global(weights, sparsity) : perLayer(weights, sparsity);
    }

    /**
     * The masks of what is exactly 0 now, as an earlier pruning left it. A weight of zeros only is taken for one that was set to 0 at the start, and kept whole.
     *
     * @throws IllegalArgumentException as {@link #masks} does
     */
    public PruningMasks pruned(Layer model) {
        Map<String, Tensor> masks = new LinkedHashMap<>();
        PrunableWeights.of("prune", model, leftOut).forEach((name, weight) -> {
            Tensor kept = weight.ne(0);
            masks.put(name, kept.sum().item() == 0 ? Tensors.onesLike(weight) : kept);
        });
        return new PruningMasks(masks);
    }

    private PruningMasks perLayer(Map<String, Tensor> weights, double sparsity) {
        Map<String, Tensor> masks = new LinkedHashMap<>();
        weights.forEach((name, weight) -> {
            WeightBlocks blocks = new WeightBlocks(weight, height);
            double[] mask = mask(blocks.magnitudes(), Sparsity.dropped(sparsity, blocks.count()));
            masks.put(name, blocks.expand(mask, 0));
        });
        return new PruningMasks(masks);
    }

    /** One ranking for the whole model: of {@code [1, 4]} and {@code [2, 3]} half go, which leaves {@code [0, 1]} and {@code [0, 1]}; of {@code [1, 2]} and {@code [3, 4]} it leaves the second whole. */
    private PruningMasks global(Map<String, Tensor> weights, double sparsity) {
        Map<String, WeightBlocks> blocks = new LinkedHashMap<>();
        weights.forEach((name, weight) -> blocks.put(name, new WeightBlocks(weight, height)));
        // region Task 18.2: one ranking for the whole model
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 18.2
        throw new UnsupportedOperationException(
                "Task 18.2: one ranking for the whole model is not written yet: ./tito hint 18.2");
        // endregion
    }

    /**
     * 0 for the numbers nearest to 0, 1 for the others. Among equals, the earlier go first.
     *
     * <p>Of {@code [3, -1, 2, -4]} two are dropped by {@code [1, 0, 0, 1]}; of {@code [5, 5, 5]} one is dropped by {@code [0, 1, 1]}.
     *
     * @param dropped how many go; fewer than there are
     */
    static double[] mask(double[] values, int dropped) {
        // region Task 18.1: the smallest go
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 18.1
        throw new UnsupportedOperationException("Task 18.1: the smallest go is not written yet: ./tito hint 18.1");
        // endregion
    }
}
