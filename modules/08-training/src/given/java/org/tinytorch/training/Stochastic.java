// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Stochastic.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.List;
import org.tinytorch.tensor.Generator;

/**
 * Something that draws random numbers while training, such as data that is shuffled: it shows its generators, so that a checkpoint can keep where
 * they stand and a resumed run draws the very same numbers.
 */
public interface Stochastic {
    /** The generators in use, always in the same order. */
    List<Generator> generators();
}
