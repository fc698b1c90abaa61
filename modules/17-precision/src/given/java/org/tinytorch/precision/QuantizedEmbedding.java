// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/QuantizedEmbedding.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.embedding.TokenTable;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Indices;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.RawTensor;

/** An {@link Embedding} with small integers for rows, each with a scale of its own. A tied model's last layer reads the same integers, through {@link IntegerProduct}. */
public final class QuantizedEmbedding extends Layer implements TokenTable, Quantized {
    private final IntegerProduct product;

    /** @param table {@code (V, C)}, zero points 0 */
    public QuantizedEmbedding(QuantizedTensor table) {
        this.product = new IntegerProduct(table, Optional.empty());
    }

    /** The same table in integers. */
    public static QuantizedEmbedding of(Embedding embedding, Quantizer quantizer) {
        return new QuantizedEmbedding(quantizer.quantize(embedding.weight()));
    }

    /** The integers, {@code (V, C)}. */
    public QuantizedTensor weight() {
        return product.weight();
    }

    @Override
    protected Tensor compute(Tensor ids) {
        int width = product.in();
        double[] rows = new double[Math.multiplyExact(ids.size(), width)];
        for (int i = 0; i < ids.size(); i++) {
            int id = Indices.at(ids, i, product.out(), "quantized embedding");
            for (int p = 0; p < width; p++) {
                rows[i * width + p] = weight().values()[id * width + p] * product.scaleOf(id, p);
            }
        }
        int[] dims = Arrays.copyOf(ids.shape().dims(), ids.rank() + 1);
        dims[ids.rank()] = width;
        return Tensors.of(rows, dims);
    }

    @Override
    public Tensor scores(Tensor rows) {
        if (rows.requiresGrad()) {
            throw Quantized.noGradient("quantized embedding");
        }
        return Operation.run(product, rows);
    }

    @Override
    public Map<String, RawTensor> rawState() {
        return new LinkedHashMap<>(RawIntegers.of("weight", weight()));
    }

    @Override
    protected String options() {
        return product.out() + ", " + product.in() + ", int" + weight().bits();
    }
}
