package org.tinytorch.precision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;
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
    private QuantizedModels() {}

    /**
     * Writes a model, as a whole or not at all.
     *
     * @param others the type of what is not quantised
     * @throws IOException if writing fails; no partial file is left behind
     */
    public static void save(Layer model, Path file, Precision others) throws IOException {
        Map<String, RawTensor> all = new LinkedHashMap<>(others.store(model.stateDict()));
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof Quantized quantized) {
                quantized.rawState().forEach((name, tensor) -> all.put(join(path, name), tensor));
            }
        });
        new RawTensors(all, Map.of()).write(file);
    }

    /** How many bytes the numbers of a model take when it is saved. */
    public static long bytes(Layer model, Precision others) {
        long bytes = model.stateDict().values().stream()
                .mapToLong(tensor -> (long) tensor.size() * others.bytes())
                .sum();
        for (Layer layer : model.namedLayers().values()) {
            if (layer instanceof Quantized quantized) {
                bytes += quantized.rawState().values().stream()
                        .mapToLong(tensor -> tensor.bytes().length)
                        .sum();
            }
        }
        return bytes;
    }

    /**
     * Reads a model into one of the same architecture that is not quantised: layers that the file has in integers are put in the place of those of real numbers.
     *
     * @throws IOException if there is no such file, or it is corrupt
     * @throws IllegalArgumentException if the file does not fit the model; nothing is changed then
     */
    public static void load(Layer model, Path file) throws IOException {
        Map<String, RawTensor> all = new LinkedHashMap<>(RawTensors.read(file).tensors());
        Map<String, Layer> replacements = new LinkedHashMap<>();
        for (Map.Entry<String, Layer> place : model.namedLayers().entrySet()) {
            if (all.containsKey(join(place.getKey(), "weight" + RawIntegers.SCALE))) {
                Map<String, RawTensor> own = take(all, place.getKey());
                replacements.put(place.getKey(), quantised(place.getKey(), place.getValue(), own));
            }
        }
        Map<String, Tensor> rest = new LinkedHashMap<>();
        all.forEach((name, tensor) -> rest.put(name, tensor.tensor()));
        check(model, replacements, rest);
        replacements.forEach(model::replaceChild);
        model.loadStateDict(rest);
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
        QuantizedTensor weight = RawIntegers.tensor("weight", own);
        Optional<Tensor> bias = Optional.ofNullable(own.get("bias")).map(RawTensor::tensor);
        if (layer instanceof Linear linear && fits(path, linear.weight(), weight)) {
            Optional<Quantization> input = own.containsKey("input" + RawIntegers.SCALE)
                    ? Optional.of(RawIntegers.input("input", own))
                    : Optional.empty();
            return new QuantizedLinear(weight, bias, input);
        }
        if (layer instanceof Embedding embedding && fits(path, embedding.weight(), weight)) {
            return new QuantizedEmbedding(weight);
        }
        if (layer instanceof Conv2d conv && fits(path, conv.weight(), weight)) {
            Quantization input = RawIntegers.input("input", own);
            return new QuantizedConv2d(
                    weight,
                    bias.orElseGet(() -> Tensors.zeros(weight.shape().dim(0))),
                    conv.convolution(),
                    conv.rectifies(),
                    input);
        }
        throw new IllegalArgumentException("quantized model: the file has integers for '" + path + "', which is a "
                + layer.getClass().getSimpleName()
                + " in this model; build the architecture that was saved, not yet quantised");
    }

    private static boolean fits(String path, Tensor weight, QuantizedTensor integers) {
        if (!weight.shape().equals(integers.shape())) {
            throw new IllegalArgumentException("quantized model: '" + path + "' has a weight of shape "
                    + integers.shape() + " in the file and " + weight.shape()
                    + " in the model; build the architecture that was saved");
        }
        return true;
    }

    /** Whether what is not quantised fits, before anything is changed. */
    private static void check(Layer model, Map<String, Layer> replacements, Map<String, Tensor> rest) {
        Map<String, Shape> expected = new LinkedHashMap<>();
        model.stateDict().forEach((name, tensor) -> {
            boolean replaced = replacements.keySet().stream().anyMatch(path -> name.startsWith(join(path, "")));
            if (!replaced) {
                expected.put(name, tensor.shape());
            }
        });
        List<String> problems = new ArrayList<>();
        expected.forEach((name, shape) -> {
            if (!rest.containsKey(name)) {
                problems.add("the file has no " + name);
            } else if (!rest.get(name).shape().equals(shape)) {
                problems.add(name + " is " + rest.get(name).shape() + " in the file and " + shape + " in the model");
            }
        });
        rest.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> problems.add("the model has no " + name));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "quantized model: " + String.join("; ", problems) + "; nothing was loaded");
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
