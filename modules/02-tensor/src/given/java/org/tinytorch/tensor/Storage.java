// Given code, written by tito sync from tinytorch-core/src/main/java/org/tinytorch/tensor/Storage.java. Read it, don't edit it.
package org.tinytorch.tensor;

/** The numbers of one or more tensors (a reshaped tensor shares them) and a counter of how often they were written to. */
final class Storage {
    final double[] data;
    private int version;

    Storage(double[] data) {
        this.data = data;
    }

    int version() {
        return version;
    }

    void written() {
        version++;
    }
}
