// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/Svd.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Arrays;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * A matrix as a sum of simple ones, each a column times a row: {@code A = U · diag(s) · Vᵀ = Σᵢ sᵢ · uᵢ · vᵢᵀ}, the singular value decomposition, like {@code torch.linalg.svd}. The parts are
 * at right angles and sorted by size, so that the first k of them are the best approximation of rank k there is, with a squared error of {@code Σ sᵢ²} over those that are left out
 * (Eckart and Young, 1936).
 *
 * <p>Only what is not 0 is kept: r parts for a matrix of rank r.
 *
 * @param u {@code (m, r)}, its columns of length 1 and at right angles
 * @param singularValues {@code (r,)}, positive, the largest first
 * @param v {@code (n, r)}, its columns of length 1 and at right angles
 */
public record Svd(Tensor u, Tensor singularValues, Tensor v) {
    /**
     * Decomposes a matrix.
     *
     * @param a {@code (m, n)}
     * @throws IllegalArgumentException if it is no matrix, or a number is NaN or infinite
     */
    public static Svd of(Tensor a) {
        if (a.rank() != 2) {
            throw new IllegalArgumentException("svd: a tensor of shape " + a.shape() + " is not a matrix");
        }
        PrunableWeights.checkFinite("svd", "matrix", a);
        if (a.dim(0) < a.dim(1)) {
            Svd other = of(a.detach().transpose());
            return new Svd(other.v, other.singularValues, other.u);
        }
        JacobiRotations rotations = new JacobiRotations(a);
        rotations.run();
        return rotations.result();
    }

    /** How many parts there are, r. */
    public int rank() {
        return singularValues.size();
    }

    /**
     * The first parts only; all, if there are no more than that.
     *
     * @param parts at least 0
     * @throws IllegalArgumentException if that is negative
     */
    public Svd truncated(int parts) {
        if (parts < 0) {
            throw new IllegalArgumentException("svd: the first " + parts + " parts are not possible; use 0 or more");
        }
        return new Svd(u.slice(1, 0, parts), singularValues.slice(0, 0, parts), v.slice(1, 0, parts));
    }

    /**
     * The fewest parts that hold a share of the energy, {@code Σ sᵢ²}, which is also the sum of the squares of all numbers of the matrix. With the singular values 3 and 1, one part holds {@code 9/10}.
     *
     * @param share above 0, up to 1
     * @throws IllegalArgumentException if it is out of range
     */
    public int rankFor(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "svd: a share of " + share + " of the energy is not possible; use above 0, up to 1");
        }
        double[] energies = Arrays.stream(singularValues.data())
                .map(s -> s / singularValues.get(0)) // squares of huge or tiny numbers would be lost
                .map(s -> s * s)
                .toArray();
        double wanted = share * Arrays.stream(energies).sum();
        double held = 0;
        int parts = 0;
        while (parts < energies.length && held < wanted) {
            held += energies[parts++];
        }
        return parts;
    }

    /** {@code U · diag(s) · Vᵀ}, {@code (m, n)}. */
    public Tensor matrix() {
        return rank() == 0
                ? Tensors.zeros(u.dim(0), v.dim(0))
                : u.mul(singularValues).matmul(v.transpose());
    }
}
