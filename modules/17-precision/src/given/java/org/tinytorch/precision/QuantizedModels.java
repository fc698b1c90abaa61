// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/QuantizedModels.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.RawTensor;
import org.tinytorch.training.RawTensors;

/**
 * Saves and loads models some of whose layers are quantised: integers stay bytes, other parameters take the precision one chooses. In the format safetensors.
 *
 * <pre>{@code
 * DynamicQuantization.apply(gpt, Quantizer.symmetric(8).perChannel());
 * QuantizedModels.save(gpt, file, Precision.FLOAT32);
 * Gpt again = new Gpt(config, generator);
 * QuantizedModels.load(again, file); // its layers are integers now, too
 * }</pre>
 */
public final class QuantizedModels {
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";
    private static final String INPUT = "input";

    private QuantizedModels() {}

    /**
     * Writes a model, as a whole or not at all.
     *
     * @param others the type of what is not quantised
     * @throws IllegalArgumentException if a {@link QuantizedNetwork} is in it, which is a file of its own
     * @throws IOException if writing fails; no partial file is left behind
     */
    public static void save(Layer model, Path file, Precision others) throws IOException {
        new RawTensors(state(model, others), Map.of()).write(file);
    }

    /** How many bytes the numbers of a model take when it is saved. */
    public static long bytes(Layer model, Precision others) {
        return state(model, others).values().stream()
                .mapToLong(tensor -> tensor.bytes().length)
                .sum();
    }

    private static Map<String, RawTensor> state(Layer model, Precision others) {
        Map<String, RawTensor> all = new LinkedHashMap<>(others.store(model.stateDict()));
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof QuantizedNetwork) {
                throw new IllegalArgumentException(
                        "quantized model: '" + path
                                + "' is a QuantizedNetwork, which knows its own architecture; write it with QuantizedNetwork.write");
            }
            if (layer instanceof Quantized quantized) {
                quantized.rawState().forEach((name, tensor) -> all.put(join(path, name), tensor));
            }
        });
        return all;
    }

    /**
     * Reads a model into one of the same architecture that is not quantised: layers that the file has in integers are put in the place of those of real numbers.
     *
     * @throws IOException if there is no such file, or it is none of safetensors
     * @throws IllegalArgumentException if the file does not fit the model, or its entries do not fit each other; nothing is changed then
     */
    public static void load(Layer model, Path file) throws IOException {
        Map<String, RawTensor> all = new LinkedHashMap<>(RawTensors.read(file).tensors());
        Map<Layer, Layer> replacements = new IdentityHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (all.containsKey(join(path, WEIGHT + RawIntegers.SCALE))) {
                replacements.put(layer, quantised(path, layer, take(all, path)));
            }
        });
        Map<String, Tensor> rest = new LinkedHashMap<>();
        for (Map.Entry<String, RawTensor> entry : all.entrySet()) {
            rest.put(entry.getKey(), numbers(file, entry));
        }
        LayerSwap.apply(model, replacements);
        try {
            model.loadStateDict(rest);
        } catch (IllegalArgumentException e) {
            LayerSwap.apply(model, LayerSwap.inverse(replacements));
            throw e;
        }
    }

    private static Tensor numbers(Path file, Map.Entry<String, RawTensor> entry) throws IOException {
        try {
            return entry.getValue().tensor();
        } catch (ArithmeticException e) {
            throw new IOException("quantized model: " + file + ": " + entry.getKey() + ": " + e.getMessage(), e);
        }
    }

    /** Takes what belongs to a layer out of all tensors. */
    private static Map<String, RawTensor> take(Map<String, RawTensor> all, String path) {
        String prefix = join(path, "");
        Map<String, RawTensor> own = new LinkedHashMap<>();
        all.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), tensor);
            }
        });
        own.keySet().forEach(name -> all.remove(prefix + name));
        return own;
    }

    private static Layer quantised(String path, Layer layer, Map<String, RawTensor> own) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    "quantized model: the model is a single layer, which cannot be replaced; put it into a Sequential");
        }
        Layer quantised = read(path, layer, own);
        own.keySet().removeAll(((Quantized) quantised).rawState().keySet());
        if (!own.isEmpty()) {
            throw new IllegalArgumentException("quantized model: '" + path + "' has " + own.keySet()
                    + " in the file, which the model has no place for; build the architecture that was saved");
        }
        return quantised;
    }

    private static Layer read(String path, Layer layer, Map<String, RawTensor> own) {
        QuantizedTensor weight = RawIntegers.tensor(WEIGHT, own);
        Optional<Tensor> bias = Optional.ofNullable(own.get(BIAS)).map(RawTensor::tensor);
        if (layer instanceof Linear linear) {
            checkFits(path, linear.weight(), weight, linear.bias().isPresent() == bias.isPresent());
            Optional<Quantization> input = own.containsKey(INPUT + RawIntegers.SCALE)
                    ? Optional.of(RawIntegers.input(INPUT, own))
                    : Optional.empty();
            return new QuantizedLinear(weight, bias, input);
        }
        if (layer instanceof Embedding embedding) {
            checkFits(path, embedding.weight(), weight, bias.isEmpty());
            return new QuantizedEmbedding(weight);
        }
        if (layer instanceof Conv2d conv) {
            checkFits(path, conv.weight(), weight, bias.isPresent()); // one of zeros, if there was none
            Quantization input = RawIntegers.input(INPUT, own);
            return new QuantizedConv2d(weight, bias.orElseThrow(), conv.convolution(), conv.rectifies(), input);
        }
        throw new IllegalArgumentException("quantized model: the file has integers for '" + path + "', which is a "
                + layer.getClass().getSimpleName()
                + " in this model; build the architecture that was saved, not yet quantised");
    }

    private static void checkFits(String path, Tensor weight, QuantizedTensor integers, boolean biasFits) {
        if (!weight.shape().equals(integers.shape())) {
            throw new IllegalArgumentException("quantized model: '" + path + "' has a weight of shape "
                    + integers.shape() + " in the file and " + weight.shape()
                    + " in the model; build the architecture that was saved");
        }
        if (!biasFits) {
            throw new IllegalArgumentException(
                    "quantized model: '" + path
                            + "' has a bias in one of file and model, but not in the other; build the architecture that was saved");
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
