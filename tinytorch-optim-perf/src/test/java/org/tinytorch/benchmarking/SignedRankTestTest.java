package org.tinytorch.benchmarking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tinytorch.tensor.Generator;

class SignedRankTestTest {
    private static final double CLOSE = 1e-12;

    @Test
    void eachSumOfRanksIsAsProbableAsItHasWays() {
        assertThat(SignedRankTest.probabilities(6, 1, 2, 3))
                .containsExactly(1 / 8.0, 1 / 8.0, 1 / 8.0, 2 / 8.0, 1 / 8.0, 1 / 8.0, 1 / 8.0);
        assertThat(SignedRankTest.probabilities(0)).containsExactly(1);
    }

    @Test
    void pairsThatAllFallToOneSideAreAsRareAsTheirSigns() {
        for (int n = 1; n <= 12; n++) {
            double[] differences = IntStream.rangeClosed(1, n).asDoubleStream().toArray();

            assertThat(SignedRankTest.pValue(differences))
                    .as("%s of %s on one side", n, n)
                    .isCloseTo(Math.min(1, 2 * Math.pow(0.5, n)), within(CLOSE));
        }
    }

    @Test
    void theWaysToGiveSignsAreCounted() {
        assertThat(SignedRankTest.pValue(1, 2, 3, -4)).isCloseTo(14.0 / 16, within(CLOSE));
        assertThat(SignedRankTest.pValue(-1, -2, -3, 4))
                .as("the other way round")
                .isCloseTo(14.0 / 16, within(CLOSE));
    }

    /** The definition, way by way: how many of all signs have a side as small as ours. */
    @Test
    void itAgreesWithAllSignsTriedOut() {
        Generator generator = new Generator(7);
        for (int n = 1; n <= 9; n++) {
            double[] differences = new double[n];
            for (int i = 0; i < n; i++) {
                differences[i] = generator.nextInt(9) - 4; // with ties and zeros
            }

            assertThat(SignedRankTest.pValue(differences))
                    .as("differences %s", Arrays.toString(differences))
                    .isCloseTo(byTryingAll(differences), within(CLOSE));
        }
    }

    private static double byTryingAll(double... differences) {
        double[] real = Arrays.stream(differences).filter(d -> d != 0).toArray();
        double[] ranks = new double[real.length];
        for (int i = 0; i < real.length; i++) {
            double size = Math.abs(real[i]);
            long smaller = Arrays.stream(real).filter(d -> Math.abs(d) < size).count();
            long equal = Arrays.stream(real).filter(d -> Math.abs(d) == size).count();
            ranks[i] = smaller + (equal + 1) / 2.0;
        }
        double all = Arrays.stream(ranks).sum();
        double positive = 0;
        for (int i = 0; i < real.length; i++) {
            positive += real[i] > 0 ? ranks[i] : 0;
        }
        double least = Math.min(positive, all - positive);
        int asSmall = 0;
        for (int signs = 0; signs < 1 << real.length; signs++) {
            double side = 0;
            for (int i = 0; i < real.length; i++) {
                side += (signs >> i & 1) == 1 ? ranks[i] : 0;
            }
            asSmall += side <= least ? 1 : 0;
        }
        return Math.min(1, 2.0 * asSmall / (1 << real.length));
    }

    @Test
    void noDifferenceAtAllIsNoEvidence() {
        assertThat(SignedRankTest.pValue(0, 0, 0)).isEqualTo(1);
        assertThat(SignedRankTest.pValue()).isEqualTo(1);
    }

    @Test
    void oneWildPairDoesNotDecide() {
        assertThat(SignedRankTest.pValue(1, 2, 3, 4, 5, 6, 7, -1e9))
                .as("the wild one has rank 8, whatever its size")
                .isEqualTo(SignedRankTest.pValue(1, 2, 3, 4, 5, 6, 7, -8));
    }
}
