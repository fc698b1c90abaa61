// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/capstone/Worth.java. Read it, don't edit it.
package org.tinytorch.capstone;

import java.util.Optional;

/**
 * What a step is worth now that all others are there.
 *
 * @param step its name
 * @param without what was measured of all others
 * @param points that are lost without it, or, if negative, won; nothing if the others do not work without it
 */
public record Worth(String step, Trial without, Optional<Double> points) {}
