package org.tinytorch.benchmarking;

import java.util.Arrays;

/**
 * Wilcoxon's signed-rank test (1945): could pairs that differ so much, and so often to the same side, come from two things that do not differ? Looks at the order of the differences only, so that one
 * wild run counts no more than any other large one.
 */
final class SignedRankTest {
    private SignedRankTest() {}

    /**
     * The probability of differences at least as one-sided as these, if either sign were as likely for each: exact, by counting all {@code 2ⁿ} ways to give them signs. Differences of 0 are left out;
     * equal ones share their ranks.
     *
     * <p>For 1, 2, 3, −4: the ranks of the positive ones add up to 6, of the negative one to 4. Of 16 ways 14 have a side of 4 or less: {@code p = 14/16}.
     *
     * @return from 0 to 1; 1 if all differences are 0
     */
    static double pValue(double... differences) {
        double[] real = Arrays.stream(differences).filter(d -> d != 0).toArray();
        int[] ranks = doubledRanks(real);
        int all = Arrays.stream(ranks).sum();
        int positive = 0;
        for (int i = 0; i < real.length; i++) {
            positive += real[i] > 0 ? ranks[i] : 0;
        }
        double[] ways = probabilities(all, ranks);
        double tail = 0;
        for (int sum = 0; sum <= Math.min(positive, all - positive); sum++) {
            tail += ways[sum];
        }
        return Math.min(1, 2 * tail);
    }

    /**
     * How probable each sum of the ranks on one side is, if a coin decides for each rank whether it is on that side. For the ranks 1, 2 and 3 there are 8 ways; the sums 0, 1, 2, 4, 5 and 6 come once, 3
     * comes twice ({@code 1 + 2} and 3 alone): {@code 1/8, 1/8, 1/8, 2/8, 1/8, 1/8, 1/8}.
     *
     * @param all the sum of all ranks
     * @param ranks positive, in any order
     * @return at place s the probability of the sum s, for 0 to {@code all}
     */
    static double[] probabilities(int all, int... ranks) {
        // region Task 19.4: a coin for each pair
        double[] probability = new double[all + 1];
        probability[0] = 1;
        for (int rank : ranks) {
            for (int sum = all; sum >= 0; sum--) {
                double without = probability[sum];
                double with = sum >= rank ? probability[sum - rank] : 0;
                probability[sum] = (without + with) / 2;
            }
        }
        return probability;
        // endregion
    }

    /** Twice the rank of each by its size, so that shared ranks such as 1.5 are whole numbers too. */
    private static int[] doubledRanks(double... values) {
        int[] ranks = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            double size = Math.abs(values[i]);
            int smaller = 0;
            int equal = 0;
            for (double other : values) {
                smaller += Math.abs(other) < size ? 1 : 0;
                equal += Math.abs(other) == size ? 1 : 0;
            }
            ranks[i] = 2 * smaller + equal + 1;
        }
        return ranks;
    }
}
