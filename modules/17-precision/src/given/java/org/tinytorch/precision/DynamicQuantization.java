// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/DynamicQuantization.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.tinytorch.embedding.Embedding;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;

/**
 * Puts integers in the place of a trained model's weights, without any data: inputs are quantised as they come. Like {@code torch.ao.quantization.quantize_dynamic}.
 *
 * <pre>{@code
 * DynamicQuantization.apply(gpt, Quantizer.symmetric(8).perChannel()); // writes the same text, almost
 * }</pre>
 */
public final class DynamicQuantization {
    private DynamicQuantization() {}

    /**
     * Quantises every {@link Linear} and {@link Embedding} below a model, in place. What holds a layer in a variable of its own keeps the old one.
     *
     * @param quantizer symmetric
     * @return how many layers were quantised; one that is used twice counts once
     * @throws IllegalArgumentException if there is none, the quantizer is not symmetric, or a weight is not finite; nothing is changed then
     */
    public static int apply(Layer model, Quantizer quantizer) {
        if (!quantizer.isSymmetric()) {
            throw new IllegalArgumentException("dynamic quantization: weights need a symmetric quantizer, not "
                    + quantizer + "; products with zero points would take twice the work");
        }
        Map<Layer, Layer> replacements = new IdentityHashMap<>();
        model.namedLayers().forEach((path, layer) -> small(layer, quantizer).ifPresent(small -> {
            if (path.isEmpty()) {
                throw new IllegalArgumentException(
                        "dynamic quantization: the model is a single layer; use QuantizedLinear.of, or put it into a Sequential");
            }
            replacements.put(layer, small);
        }));
        if (replacements.isEmpty()) {
            throw new IllegalArgumentException(
                    "dynamic quantization: the model has no Linear and no Embedding to quantise; for convolutions use StaticQuantization");
        }
        LayerSwap.apply(model, replacements);
        return replacements.size();
    }

    private static Optional<Layer> small(Layer layer, Quantizer quantizer) {
        if (layer instanceof Linear linear) {
            return Optional.of(QuantizedLinear.of(linear, quantizer));
        }
        return layer instanceof Embedding embedding
                ? Optional.of(QuantizedEmbedding.of(embedding, quantizer))
                : Optional.empty();
    }
}
