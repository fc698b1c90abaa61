// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/WeightedRandomSampler.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Generator;

/**
 * Draws samples with replacement, each with a probability in proportion to its weight: for classes that are rare. After {@code
 * torch.utils.data.WeightedRandomSampler}. A sample that is drawn twice in an epoch looks the same both times, also where transforms are random.
 */
public final class WeightedRandomSampler implements Sampler {
    private final double[] upTo;
    private final int size;
    private final Generator generator;

    /**
     * Draws by these weights.
     *
     * @param weights one for each sample of the data set; finite, at least 0, one of them above 0
     * @param size how many samples to draw for an epoch, at least 1
     * @param generator belongs to this sampler from now on
     * @throws IllegalArgumentException if the weights or the size are not right
     */
    public WeightedRandomSampler(double[] weights, int size, Generator generator) {
        for (int i = 0; i < weights.length; i++) {
            check(weights[i] >= 0, "weight " + weights[i] + " of sample " + i + " is not 0 or above");
        }
        check(size >= 1, "an epoch of " + size + " samples is not possible; draw at least 1");
        this.upTo = weights.clone();
        Arrays.parallelPrefix(upTo, Double::sum);
        double total = upTo.length == 0 ? 0 : upTo[upTo.length - 1];
        check(total > 0 && Double.isFinite(total), "weights with a sum of " + total + " give no probabilities");
        this.size = size;
        this.generator = generator;
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException("weighted random sampler: " + message);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int[] indices() {
        return IntStream.generate(this::draw).limit(size).toArray();
    }

    /** The first sample up to which the weights are more than a random share of their sum; so one of weight 0 is never drawn. */
    private int draw() {
        double share = generator.nextDouble() * upTo[upTo.length - 1];
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] > share) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public List<Generator> generators() {
        return List.of(generator);
    }
}
