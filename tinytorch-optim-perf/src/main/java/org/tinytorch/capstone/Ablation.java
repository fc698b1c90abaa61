package org.tinytorch.capstone;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks of each step that was kept what it is worth in the end, by leaving it out. What it won when it came may be another number: what came later may have made it needless, or needed.
 */
public final class Ablation {
    private final Harness harness;

    /** One that measures with a harness. */
    public Ablation(Harness harness) {
        this.harness = harness;
    }

    /** One answer for each step that was kept, in their order. The model is made anew each time, of all steps but one. */
    public <M> List<Worth> of(Outcome<M> outcome) {
        Recipe<M> all = outcome.kept();
        List<Worth> worths = new ArrayList<>();
        // region Task 20.9: leave one out
        for (Step<M> step : all.steps()) {
            Trial without = Trial.of(harness, all.without(step));
            worths.add(new Worth(step.name(), without, without.figures().map(figures -> outcome.rules()
                    .gain(figures, outcome.last()))));
        }
        return worths;
        // endregion
    }
}
