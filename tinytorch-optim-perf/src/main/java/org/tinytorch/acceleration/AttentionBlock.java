package org.tinytorch.acceleration;

import java.util.Arrays;
import org.tinytorch.attention.AttentionShape;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.attention.MaskView;
import org.tinytorch.tensor.Tensor;

/** Some queries of one head in a row, and the weights that they give to the keys they see. One thread's. */
final class AttentionBlock {
    /** Queries in a block. */
    static final int ROWS = 64;

    private final Gemm gemm;
    private final DotProductAttention attention;
    private final AttentionShape shape;
    private final double[] queries;
    private final double[] keys;
    private final double[] values;
    private final MaskView mask;

    /** A row for each query, {@code columns} apart. */
    private final double[] weights;

    private final double[] room;

    private int batch;
    private int head;
    private int first;
    private int rows;
    private int columns;

    /** @param inputs queries, keys, values and, if there is one, a mask */
    AttentionBlock(Gemm gemm, DotProductAttention attention, AttentionShape shape, Tensor... inputs) {
        this.gemm = gemm;
        this.attention = attention;
        this.shape = shape;
        this.queries = inputs[0].data();
        this.keys = inputs[1].data();
        this.values = inputs[2].data();
        this.mask = MaskView.of(shape, inputs);
        int most = Math.multiplyExact(Math.min(ROWS, shape.queries()), shape.keys());
        this.weights = new double[most];
        this.room = new double[most];
    }

    /** Takes a head. */
    void head(int b, int h) {
        batch = b;
        head = h;
    }

    private Matrix queryRows() {
        return new Matrix(queries, shape.queryStart(batch, head) + first * shape.width(), shape.width(), 1);
    }

    private Matrix keyRows() {
        return new Matrix(keys, shape.keyStart(batch, head), shape.width(), 1);
    }

    private Matrix valueRows() {
        return new Matrix(values, shape.valueStart(batch, head), shape.valueWidth(), 1);
    }

    private Matrix resultRows(double[] data) {
        return new Matrix(data, shape.resultStart(batch, head) + first * shape.valueWidth(), shape.valueWidth(), 1);
    }

    private Matrix square(double[] data) {
        return new Matrix(data, 0, columns, 1);
    }

    /** Takes the queries from one on, and works out their weights. */
    void look(int query) {
        first = query;
        rows = Math.min(ROWS, shape.queries() - query);
        columns = shape.visible(attention.causal(), query + rows - 1);
        gemm.multiply(rows, shape.width(), columns, queryRows(), keyRows().transposed(), square(room), false);
        for (int i = 0; i < rows; i++) {
            lessMaximum(i);
        }
        UnaryLoops.run(UnaryLoops::exp, room, 0, weights, 0, rows * columns);
        for (int at = 0; at < rows * columns; at += columns) {
            double sum = PlainLoops.sum(weights, at, at + columns);
            PlainLoops.scale(weights, at, columns, sum == 0 ? 0 : 1 / sum); // 0: nothing may be looked at
        }
    }

    /** Scales the scores of a query and takes their maximum away; what it does not see gets −∞. */
    private void lessMaximum(int i) {
        int at = i * columns;
        int visible = shape.visible(attention.causal(), first + i);
        PlainLoops.scale(room, at, visible, attention.scale());
        if (!mask.allowsAll()) {
            int row = mask.row(batch, head, first + i);
            for (int key = 0; key < visible; key++) {
                room[at + key] = mask.allows(row, key) ? room[at + key] : Double.NEGATIVE_INFINITY;
            }
        }
        double max = PlainLoops.max(room, at, at + visible);
        PlainLoops.minus(room, at, max == Double.NEGATIVE_INFINITY ? 0 : max, room, at, visible);
        Arrays.fill(room, at + visible, at + columns, Double.NEGATIVE_INFINITY);
    }

    /** Multiplies numbers that belong to the weights by what dropout makes of each. */
    private void drop(double[] from, double[] to) {
        for (int i = 0; i < rows; i++) {
            long weight = (((long) batch * shape.heads() + head) * shape.queries() + first + i) * shape.keys();
            for (int key = 0; key < columns; key++) {
                to[i * columns + key] = from[i * columns + key] * attention.kept(weight + key);
            }
        }
    }

    /** Writes the averages of the values. */
    void mix(double[] out) {
        double[] kept = weights;
        if (attention.dropout() > 0) {
            drop(weights, room);
            kept = room;
        }
        gemm.multiply(rows, columns, shape.valueWidth(), square(kept), valueRows(), resultRows(out), false);
    }

    /** Sets to 0 where the gradients of this head's keys and values are summed up. */
    void clear(double[] gradients) {
        int keysAt = queries.length + shape.keyStart(batch, head);
        Arrays.fill(gradients, keysAt, keysAt + shape.keys() * shape.width(), 0);
        int valuesAt = queries.length + keys.length + shape.valueStart(batch, head);
        Arrays.fill(gradients, valuesAt, valuesAt + shape.keys() * shape.valueWidth(), 0);
    }

    /** Adds these queries' part to the gradients; see {@link DotProductAttention.Gradient} for the formulas. */
    void sendBack(double[] g, double[] gradients) {
        Matrix ofResult = resultRows(g);
        Matrix ofQueries =
                new Matrix(gradients, shape.queryStart(batch, head) + first * shape.width(), shape.width(), 1);
        Matrix ofKeys = new Matrix(gradients, queries.length + shape.keyStart(batch, head), shape.width(), 1);
        Matrix ofValues = new Matrix(
                gradients,
                queries.length + keys.length + shape.valueStart(batch, head),
                shape.valueWidth(),
                1);
        double[] kept = weights;
        if (attention.dropout() > 0) {
            drop(weights, room);
            kept = room;
        }
        gemm.multiply(columns, rows, shape.valueWidth(), square(kept).transposed(), ofResult, ofValues, true);
        gemm.multiply(rows, shape.valueWidth(), columns, ofResult, valueRows().transposed(), square(room), false);
        if (attention.dropout() > 0) {
            drop(room, room);
        }
        for (int at = 0; at < rows * columns; at += columns) {
            double average = AttentionLoops.dot(weights, room, at, columns);
            AttentionLoops.softmaxGradient(weights, room, at, columns, average, attention.scale());
        }
        gemm.multiply(rows, columns, shape.width(), square(room), keyRows(), ofQueries, false);
        gemm.multiply(columns, rows, shape.width(), square(room).transposed(), queryRows(), ofKeys, true);
    }
}
