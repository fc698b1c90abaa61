package org.tinytorch.milestones;

import org.tinytorch.benchmarking.Interval;

/**
 * One step of a model on its way from the loops.
 *
 * @param step {@code loops}, or the technique that is added to those that paid
 * @param measured with it
 * @param before how many times as fast as the last step that paid; 1 at the start
 * @param overall how many times as fast as the loops
 * @param interval where that factor lies; of the loops it is 1 by definition
 * @param verdict whether it pays
 */
record SpeedupRow(
        String step, Measured measured, double before, double overall, Interval interval, StepVerdict verdict) {
    /** The name of the first step. */
    static final String LOOPS = "loops";

    /** The model as it begins. */
    static SpeedupRow start(Measured loops) {
        Interval one = new Interval(1, 1, loops.time().interval().confidence());
        return new SpeedupRow(LOOPS, loops, 1, 1, one, StepVerdict.START);
    }
}
