package org.tinytorch.milestones;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A trained model that can be used with some techniques and without the others. */
interface SpeedupModel {
    /** In tables, a word: {@code cnn}. */
    String name();

    /** What is worked out one after the other: {@code image} or {@code token}. */
    String item();

    /** What is known of it, in a sentence, for reports. */
    String description();

    /** The techniques that it has a use for, in the order in which they are tried. */
    List<Technique> techniques();

    /** How it is judged. */
    Quality quality();

    /**
     * A copy of the trained model, prepared to be used with some techniques. Whether its operations are accelerated is the backend's business, not the copy's; acceleration only says how much can be asked of a run.
     */
    Workload with(Set<Technique> used);

    /** A copy that writes while somebody reads along, prepared in the same way; nothing if the model does not write. */
    default Optional<LiveWriter> writer(Set<Technique> used) {
        return Optional.empty();
    }
}
