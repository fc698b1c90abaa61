package org.tinytorch.acceleration;

import java.util.Arrays;
import org.tinytorch.attention.AttentionShape;
import org.tinytorch.attention.DotProductAttention;
import org.tinytorch.attention.MaskView;
import org.tinytorch.tensor.Tensor;

/** Some queries of one head in a row, and the weights that they give to the keys they see. One thread's. */
final class AttentionBlock {
    /** Queries in a block. */
    static final int ROWS = 32;

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

    /** The keys and the values of the head, column by column: products with rows that lie side by side need no packing while they are small. */
    private final double[] keyColumns;

    private final double[] valueColumns;

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
        this.keys = attention.keys(inputs).data();
        this.values = attention.values(inputs).data();
        this.mask = MaskView.of(attention, shape, inputs);
        int most = Math.multiplyExact(Math.min(ROWS, shape.queries()), shape.keys());
        this.weights = new double[most];
        this.room = new double[most];
        this.keyColumns = new double[shape.width() * shape.keys()];
        this.valueColumns = new double[shape.valueWidth() * shape.keys()];
    }

    /** Takes a head. */
    void head(int b, int h) {
        batch = b;
        head = h;
        Packing.bands(keyRows(keys, 0), shape.keys(), shape.keys(), shape.width(), keyColumns, 0);
    }

    /** Before gradients are sent back to a head. */
    void prepareGradients() {
        Packing.bands(valueRows(values, 0), shape.keys(), shape.keys(), shape.valueWidth(), valueColumns, 0);
    }

    /** Columns as a matrix of so many rows as a vector has numbers. */
    private Matrix transposed(double[] columnsOfHead) {
        return new Matrix(columnsOfHead, 0, shape.keys(), 1);
    }

    private Matrix queryRows(double[] data) {
        return new Matrix(data, shape.queryAt(batch, head, first), shape.queryStride(), 1);
    }

    private Matrix keyRows(double[] data, int from) {
        return new Matrix(data, from + shape.keyAt(batch, head, 0), shape.keyStride(), 1);
    }

    private Matrix valueRows(double[] data, int from) {
        return new Matrix(data, from + shape.valueAt(batch, head, 0), shape.valueStride(), 1);
    }

    private Matrix resultRows(double[] data) {
        return new Matrix(data, shape.resultAt(batch, head, first), shape.resultStride(), 1);
    }

    private Matrix square(double[] data) {
        return new Matrix(data, 0, columns, 1);
    }

    /** Takes the queries from one on, and works out their weights. */
    void look(int query) {
        first = query;
        rows = Math.min(ROWS, shape.queries() - query);
        columns = shape.visible(attention.causal(), query + rows - 1);
        gemm.multiply(rows, shape.width(), columns, queryRows(queries), transposed(keyColumns), square(room), false);
        for (int i = 0; i < rows; i++) {
            lessMaximum(i);
        }
        UnaryLoops.run(UnaryLoops::exp, room, 0, weights, 0, rows * columns);
        for (int at = 0; at < rows * columns; at += columns) {
            double sum = PlainLoops.sum(weights, at, at + columns);
            RowLoops.scale(weights, at, columns, sum == 0 ? 0 : 1 / sum); // 0: nothing may be looked at
        }
    }

    /** Scales the scores of a query and takes their maximum away; what it does not see gets −∞. */
    private void lessMaximum(int i) {
        int at = i * columns;
        int visible = shape.visible(attention.causal(), first + i);
        RowLoops.scale(room, at, columns, attention.scale());
        Arrays.fill(room, at + visible, at + columns, Double.NEGATIVE_INFINITY);
        if (!mask.allowsAll()) {
            int row = mask.row(batch, head, first + i);
            for (int key = 0; key < visible; key++) {
                room[at + key] = mask.allows(row, key) ? room[at + key] : Double.NEGATIVE_INFINITY;
            }
        }
        double max = RowLoops.max(room, at, columns);
        RowLoops.minus(room, at, max == Double.NEGATIVE_INFINITY ? 0 : max, room, at, columns);
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
        gemm.multiply(rows, columns, shape.valueWidth(), square(kept), valueRows(values, 0), resultRows(out), false);
    }

    /**
     * Adds these queries' part to the gradients; see {@link DotProductAttention.Gradient} for the formulas.
     *
     * @param begin whether they are the first to add to the gradients of their keys and values; these must be the last queries, which see all keys
     */
    void sendBack(double[] g, double[] gradients, boolean begin) {
        boolean add = !begin;
        Matrix ofResult = resultRows(g);
        Matrix ofKeys = keyRows(gradients, shape.keyGradients());
        Matrix ofValues = valueRows(gradients, shape.valueGradients());
        double[] kept = weights;
        if (attention.dropout() > 0) {
            drop(weights, room);
            kept = room;
        }
        gemm.multiply(columns, rows, shape.valueWidth(), square(kept).transposed(), ofResult, ofValues, add);
        gemm.multiply(rows, shape.valueWidth(), columns, ofResult, transposed(valueColumns), square(room), false);
        if (attention.dropout() > 0) {
            drop(room, room);
        }
        for (int at = 0; at < rows * columns; at += columns) {
            double average = PlainLoops.dot(weights, room, at, at + columns);
            RowLoops.softmaxGradient(weights, room, at, columns, average, attention.scale());
        }
        gemm.multiply(rows, columns, shape.width(), square(room), keyRows(keys, 0), queryRows(gradients), false);
        gemm.multiply(columns, rows, shape.width(), square(room).transposed(), queryRows(queries), ofKeys, add);
    }
}
