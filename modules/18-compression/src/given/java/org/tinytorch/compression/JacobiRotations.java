// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/JacobiRotations.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Turns the columns of a matrix, two at a time, until all are at right angles (one-sided Jacobi; Hestenes, 1958). Turning multiplies by orthogonal matrices from the right, whose product is V: so
 * {@code A · V = U · diag(s)}, and the lengths of the columns are the singular values.
 */
final class JacobiRotations {
    /** The cosine of an angle that counts as right. */
    private static final double RIGHT_ANGLE = 1e-15;

    /** Some ten are enough for any matrix; this is a guard. */
    private static final int MOST_SWEEPS = 60;

    private final int rows;
    private final double scale;
    private final double[][] columns;
    private final double[][] v;

    /** @param a finite, with at least as many rows as columns */
    JacobiRotations(Tensor a) {
        this.rows = a.dim(0);
        double largest = Arrays.stream(a.data()).map(Math::abs).max().orElse(0);
        this.scale = largest == 0 ? 1 : largest; // so that squares neither overflow nor vanish
        this.columns = new double[a.dim(1)][rows];
        this.v = new double[a.dim(1)][a.dim(1)];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < rows; i++) {
                columns[j][i] = a.data()[i * columns.length + j] / scale;
            }
            v[j][j] = 1;
        }
    }

    /** Turns every pair of columns, again and again, until nothing is left to turn. */
    void run() {
        double negligible = negligible();
        boolean turned = true;
        for (int sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
            turned = false;
            for (int p = 0; p < columns.length; p++) {
                for (int q = p + 1; q < columns.length; q++) {
                    turned |= turn(p, q, negligible);
                }
            }
        }
    }

    /** A length that is nothing but rounding beside that of the whole matrix. */
    private double negligible() {
        double energy = Arrays.stream(columns).mapToDouble(c -> dot(c, c)).sum();
        return Math.sqrt(energy) * rows * Math.ulp(1.0);
    }

    /**
     * Turns two columns x and y so that they are at right angles: with {@code ζ = (y·y − x·x) / 2x·y} by the angle whose tangent is {@code sign(ζ) / (|ζ| + √(1 + ζ²))}.
     *
     * @return false if they were at right angles, or one of them is negligible
     */
    private boolean turn(int p, int q, double negligible) {
        double xx = dot(columns[p], columns[p]);
        double yy = dot(columns[q], columns[q]);
        double xy = dot(columns[p], columns[q]);
        boolean tiny = Math.sqrt(Math.min(xx, yy)) <= negligible;
        if (tiny || Math.abs(xy) <= rows * RIGHT_ANGLE * Math.sqrt(xx) * Math.sqrt(yy)) {
            return false;
        }
        double zeta = (yy - xx) / (2 * xy);
        double tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cosine = 1 / Math.hypot(1, tangent);
        rotate(columns[p], columns[q], cosine, cosine * tangent);
        rotate(v[p], v[q], cosine, cosine * tangent);
        return true;
    }

    private static void rotate(double[] x, double[] y, double cosine, double sine) {
        for (int i = 0; i < x.length; i++) {
            double xi = x[i];
            x[i] = cosine * xi - sine * y[i];
            y[i] = sine * xi + cosine * y[i];
        }
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** The columns that are not negligible, the longest first. */
    Svd result() {
        double[] lengths =
                Arrays.stream(columns).mapToDouble(c -> Math.sqrt(dot(c, c))).toArray();
        double negligible = negligible();
        int[] order = IntStream.range(0, lengths.length)
                .filter(j -> lengths[j] > negligible)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -lengths[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        Tensor u = Tensors.zeros(rows, order.length);
        Tensor s = Tensors.zeros(order.length);
        Tensor right = Tensors.zeros(v.length, order.length);
        for (int k = 0; k < order.length; k++) {
            double length = lengths[order[k]];
            s.set(length * scale, k);
            for (int i = 0; i < rows; i++) {
                u.set(columns[order[k]][i] / length, i, k);
            }
            for (int i = 0; i < v.length; i++) {
                right.set(v[order[k]][i], i, k);
            }
        }
        return new Svd(u, s, right);
    }
}
