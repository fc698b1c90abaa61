package org.tinytorch.milestones;

import java.util.Locale;

/** What makes a trained model faster, in the order of the modules 15 to 18. */
enum Technique {
    /** Vector instructions on all cores, in the place of the educational loops. */
    ACCELERATION,
    /** Keys and values are remembered, so that a token is worked out once. */
    CACHING,
    /** Integers of 8 bits in the place of real numbers. */
    PRECISION,
    /** Channels, hidden units and heads that matter least are removed, and the rest is trained a little more. */
    COMPRESSION;

    /** In tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
