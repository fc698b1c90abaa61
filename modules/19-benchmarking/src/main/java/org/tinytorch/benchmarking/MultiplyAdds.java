// Yours: task 19.6. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/MultiplyAdds.java.
package org.tinytorch.benchmarking;

import org.tinytorch.attention.AttentionShape;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.tensor.MatMul;

/** How many multiply-adds the three operations take that do most of the work in neural networks. A long, since a large product has more than 2³¹. */
final class MultiplyAdds {
    private MultiplyAdds() {}

    /** Of products of matrices, {@code matrices · m · k · n}: each of the m · n numbers of a result is a sum of k products. For (32, 784) x (784, 10) they are 250,880. */
    static long of(MatMul.Sizes s) {
        return (long) s.batch().size() * s.m() * s.k() * s.n();
    }

    /**
     * Of a convolution, {@code N · O · rows · columns · C / groups · kernel rows · kernel columns}: each number of the result is a sum over a window of all channels that it sees. Products with zeros of
     * the padding count too, as other counters have it. For one image of 3 channels, 8 kernels of 3 x 3 and a result of 10 x 10 they are {@code 8 · 100 · 27 = 21,600}.
     */
    static long of(Convolution convolution, Convolution.Sizes s) {
        // region Task 19.6: what a convolution costs
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 19.6
        throw new UnsupportedOperationException(
                "Task 19.6: what a convolution costs is not written yet: ./tito hint 19.6");
        // endregion
    }

    /**
     * How often a query looks at a key, over the batch and all heads: {@code B · H · Tq · Tk}; causal, without those that come after it. For one head and four places they are 16, or causal 10.
     */
    static long looks(boolean causal, AttentionShape s) {
        long looks = 0;
        for (int query = 0; query < s.queries(); query++) {
            looks += s.visible(causal, query);
        }
        return looks * s.batch() * s.heads();
    }
}
