package org.tinytorch.capstone;

import java.util.Optional;

/**
 * What came of a recipe: figures, or a reason why there are none.
 *
 * @param figures if it could be made and measured
 * @param failure why not, in words; empty if it could
 */
public record Trial(Optional<Figures> figures, String failure) {
    /** It could be made and measured. */
    static Trial measured(Figures figures) {
        return new Trial(Optional.of(figures), "");
    }

    /** It could not. */
    static Trial failed(RuntimeException reason) {
        return new Trial(Optional.empty(), reason.getClass().getSimpleName() + ": " + reason.getMessage());
    }

    /**
     * Makes a recipe's model and measures it. An exception of a step, of the model or of what judges it is an answer like any other. An {@code Error}, such as too little memory, is passed on.
     */
    static <M> Trial of(Harness harness, Recipe<M> recipe) {
        // region Task 20.6: a step may fail
        try {
            return measured(harness.measure(recipe.project(), recipe.build()));
        } catch (RuntimeException reason) {
            return failed(reason);
        }
        // endregion
    }
}
