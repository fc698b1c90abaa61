// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/QuantizedConv2d.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.nn.Layer;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Convolution;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
import org.tinytorch.training.RawTensor;

/**
 * A {@link Conv2d} with small integers for weights and sums of integers, between layers of real numbers. A network whose layers are all quantised is faster as a {@link QuantizedNetwork}, which
 * stays with integers from layer to layer.
 */
public final class QuantizedConv2d extends Layer implements Quantized {
    private final IntegerConvolution sums;
    private final IntegerNetwork network;

    /**
     * A layer of these integers.
     *
     * @param weight {@code (out, in, kernel rows, kernel columns)}, zero points 0, a scale for all or one for each output
     * @param bias {@code (out,)}
     * @param convolution of one group
     * @param relu whether a rectifier follows
     * @param input how the input becomes integers
     */
    public QuantizedConv2d(
            QuantizedTensor weight, Tensor bias, Convolution convolution, boolean relu, Quantization input) {
        if (convolution.groups() != 1) {
            throw new IllegalArgumentException("quantized conv2d: " + convolution.groups()
                    + " groups are not possible; only convolutions of one group can be quantised");
        }
        this.sums = new IntegerConvolution(
                weight, bias.data().clone(), convolution.rows(), convolution.columns(), input, Optional.empty(), relu);
        this.network = new IntegerNetwork(input, List.of(sums), true);
    }

    /**
     * The same layer in integers.
     *
     * @param quantizer symmetric, per tensor or per channel
     * @param input how the input becomes integers; a {@link Calibrator} chooses it
     */
    public static QuantizedConv2d of(Conv2d layer, Quantizer quantizer, Quantization input) {
        Tensor bias = layer.bias()
                .map(Tensor::detach)
                .orElseGet(() -> Tensors.zeros(layer.weight().dim(0)));
        return new QuantizedConv2d(
                quantizer.quantize(layer.weight()), bias, layer.convolution(), layer.rectifies(), input);
    }

    /** The integers, {@code (out, in, kernel rows, kernel columns)}. */
    public QuantizedTensor weight() {
        return sums.weight();
    }

    @Override
    protected Tensor compute(Tensor x) {
        if (x.rank() != 4) {
            throw new IllegalArgumentException("quantized conv2d: input " + x.shape() + " is not (N, C, H, W)");
        }
        if (x.requiresGrad()) {
            throw Quantized.noGradient("quantized conv2d");
        }
        return Operation.run(network, x);
    }

    @Override
    public Map<String, RawTensor> rawState() {
        Map<String, RawTensor> state = new LinkedHashMap<>(RawIntegers.of("weight", weight()));
        state.put("bias", Precision.FLOAT32.store(Tensors.of(sums.bias())));
        state.putAll(RawIntegers.of("input", sums.input()));
        return state;
    }

    @Override
    protected String options() {
        return "in=" + sums.channels() + ", out=" + sums.outputs() + ", kernel="
                + sums.rows().size() + "x" + sums.columns().size() + ", int" + weight().bits()
                + (sums.relu() ? ", relu" : "");
    }
}
