package org.tinytorch.milestones;

import org.tinytorch.benchmarking.Interval;

/**
 * Whether a step pays.
 *
 * @param pays whether it is kept for the steps that follow
 * @param words why, or why not
 */
record StepVerdict(boolean pays, String words) {
    /** Of what all steps are compared with. */
    static final StepVerdict START = new StepVerdict(true, "the start");

    /**
     * A step pays if the intervals of the times lie apart, the new one below, and the results are not much worse than those of the loops.
     *
     * @param quality how results are judged
     * @param loops the model without any technique
     * @param before the model with those that paid
     * @param now the same and one technique more
     */
    static StepVerdict of(Quality quality, Measured loops, Measured before, Measured now) {
        Interval then = before.time().interval();
        Interval here = now.time().interval();
        if (here.high() < then.low()) {
            return quality.isTooMuch(quality.lost(loops.quality(), now.quality()))
                    ? new StepVerdict(false, "does not pay: faster, but loses too much " + lost(quality))
                    : new StepVerdict(true, "pays");
        }
        String why = here.low() > then.high() ? "slower" : "no faster";
        String smaller = now.weightBytes() < before.weightBytes() ? ", though smaller" : "";
        return new StepVerdict(false, "does not pay: " + why + smaller);
    }

    /** A loss is not lost, it grows. */
    private static String lost(Quality quality) {
        return quality.lowerIsBetter() ? "of what it knew" : quality.name();
    }
}
