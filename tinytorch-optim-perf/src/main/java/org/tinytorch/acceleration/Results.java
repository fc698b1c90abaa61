package org.tinytorch.acceleration;

/** Where the arrays of results come from. */
final class Results {
    private Results() {}

    /** An array whose content is to be overwritten. */
    static double[] array(int size) {
        return new double[size];
    }
}
