package org.tinytorch.acceleration;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The sum of products of two stretches of memory, with the Vector API. Loaded only where there is one. {@link FewRows} computes four such sums at once, and asks this for those that are left over. */
final class DotProduct {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private DotProduct() {}

    /**
     * {@code Σ a[aAt + p] · b[bAt + p]} over p from 0 up to {@code length}, in as many sums side by side as a vector has lanes; what fills no vector is added at the end.
     *
     * <p>With 4 lanes and a length of 10: two vectors of products, added lane by lane, then the four lanes together, then two products.
     */
    static double of(double[] a, int aAt, double[] b, int bAt, int length) {
        // region Task 15.6: lanes and tail
        DoubleVector sums = DoubleVector.zero(SPECIES);
        int whole = SPECIES.loopBound(length);
        for (int p = 0; p < whole; p += SPECIES.length()) {
            DoubleVector x = DoubleVector.fromArray(SPECIES, a, aAt + p);
            sums = DoubleVector.fromArray(SPECIES, b, bAt + p).fma(x, sums);
        }
        double sum = sums.reduceLanes(VectorOperators.ADD);
        for (int p = whole; p < length; p++) {
            sum += a[aAt + p] * b[bAt + p];
        }
        return sum;
        // endregion
    }
}
