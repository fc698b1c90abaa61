package org.tinytorch.milestones;

import java.util.Locale;

/** Ways from a trained network to a smaller one, and what they are held against. */
enum Compression {
    /** The network as it was trained. */
    TRAINED,

    /** Integers of 8 bits from the first layer to the last (module 17). */
    INT8,

    /** The smallest weights are 0, in all layers together; the others are trained a little more (module 18). */
    PRUNED,

    /** Whole channels are gone; the others are trained a little more (module 18). */
    CHANNELS,

    /** A small network that learns from the labels. */
    ALONE,

    /** The same small network, and in the same batches; it learns from the trained one, too (module 18). */
    DISTILLED;

    /** In tables, and of a file. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
