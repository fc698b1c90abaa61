// Yours: task 20.9. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Ablation.java.
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
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 20.9
        throw new UnsupportedOperationException("Task 20.9: leave one out is not written yet: ./tito hint 20.9");
        // endregion
    }
}
