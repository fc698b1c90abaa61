// Given code, written by tito sync from tinytorch-data/src/main/java/org/tinytorch/data/Subset.java. Read it, don't edit it.
package org.tinytorch.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Generator;
import org.tinytorch.training.Batch;

/** Some samples of another data set, which are not copied. After {@code torch.utils.data.Subset}. */
public final class Subset implements Dataset {
    private static final double TOLERANCE = 1e-9;

    private final Dataset source;
    private final int[] chosen;

    /**
     * These samples, in this order; one may come twice.
     *
     * @throws IndexOutOfBoundsException if there is no such sample
     * @throws IllegalArgumentException if none is chosen
     */
    public Subset(Dataset source, int... chosen) {
        if (chosen.length == 0) {
            throw new IllegalArgumentException("subset: no sample of the " + source.size() + " is chosen");
        }
        Arrays.stream(chosen).forEach(index -> Objects.checkIndex(index, source.size()));
        this.source = source;
        this.chosen = chosen.clone();
    }

    /**
     * Divides a data set at random, each sample going to one part. After {@code torch.utils.data.random_split}. Where classes are rare, {@link
     * ImageDataset#split} is better: it keeps their proportions.
     *
     * <pre>{@code
     * List<Subset> parts = Subset.randomSplit(data, new Generator(1), 0.8, 0.1, 0.1);
     * }</pre>
     *
     * @param generator the same state gives the same parts
     * @param fractions the share of each part, all above 0, together 1
     * @throws IllegalArgumentException if the fractions are not right, or leave a part empty
     */
    public static List<Subset> randomSplit(Dataset source, Generator generator, double... fractions) {
        double sum = Arrays.stream(fractions).sum();
        if (!(Math.abs(sum - 1) < TOLERANCE) || Arrays.stream(fractions).anyMatch(fraction -> !(fraction > 0))) {
            throw new IllegalArgumentException(
                    "random split: fractions " + Arrays.toString(fractions) + " are not all above 0 and together 1");
        }
        int[] order = generator.permutation(source.size());
        List<Subset> parts = new ArrayList<>();
        double share = 0;
        int from = 0;
        for (double fraction : fractions) {
            share += fraction;
            int to = (int) Math.round(share * order.length);
            if (to == from) {
                throw new IllegalArgumentException(
                        "random split: " + order.length + " samples are too few for fractions "
                                + Arrays.toString(fractions) + ": part " + parts.size() + " would be empty");
            }
            parts.add(new Subset(source, Arrays.copyOfRange(order, from, to)));
            from = to;
        }
        return parts;
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public Batch batch(int... indices) {
        return source.batch(inSource(indices));
    }

    @Override
    public Batch batch(int[] indices, long epochSeed) {
        return source.batch(inSource(indices), epochSeed);
    }

    private int[] inSource(int[] indices) {
        return IntStream.of(indices)
                .map(index -> chosen[Objects.checkIndex(index, size())])
                .toArray();
    }
}
