// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/StructuredPruner.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.tensor.Tensor;

/**
 * Removes whole parts of a model (channels, hidden units, heads), so that what is left is a smaller dense model, which is faster everywhere. Single weights set to 0 save nothing by themselves.
 *
 * <pre>{@code
 * ChannelPruner pruner = new ChannelPruner(model);
 * KeptUnits kept = pruner.strongest(0.5);
 * pruner.mask(kept);   // tries it: nobody reads the other half any more
 * pruner.rewire(kept); // does it: the other half is gone, the outputs are those of the masked model
 * }</pre>
 */
public abstract sealed class StructuredPruner permits ChannelPruner, HiddenUnitPruner, HeadPruner {
    /** For subclasses. */
    StructuredPruner() {}

    /**
     * The layers that have removable units, by path, as the model is now.
     *
     * @throws IllegalArgumentException if one cannot be rewired
     */
    abstract Map<String, UnitGroup> groups();

    /**
     * How much each unit matters: the sum of the magnitudes of its weights (Li et al., 2017).
     *
     * @return a vector for each layer that has removable units, by path
     * @throws IllegalArgumentException if a weight is not finite, or a layer cannot be rewired; the message says why
     */
    public final Map<String, Tensor> scores() {
        Map<String, Tensor> scores = new LinkedHashMap<>();
        groups().forEach((path, group) -> scores.put(path, group.scores()));
        return scores;
    }

    /** {@link KeptUnits#strongest} with {@link #scores()}. */
    public final KeptUnits strongest(double sparsity) {
        return KeptUnits.strongest(scores(), sparsity);
    }

    /**
     * Cuts the wires behind the units that go: the weights with which others read them become 0, in place. That is exact whatever stands between (a normalisation, an activation that is not 0
     * at 0), and leaves what makes the units as it is.
     *
     * @throws IllegalArgumentException if there is no such layer or unit, or a layer cannot be rewired; nothing has changed then
     */
    public final void mask(KeptUnits kept) {
        Map<String, UnitGroup> groups = checked(kept);
        kept.units().forEach((path, units) -> groups.get(path).mask(array(units)));
    }

    /**
     * Removes the units that go, and all that belongs to them. The layers concerned are replaced by smaller ones inside the model, which then computes what it computed after {@link #mask}
     * (dropout aside, which draws for fewer numbers). An optimiser must be made anew.
     *
     * @throws IllegalArgumentException if there is no such layer or unit, or a layer cannot be rewired; nothing has changed then
     */
    public final void rewire(KeptUnits kept) {
        Map<String, UnitGroup> groups = checked(kept);
        kept.units().forEach((path, units) -> groups.get(path).rewire(array(units)));
    }

    private Map<String, UnitGroup> checked(KeptUnits kept) {
        Map<String, UnitGroup> groups = groups();
        kept.units().forEach((path, units) -> {
            if (!groups.containsKey(path)) {
                throw new IllegalArgumentException(
                        "prune: '" + path + "' has no removable units; these have some: " + groups.keySet());
            }
            int count = groups.get(path).units();
            int last = units.get(units.size() - 1);
            if (last >= count) {
                throw new IllegalArgumentException(
                        "prune: '" + path + "' has the units 0 … " + (count - 1) + ", so it cannot keep unit " + last);
            }
        });
        return groups;
    }

    private static int[] array(List<Integer> units) {
        return units.stream().mapToInt(Integer::intValue).toArray();
    }
}
