// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Outcome.java. Read it, don't edit it.
package org.tinytorch.capstone;

import java.util.List;

/**
 * Where a pipeline ended.
 *
 * @param <M> what the project calls a model
 * @param kept makes the model that it ended with
 * @param rules what counted, and the baseline
 * @param last what was measured of that model
 * @param journal every decision, in order
 */
public record Outcome<M>(Recipe<M> kept, Rules rules, Figures last, List<Decision> journal) {
    /** Copies the journal. */
    public Outcome {
        journal = List.copyOf(journal);
    }
}
