// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/WeightClustering.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/**
 * Lets the weights of a layer share a few values, a codebook, so that each of them is only a short number, the code of its value (Han et al., 2016). The values are found by k-means: each weight goes to
 * the nearest value, each value to the average of its weights, until nothing moves.
 *
 * <p>It saves room on a disk, not time: computing looks the values up and goes on with them. Weights that are 0 stay 0 and need no value, so that pruned models stay sparse.
 *
 * <pre>{@code
 * Map<String, ClusteredWeight> clustered = WeightClustering.cluster(model, 16); // 4 bits a weight
 * WeightClustering.apply(model, clustered);
 * }</pre>
 */
public final class WeightClustering {
    /** A guard; some ten rounds are usual. */
    private static final int MOST_ROUNDS = 300;

    private WeightClustering() {}

    /**
     * Clusters the weights of every {@code Linear} and {@code Conv2d}, each with a codebook of its own. The model is not touched.
     *
     * @param values in each codebook, from 1 to 65536
     * @return by the name of the parameter
     * @throws IllegalArgumentException if that is not possible, a weight is not finite, or there is no such layer
     */
    public static Map<String, ClusteredWeight> cluster(Layer model, int values) {
        Map<String, ClusteredWeight> clustered = new LinkedHashMap<>();
        PrunableWeights.of("cluster", model, Set.of())
                .forEach((name, weight) -> clustered.put(name, cluster(weight, values)));
        return Collections.unmodifiableMap(clustered);
    }

    /**
     * Sets the weights of a model to their values, in place.
     *
     * @throws IllegalArgumentException if the model has no parameter of a name, or one of another shape; nothing has changed then
     */
    public static void apply(Layer model, Map<String, ClusteredWeight> clustered) {
        Map<String, Tensor> state = model.stateDict();
        clustered.forEach((name, weight) -> {
            if (!state.containsKey(name) || !state.get(name).shape().equals(weight.shape())) {
                throw new IllegalArgumentException("cluster: the model has no parameter '" + name + "' of shape "
                        + weight.shape() + "; cluster the weights of a model like this one");
            }
        });
        clustered.forEach((name, weight) -> state.get(name).copyFrom(weight.toTensor()));
    }

    /**
     * Clusters one weight.
     *
     * @param values in the codebook, from 1 to 65536; fewer come out only if the weight has not so many different numbers, 0 aside
     * @throws IllegalArgumentException if that is out of range, or a number is not finite
     */
    public static ClusteredWeight cluster(Tensor weight, int values) {
        if (values < 1 || values > ClusteredWeight.MOST_VALUES) {
            throw new IllegalArgumentException("cluster: a codebook of " + values + " values is not possible; use 1 … "
                    + ClusteredWeight.MOST_VALUES);
        }
        PrunableWeights.checkFinite("cluster", "weight", weight);
        double[] numbers =
                Arrays.stream(weight.data()).filter(w -> w != 0).sorted().toArray();
        return ClusteredWeight.of(weight, means(numbers, values));
    }

    /**
     * The values, ascending, each the average of the numbers that are nearest to it. Of {@code [1, 2, 9, 10, 11]} the two values are 1.5 and 10.
     *
     * @param numbers ascending
     */
    static double[] means(double[] numbers, int values) {
        double[] different = Arrays.stream(numbers).distinct().toArray();
        if (different.length <= values) {
            return different;
        }
        double[] centres = evenly(numbers, values);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] next = filled(numbers, averages(numbers, centres), values);
            if (Arrays.equals(next, centres)) {
                return centres;
            }
            centres = next;
        }
        return centres;
    }

    /** Evenly from the smallest to the largest number, so that the few large weights, which matter most, get values too. */
    private static double[] evenly(double[] numbers, int values) {
        double smallest = numbers[0];
        double step = values == 1 ? 0 : (numbers[numbers.length - 1] - smallest) / (values - 1);
        double[] centres = new double[values];
        Arrays.setAll(centres, i -> smallest + i * step);
        return centres;
    }

    /** One round: each centre becomes the average of its numbers. One that is nobody's nearest is left out. */
    private static double[] averages(double[] numbers, double[] centres) {
        double[] sums = new double[centres.length];
        int[] counts = new int[centres.length];
        for (double number : numbers) {
            int nearest = ClusteredWeight.nearest(centres, number);
            sums[nearest] += number;
            counts[nearest]++;
        }
        return IntStream.range(0, centres.length)
                .filter(c -> counts[c] > 0)
                .mapToDouble(c -> sums[c] / counts[c])
                .toArray();
    }

    /**
     * Puts the centres that were left out on the numbers farthest from their own centres, one at most for each of these; the next round brings the rest. Of {@code [1, 2, 9, 10, 11]} with the centres
     * 1.5 and 10, a third one goes to 9.
     */
    static double[] filled(double[] numbers, double[] centres, int values) {
        if (centres.length == values) {
            return centres;
        }
        double[] farthest = centres.clone();
        for (double number : numbers) {
            int own = ClusteredWeight.nearest(centres, number);
            if (Math.abs(number - centres[own]) > Math.abs(farthest[own] - centres[own])) {
                farthest[own] = number;
            }
        }
        DoubleStream added = IntStream.range(0, centres.length)
                .filter(c -> farthest[c] != centres[c])
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -Math.abs(farthest[c] - centres[c])))
                .limit(values - centres.length)
                .mapToDouble(c -> farthest[c]);
        return DoubleStream.concat(Arrays.stream(centres), added).sorted().toArray();
    }
}
