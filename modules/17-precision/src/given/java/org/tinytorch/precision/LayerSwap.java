// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/LayerSwap.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.nn.Layer;

/** Puts other layers in the place of some, wherever these stand: a layer that is used twice is replaced by one layer, twice. */
final class LayerSwap {
    private LayerSwap() {}

    /**
     * Replaces layers below a model.
     *
     * @param replacements by the layer that is there, compared by identity
     */
    static void apply(Layer model, Map<Layer, Layer> replacements) {
        for (Layer parent : List.copyOf(model.namedLayers().values())) {
            Map.copyOf(parent.children()).forEach((name, child) -> {
                if (replacements.containsKey(child)) {
                    parent.replaceChild(name, replacements.get(child));
                }
            });
        }
    }

    /** What puts everything back. */
    static Map<Layer, Layer> inverse(Map<Layer, Layer> replacements) {
        Map<Layer, Layer> back = new IdentityHashMap<>();
        replacements.forEach((before, after) -> back.put(after, before));
        return back;
    }
}
