package org.tinytorch.milestones;

import java.util.HashMap;
import java.util.Map;

/**
 * Predicts a token from the one before it alone, by how often each pair was seen: what a model must beat to have learnt more than that. Pairs that were never seen get a part of the probability, shared out
 * by how frequent the second token is: {@code p(b | a) = (count(ab) + p(b)) / (count(a) + 1)}.
 */
final class BigramTable {
    private final Map<Long, Integer> pairs = new HashMap<>();
    private final int[] firsts;
    private final int[] tokens;
    private final int seen;

    /**
     * Counts.
     *
     * @param vocabulary how many different tokens there are
     */
    BigramTable(int vocabulary, int... text) {
        firsts = new int[vocabulary];
        tokens = new int[vocabulary];
        seen = text.length;
        for (int i = 0; i < text.length; i++) {
            tokens[text[i]]++;
            if (i > 0) {
                firsts[text[i - 1]]++;
                pairs.merge(pair(text[i - 1], text[i]), 1, Integer::sum);
            }
        }
    }

    private static long pair(int a, int b) {
        return (long) a << Integer.SIZE | b;
    }

    /** The cross-entropy of a text's tokens but the first, in nats. */
    double loss(int... text) {
        double sum = 0;
        for (int i = 1; i < text.length; i++) {
            sum -= Math.log(probability(text[i - 1], text[i]));
        }
        return sum / (text.length - 1);
    }

    private double probability(int a, int b) {
        double alone = (tokens[b] + 1.0) / (seen + tokens.length);
        return (pairs.getOrDefault(pair(a, b), 0) + alone) / (firsts[a] + 1);
    }
}
