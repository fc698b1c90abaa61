// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/QuantizationAwareTraining.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.spatial.Conv2d;

/**
 * Trains a model for its quantised life (Jacob et al., 2018): the inputs and weights of every {@link Linear} and {@link Conv2d} are rounded in the forward pass, so that the loss knows of the
 * rounding; gradients pass straight through, and the weights themselves stay in full precision.
 *
 * <pre>{@code
 * var training = QuantizationAwareTraining.prepare(model);
 * trainer.fit(train, 3); // as always; a few epochs after the ordinary training are enough
 * Map<String, Quantization> inputs = training.finish();
 * }</pre>
 *
 * <p>Parameters keep their names and are not copied: an optimiser made before goes on. Load a checkpoint before preparing, as the prepared model has buffers for the ranges of the inputs besides.
 */
public final class QuantizationAwareTraining {
    private final Layer model;

    private QuantizationAwareTraining(Layer model) {
        this.model = model;
    }

    /** For 8 bits: weights symmetric and per channel, inputs asymmetric and per tensor. */
    public static QuantizationAwareTraining prepare(Layer model) {
        return prepare(model, StaticQuantization.WEIGHTS, Quantizer.asymmetric(8));
    }

    /**
     * Puts layers that round in the place of all {@code Linear}s and {@code Conv2d}s below a model.
     *
     * @param weights how weights are quantised
     * @param inputs how the inputs of a layer are quantised; per tensor
     * @throws IllegalArgumentException if there is no such layer, or the quantizer of the inputs is not per tensor
     */
    public static QuantizationAwareTraining prepare(Layer model, Quantizer weights, Quantizer inputs) {
        Map<Layer, Layer> replacements = new IdentityHashMap<>(); // a layer used twice is replaced by one layer
        for (Layer layer : List.copyOf(model.namedLayers().values())) {
            if (layer instanceof Linear linear) {
                replacements.put(linear, new FakeQuantizedLinear(linear, weights, inputs));
            } else if (layer instanceof Conv2d convolution) {
                replacements.put(convolution, new FakeQuantizedConv2d(convolution, weights, inputs));
            }
        }
        replacements.remove(model);
        if (replacements.isEmpty()) {
            throw new IllegalArgumentException("quantization-aware training: there is no Linear or Conv2d below "
                    + model.getClass().getSimpleName() + "; put a single layer into a Sequential");
        }
        LayerSwap.apply(model, replacements);
        return new QuantizationAwareTraining(model);
    }

    /**
     * Puts the original layers back, with what they have learnt.
     *
     * @return how the inputs of each layer are to be quantised, by the path of the layer; without those that were never fed
     */
    public Map<String, Quantization> finish() {
        Map<String, Quantization> inputs = new LinkedHashMap<>();
        Map<Layer, Layer> originals = new IdentityHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof FakeQuantizedLayer rounded) {
                originals.put(rounded, rounded.original());
                rounded.inputQuantization().ifPresent(quantization -> inputs.put(path, quantization));
            }
        });
        LayerSwap.apply(model, originals);
        return inputs;
    }
}
