// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Generator.java. Read it, don't edit it.
package org.tinytorch.tensor;

import java.util.random.RandomGenerator;

/**
 * A seeded source of random numbers, after {@code torch.Generator}: the same seed gives the same numbers on every machine and every JDK.
 *
 * <p>The algorithm is SplitMix64 (Steele, Lea, Flood, 2014): a counter that grows by an odd constant, each value stirred. Its whole state is one
 * {@code long}, so that a checkpoint can keep it. Not for cryptography; not thread-safe, use {@link #split()} for another thread.
 */
public final class Generator implements RandomGenerator {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Starts at a seed. */
    public Generator(long seed) {
        this.state = seed;
    }

    /** Where the generator stands. */
    public long state() {
        return state;
    }

    /** Goes back, or ahead, to where {@link #state()} said. */
    public void state(long saved) {
        this.state = saved;
    }

    /** A new generator whose numbers have nothing to do with the next ones of this. */
    public Generator split() {
        return new Generator(nextLong());
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in {@code [0, 1)}: the upper 53 bits. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in {@code 0 … bound − 1}. */
    @Override
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException(
                    "generator: bound " + bound + " leaves no number to draw; use 1 or more");
        }
        return (int) Math.multiplyHigh(nextLong() >>> 1, 2L * bound);
    }

    /** Normal with mean 0 and standard deviation 1, by Box and Muller's transform, in StrictMath so that every machine gives the same bits. */
    @Override
    public double nextGaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * nextDouble());
    }

    /** The numbers {@code 0 … n − 1} in random order (Fisher and Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
