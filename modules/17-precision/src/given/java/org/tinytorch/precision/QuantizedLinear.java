// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/QuantizedLinear.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.RawTensor;

/**
 * A {@link Linear} with small integers for weights, like {@code torch.ao.nn.quantized.dynamic.Linear}: an eighth of the memory, and products by {@link IntegerProduct}. For inference: it does not learn.
 *
 * <pre>{@code
 * Layer small = QuantizedLinear.of(linear, Quantizer.symmetric(8).perChannel());
 * }</pre>
 */
public final class QuantizedLinear extends Layer implements Quantized {
    private final IntegerProduct product;
    private final Optional<Tensor> bias;

    /**
     * A layer of these integers.
     *
     * @param weight {@code (out, in)}, zero points 0
     * @param bias {@code (out,)}, in full precision
     * @param input how the input becomes integers; if it is not given, each row is quantised for itself
     */
    public QuantizedLinear(QuantizedTensor weight, Optional<Tensor> bias, Optional<Quantization> input) {
        this.product = new IntegerProduct(weight, input);
        this.bias = bias.map(values -> values.detach().copy());
        bias.ifPresent(values -> {
            if (!values.shape().equals(Shape.of(product.out()))) {
                throw new IllegalArgumentException("quantized linear: a bias of shape " + values.shape()
                        + " does not fit a weight of shape " + weight.shape());
            }
        });
    }

    /**
     * The same layer in integers; the input is quantised as it comes.
     *
     * @param quantizer symmetric
     */
    public static QuantizedLinear of(Linear linear, Quantizer quantizer) {
        return new QuantizedLinear(
                quantizer.quantize(linear.weight()), linear.bias().map(bias -> bias), Optional.empty());
    }

    /** The same layer for inputs of a known range. */
    public QuantizedLinear withInput(Quantization input) {
        return new QuantizedLinear(product.weight(), bias, Optional.of(input));
    }

    /** The integers, {@code (out, in)}. */
    public QuantizedTensor weight() {
        return product.weight();
    }

    @Override
    protected Tensor compute(Tensor x) {
        if (x.rank() == 0 || x.dim(-1) != product.in()) {
            throw new IllegalArgumentException("quantized linear: input " + x.shape()
                    + " does not fit; the layer expects (…, " + product.in() + ")");
        }
        if (x.requiresGrad()) {
            throw Quantized.noGradient("quantized linear");
        }
        Tensor rows = x.rank() == 2 ? x : x.reshape(-1, product.in());
        Tensor y = Operation.run(product, rows);
        Tensor all = bias.isPresent() ? y.add(bias.get()) : y;
        return x.rank() == 2 ? all : all.reshape(x.shape().with(-1, product.out()));
    }

    @Override
    public Map<String, RawTensor> rawState() {
        Map<String, RawTensor> state = new LinkedHashMap<>(RawIntegers.of("weight", weight()));
        bias.ifPresent(values -> state.put("bias", Precision.FLOAT32.store(values)));
        product.input().ifPresent(input -> state.putAll(RawIntegers.of("input", input)));
        return state;
    }

    @Override
    protected String options() {
        return "in=" + product.in() + ", out=" + product.out() + ", int" + weight().bits() + ", bias="
                + bias.isPresent() + (product.input().isPresent() ? ", static" : ", dynamic");
    }
}
