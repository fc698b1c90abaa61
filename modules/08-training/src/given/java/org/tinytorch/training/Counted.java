// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Counted.java. Read it, don't edit it.
package org.tinytorch.training;

/** Data that knows how many batches one pass has, so that progress can be shown from the start. Data that does not is counted in the first epoch. */
public interface Counted {
    /** The number of batches in one pass. */
    int count();
}
