// Yours: tasks 13.1, 13.2, 13.3, 13.7. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-text/src/main/java/org/tinytorch/attention/AttentionRow.java.
package org.tinytorch.attention;

import java.util.Arrays;
import org.tinytorch.tensor.Tensor;

/** One query and the weights that it gives to the keys it sees. */
final class AttentionRow {
    private final DotProductAttention attention;
    private final AttentionShape shape;
    private final double[] queries;
    private final double[] keys;
    private final double[] values;
    private final MaskView mask;
    private final double[] weights;

    private int batch;
    private int head;
    private int query;
    private int visible;
    private int queryAt;
    private int maskAt;

    /** @param inputs queries, keys, values and, if there is one, a mask */
    AttentionRow(DotProductAttention attention, AttentionShape shape, Tensor... inputs) {
        this.attention = attention;
        this.shape = shape;
        this.queries = inputs[0].data();
        this.keys = attention.keys(inputs).data();
        this.values = attention.values(inputs).data();
        this.mask = MaskView.of(attention, shape, inputs);
        this.weights = new double[shape.keys()];
    }

    /** Takes a query. */
    void stand(int b, int h, int next) {
        batch = b;
        head = h;
        query = next;
        visible = shape.visible(attention.causal(), query);
        queryAt = shape.queryAt(b, h, query);
        maskAt = mask.row(b, h, query);
    }

    /** {@code scale · q·k}: how well a key fits the query. With the scale 0.5, the query {@code [1, 2]} and the key {@code [3, 4]} it is 5.5. */
    double score(int key) {
        int keyAt = keyAt(key);
        // region Task 13.1: how well a key fits a query
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 13.1
        throw new UnsupportedOperationException(
                "Task 13.1: how well a key fits a query is not written yet: ./tito hint 13.1");
        // endregion
    }

    /**
     * Turns the first {@code length} scores into weights that add up to 1, in place, and leaves what comes behind them. A score of −∞ becomes 0. If all are −∞, nothing may be looked at, and all
     * weights are 0.
     */
    static void softmax(double[] scores, int length) {
        // region Task 13.2: scores become weights
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 13.2
        throw new UnsupportedOperationException(
                "Task 13.2: scores become weights is not written yet: ./tito hint 13.2");
        // endregion
    }

    /** Takes a query, and works out its weights: those of the keys that its mask hides are 0. */
    void look(int b, int h, int next) {
        stand(b, h, next);
        // region Task 13.3: hide before you weigh
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 13.3
        throw new UnsupportedOperationException(
                "Task 13.3: hide before you weigh is not written yet: ./tito hint 13.3");
        // endregion
    }

    private boolean mayLook(int key) {
        return mask.allows(maskAt, key);
    }

    /** How many keys the query sees. */
    int visible() {
        return visible;
    }

    /** The weight of a key, before dropout. */
    double weight(int key) {
        return weights[key];
    }

    /** By what dropout multiplies a weight. */
    double kept(int key) {
        return attention.kept((((long) batch * shape.heads() + head) * shape.queries() + query) * shape.keys() + key);
    }

    private int keyAt(int key) {
        return shape.keyAt(batch, head, key);
    }

    /** Where a value begins. */
    int valueAt(int key) {
        return shape.valueAt(batch, head, key);
    }

    /** Where the query's result begins. */
    int resultAt() {
        return shape.resultAt(batch, head, query);
    }

    /**
     * Adds this query's part to the gradients; {@link DotProductAttention.Gradient} has the formulas.
     *
     * @param g of all results; this query's begins at {@link #resultAt}
     * @param gradients of queries, keys and values: this query's begins at {@code queryAt}, that of a key at {@code keyGradients + keyAt(key)}, that of a value at {@code valueGradients + valueAt(key)}
     */
    void sendBack(double[] g, double[] gradients) {
        int keyGradients = shape.keyGradients();
        int valueGradients = shape.valueGradients();
        int resultAt = resultAt();
        double[] ofWeights = new double[visible];
        // region Task 13.7: the way back through a row
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 13.7
        throw new UnsupportedOperationException(
                "Task 13.7: the way back through a row is not written yet: ./tito hint 13.7");
        // endregion
    }
}
