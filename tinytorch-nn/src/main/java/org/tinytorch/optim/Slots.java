package org.tinytorch.optim;

import java.util.Set;

/**
 * The names of what an optimiser remembers of a parameter.
 *
 * @param required those that are there from the first step on
 * @param optional those that depend on the options
 */
public record Slots(Set<String> required, Set<String> optional) {
    /** Copies the sets. */
    public Slots {
        required = Set.copyOf(required);
        optional = Set.copyOf(optional);
    }
}
