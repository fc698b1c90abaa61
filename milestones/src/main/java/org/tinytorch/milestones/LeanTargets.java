package org.tinytorch.milestones;

import org.tinytorch.capstone.Figures;

/**
 * What a network must show that is to recognise as much with less than the educational loops: those compute the trained network as it is, in double precision. It is held against what is counted of an image,
 * {@link Counted}, and not against the clock, which vectors and threads alone would satisfy.
 *
 * @param accuracy the least share of test images that it recognises
 * @param less how many times less it must take of one or the other: multiply-adds, or memory for weights and results
 */
record LeanTargets(double accuracy, double less) {
    /** Three of four photographs, with a tenth. */
    static final LeanTargets PHOTOGRAPHS = new LeanTargets(0.75, 10);

    /** Adds the figures, and what must hold. */
    Result judge(Result result, Figures baseline, Figures last) {
        double reached = last.get(Quality.ACCURACY.name());
        double compute = timesLess(Counted.MULTIPLY_ADDS, baseline, last);
        double memory = timesLess(Counted.MEMORY, baseline, last);
        return result.with("accuracy_target", "%.2f", accuracy)
                .with("less_compute", "%.2f", compute)
                .with("less_memory", "%.2f", memory)
                .with("less_target", "%.0f", less)
                .require(
                        reached >= accuracy,
                        "it recognises %.4f of the test images, and must recognise %s",
                        reached,
                        accuracy)
                .require(
                        Math.max(compute, memory) >= less,
                        "it takes %.2f times less compute and %.2f times less memory than the loops, and one of them must be %.0f",
                        compute,
                        memory,
                        less);
    }

    private static double timesLess(String figure, Figures baseline, Figures last) {
        return baseline.get(figure) / last.get(figure);
    }
}
