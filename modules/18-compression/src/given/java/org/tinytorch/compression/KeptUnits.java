// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/KeptUnits.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Tensor;

/**
 * Says of some layers which of their channels, hidden units or heads stay; layers that are not mentioned keep all.
 *
 * @param units by the path of the layer; counted from 0, ascending, at least one
 */
public record KeptUnits(Map<String, List<Integer>> units) {
    /** @throws IllegalArgumentException if a list is empty, not ascending, or begins below 0 */
    public KeptUnits {
        Map<String, List<Integer>> copy = new LinkedHashMap<>();
        units.forEach((path, kept) -> copy.put(path, checked(path, List.copyOf(kept))));
        units = Collections.unmodifiableMap(copy);
    }

    private static List<Integer> checked(String path, List<Integer> kept) {
        boolean ascending = IntStream.range(1, kept.size()).allMatch(i -> kept.get(i - 1) < kept.get(i));
        if (kept.isEmpty() || kept.get(0) < 0 || !ascending) {
            throw new IllegalArgumentException("prune: '" + path + "' cannot keep the units " + kept
                    + "; name at least one, counted from 0 and in ascending order");
        }
        return kept;
    }

    /**
     * Keeps the units with the highest scores, in each layer the same share. Of the scores {@code [3, 1, 2, 4]} and a sparsity of ½, the units 0 and 3 stay.
     *
     * @param scores a vector for each layer, such as {@link StructuredPruner#scores()} gives; not negative
     * @param sparsity the share of each layer's units that goes, from 0 to below 1; one unit stays at least
     * @throws IllegalArgumentException if the sparsity is out of range, or scores are no vector, negative or not finite
     */
    public static KeptUnits strongest(Map<String, Tensor> scores, double sparsity) {
        Sparsity.check(sparsity);
        Map<String, List<Integer>> units = new LinkedHashMap<>();
        scores.forEach((path, ofUnits) -> {
            checkScores(path, ofUnits);
            double[] mask = MagnitudePruner.mask(ofUnits.data(), Sparsity.dropped(sparsity, ofUnits.size()));
            units.put(
                    path,
                    IntStream.range(0, mask.length)
                            .filter(unit -> mask[unit] == 1)
                            .boxed()
                            .toList());
        });
        return new KeptUnits(units);
    }

    private static void checkScores(String path, Tensor scores) {
        if (scores.rank() != 1 || scores.size() == 0) {
            throw new IllegalArgumentException("prune: the scores of '" + path + "' have shape " + scores.shape()
                    + ", but must be a vector with one for each unit");
        }
        PrunableWeights.checkFinite("prune", path + " scores", scores);
        if (scores.min().item() < 0) {
            throw new IllegalArgumentException("prune: '" + path + "' has a score of "
                    + scores.min().item() + "; scores say how much a unit matters, from 0 on");
        }
    }
}
