// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/ClassScore.java. Read it, don't edit it.
package org.tinytorch.training;

/**
 * How well one class is told from the others.
 *
 * @param name the class
 * @param precision of the samples taken for this class, the share that belongs to it; 0 if none was
 * @param recall of the samples of this class, the share that was found; 0 if there were none
 * @param f1 the harmonic mean of both, {@code 2pr/(p + r)}; 0 if both are 0
 * @param support the number of samples of this class
 */
public record ClassScore(String name, double precision, double recall, double f1, long support) {
    /**
     * The scores of one class against the rest.
     *
     * @param right samples of this class that were found
     * @param predicted samples that were taken for this class
     * @param actual samples of this class
     */
    public static ClassScore of(String name, long right, long predicted, long actual) {
        return new ClassScore(
                name, ratio(right, predicted), ratio(right, actual), ratio(2 * right, predicted + actual), actual);
    }

    private static double ratio(long part, long total) {
        return total == 0 ? 0 : (double) part / total; // as scikit-learn does by default
    }
}
