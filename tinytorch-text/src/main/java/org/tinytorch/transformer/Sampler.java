package org.tinytorch.transformer;

import java.util.Arrays;
import org.tinytorch.tensor.Generator;

/**
 * Chooses the next token from the logits of all.
 *
 * <pre>{@code
 * Sampler careful = Sampler.greedy();
 * Sampler lively = Sampler.temperature(0.8).topK(40).topP(0.95);
 * }</pre>
 *
 * @param temperature divides the logits: below 1 the likely becomes likelier, above 1 everything more alike; 0 always takes the likeliest
 * @param topK only so many of the likeliest are drawn from, and what ties with the last of them; 0 for all
 * @param topP only as many of the likeliest are drawn from as it takes to reach this probability together (Holtzman et al., 2020), and what ties with the last of them; 1 for all
 * @param repetitionPenalty for tokens that are in the context already: a positive logit is divided by it, a negative one multiplied (Keskar et al., 2019); 1 for none
 */
public record Sampler(double temperature, int topK, double topP, double repetitionPenalty) {
    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Sampler {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException(
                    "sampler: a temperature of " + temperature + " is not possible; use 0 or more, for example 0.8");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("sampler: topK is " + topK + "; use at least 1, or 0 for all tokens");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "sampler: topP is " + topP + "; use more than 0, up to 1 for all tokens");
        }
        if (!(repetitionPenalty >= 1) || Double.isInfinite(repetitionPenalty)) {
            throw new IllegalArgumentException("sampler: a repetition penalty of " + repetitionPenalty
                    + " is not possible; use 1 for none, or more, for example 1.2");
        }
    }

    /** Always the likeliest; of several, the one with the lowest id. */
    public static Sampler greedy() {
        return temperature(0);
    }

    /** Draws from all tokens. */
    public static Sampler temperature(double temperature) {
        return new Sampler(temperature, 0, 1, 1);
    }

    /** The same, but from so many of the likeliest. */
    public Sampler topK(int k) {
        return new Sampler(temperature, k, topP, repetitionPenalty);
    }

    /** The same, but from those that reach this probability together. */
    public Sampler topP(double p) {
        return new Sampler(temperature, topK, p, repetitionPenalty);
    }

    /** The same with a penalty for what has been said. */
    public Sampler repetitionPenalty(double penalty) {
        return new Sampler(temperature, topK, topP, penalty);
    }

    /**
     * Chooses.
     *
     * @param logits of every token
     * @param context the tokens so far
     * @param generator draws one number, or none if the temperature is 0
     * @throws IllegalArgumentException if there is no logit, or one is NaN
     * @throws IndexOutOfBoundsException if there is a penalty, and a token of the context has no logit
     */
    public int pick(double[] logits, int[] context, Generator generator) {
        check(logits);
        double[] scores = penalised(logits, context);
        if (temperature == 0) {
            return likeliest(scores);
        }
        double[] probabilities = probabilities(scores);
        return draw(probabilities, generator.nextDouble());
    }

    private static void check(double[] logits) {
        if (logits.length == 0) {
            throw new IllegalArgumentException("sampler: there are no logits to choose from");
        }
        for (int i = 0; i < logits.length; i++) {
            if (Double.isNaN(logits[i])) {
                throw new IllegalArgumentException("sampler: the logit of token " + i
                        + " is NaN; look for it with a Trainer's checks, or train anew");
            }
        }
    }

    private double[] penalised(double[] logits, int[] context) {
        double[] scores = logits.clone();
        if (repetitionPenalty > 1) {
            Arrays.stream(context).distinct().forEach(id -> penalise(scores, id));
        }
        return scores;
    }

    private void penalise(double[] scores, int id) {
        if (id < 0 || id >= scores.length) {
            throw new IndexOutOfBoundsException("sampler: token " + id
                    + " of the context has no logit; there are those of 0 … " + (scores.length - 1));
        }
        scores[id] = scores[id] > 0 ? scores[id] / repetitionPenalty : scores[id] * repetitionPenalty;
    }

    private static int likeliest(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    /**
     * What is drawn with which probability. With the scores 0, log 2, log 5 and a temperature of 1: ⅛, ¼, ⅝; with topK = 2: 0, 2/7, 5/7; with topP = 0.6: 0, 0, 1.
     */
    double[] probabilities(double[] scores) {
        double[] p = softmax(scores);
        // region Task 14.9: only the likeliest
        if (topK > 0 && topK < p.length) {
            keepFrom(p, sorted(p)[p.length - topK]);
        }
        if (topP < 1) {
            double[] ascending = sorted(p);
            int last = p.length - 1;
            double together = ascending[last];
            while (together < topP && last > 0) {
                last--;
                together += ascending[last];
            }
            keepFrom(p, ascending[last]);
        }
        return p;
        // endregion
    }

    /**
     * The probability of each token, proportional to {@code exp(score / temperature)}; the temperature is above 0. A score of minus infinity forbids a token, one of infinity leaves no other.
     */
    double[] softmax(double[] scores) {
        // region Task 14.8: temperature
        double max = scores[likeliest(scores)];
        double[] p = new double[scores.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = scores[i] == max ? 1 : Math.exp((scores[i] - max) / temperature); // max may be infinite
        }
        return normalise(p);
        // endregion
    }

    /** Divides all by their sum, in place. */
    private static double[] normalise(double[] p) {
        double sum = Arrays.stream(p).sum();
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    /** A copy, the smallest first. */
    private static double[] sorted(double[] p) {
        double[] ascending = p.clone();
        Arrays.sort(ascending);
        return ascending;
    }

    /** Leaves those with at least this probability, and makes all others 0, in place; what is left adds up to 1 again. */
    private static void keepFrom(double[] p, double least) {
        for (int i = 0; i < p.length; i++) {
            p[i] = p[i] >= least ? p[i] : 0;
        }
        normalise(p);
    }

    /** The token into whose stretch of {@code 0 … 1} a number falls. */
    private static int draw(double[] p, double number) {
        double end = 0;
        int last = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                end += p[i];
                last = i;
                if (number < end) {
                    return i;
                }
            }
        }
        return last; // the sum of all may be a little below 1
    }
}
