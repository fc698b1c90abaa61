// Yours: task 20.5. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Recipe.java.
package org.tinytorch.capstone;

import java.util.List;
import java.util.stream.Stream;

/**
 * How to make a model: the project's baseline, and the steps that it goes through. To undo a step is to leave it out of the recipe; no model is ever repaired.
 *
 * @param <M> what the project calls a model
 * @param project gives the baseline
 * @param steps in their order
 */
public record Recipe<M>(Project<M> project, List<Step<M>> steps) {
    /** Copies the list. */
    public Recipe {
        steps = List.copyOf(steps);
    }

    /** The baseline as it is. */
    public static <M> Recipe<M> of(Project<M> project) {
        return new Recipe<>(project, List.of());
    }

    /** With one more step at the end. */
    public Recipe<M> with(Step<M> step) {
        return new Recipe<>(
                project, Stream.concat(steps.stream(), Stream.of(step)).toList());
    }

    /** Without a step; the others stay in their order. */
    public Recipe<M> without(Step<M> step) {
        return new Recipe<>(
                project, steps.stream().filter(other -> !other.equals(step)).toList());
    }

    /** Makes the model: a fresh baseline on the project's own backend, through all steps, one after the other. */
    public Candidate<M> build() {
        // region Task 20.5: always from the start
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 20.5
        throw new UnsupportedOperationException(
                "Task 20.5: always from the start is not written yet: ./tito hint 20.5");
        // endregion
    }
}
