package org.tinytorch.milestones;

import java.util.List;

/**
 * All steps of a model.
 *
 * @param model what was made faster
 * @param rows from the loops on
 * @param notes what else there is to say of the measuring
 */
record SpeedupResult(SpeedupModel model, List<SpeedupRow> rows, List<String> notes) {
    /** Copies the lists. */
    SpeedupResult {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /** The model without any technique. */
    Measured loops() {
        return rows.get(0).measured();
    }

    /** The model with all the techniques that paid. */
    SpeedupRow last() {
        return rows.stream()
                .filter(row -> row.verdict().pays())
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /** How many times as fast as the loops it became. */
    double overall() {
        return last().overall();
    }

    /** How much accuracy that cost, or how much loss came with it. */
    double lost() {
        return model.quality().lost(loops().quality(), last().measured().quality());
    }

    /** How many steps do not pay. */
    int notPaying() {
        return (int) rows.stream().filter(row -> !row.verdict().pays()).count();
    }
}
