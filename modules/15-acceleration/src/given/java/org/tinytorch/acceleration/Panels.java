// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Panels.java. Read it, don't edit it.
package org.tinytorch.acceleration;

/** One block of each side, copied into the order in which the innermost loop reads it, and their product. Belongs to one thread. */
interface Panels {
    /** Copies a block of the left side. */
    void packLeft(Matrix a, int rows, int steps);

    /** Copies a block of the right side. */
    void packRight(Matrix b, int steps, int columns);

    /** The product of the two blocks that were packed last: takes the place of C, or is added to it. */
    void multiply(int rows, int steps, int columns, Matrix c, boolean add);

    /** Rows of a tile. */
    int tileRows();
}
