package org.tinytorch.caching;

import java.util.List;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.testing.Naive;
import org.tinytorch.testing.OperationSpec;
import org.tinytorch.testing.SpecProvider;
import org.tinytorch.testing.Values;

/** The specifications of module 16. */
public final class CachingOperations implements SpecProvider {
    private static final double SCALE = 0.6;

    @Override
    public List<OperationSpec> specs() {
        return List.of(OperationSpec.of("incremental attention", IncrementalAttention.class)
                .tolerance(1e-12)
                .sample(op(3), in -> attended(3, in), q(2, 1, 2, 4), k(2, 5, 2, 4), v(2, 5, 2, 3))
                .sample(op(1), in -> attended(1, in), q(1, 1, 4, 2), k(1, 1, 2, 2), v(1, 1, 2, 2))
                .sample(op(9), in -> attended(9, in), q(2, 1, 6, 5), k(2, 9, 1, 5), v(2, 9, 1, 37))
                .sample(op(70), in -> attended(70, in), q(1, 1, 2, 33), k(1, 80, 2, 33), v(1, 80, 2, 32))
                .sample(op(600), in -> attended(600, in), q(1, 1, 3, 40), k(1, 601, 3, 40), v(1, 601, 3, 20))
                .rejects(
                        IllegalArgumentException.class,
                        "incremental attention: queries (1, 2, 1, 4)",
                        op(3),
                        q(1, 2, 1, 4),
                        k(1, 5, 1, 4),
                        v(1, 5, 1, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "incremental attention: there cannot be 6 keys to look at with room for 5",
                        op(6),
                        q(1, 1, 1, 4),
                        k(1, 5, 1, 4),
                        v(1, 5, 1, 4))
                .rejects(
                        IllegalArgumentException.class,
                        "the newest token sees at least itself",
                        op(0),
                        q(1, 1, 1, 4),
                        k(1, 5, 1, 4),
                        v(1, 5, 1, 4))
                .build());
    }

    private static IncrementalAttention op(int kept) {
        return new IncrementalAttention(SCALE, kept);
    }

    private static Tensor q(int... dims) {
        return Values.spread(1, -2, 2, dims);
    }

    private static Tensor k(int... dims) {
        return Values.spread(2, -2, 2, dims);
    }

    private static Tensor v(int... dims) {
        return Values.spread(3, -1, 1, dims);
    }

    /** The formula, one number at a time. */
    private static Tensor attended(int kept, Tensor... in) {
        Tensor queries = in[0];
        Tensor keys = in[1];
        Tensor values = in[2];
        int together = queries.dim(2) / keys.dim(2);
        return Naive.fill(new int[] {queries.dim(0), 1, queries.dim(2), values.dim(3)}, at -> {
            double sum = 0;
            double weighted = 0;
            for (int key = 0; key < kept; key++) {
                double score = 0;
                for (int d = 0; d < queries.dim(3); d++) {
                    score += queries.get(at[0], 0, at[2], d) * keys.get(at[0], key, at[2] / together, d);
                }
                sum += Math.exp(SCALE * score);
                weighted += Math.exp(SCALE * score) * values.get(at[0], key, at[2] / together, at[3]);
            }
            return weighted / sum;
        });
    }
}
