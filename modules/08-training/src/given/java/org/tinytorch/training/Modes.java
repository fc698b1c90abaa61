// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Modes.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;

/** A scope at whose end every layer of a model goes back to the mode, training or evaluation, that it was in before; also where layers differed. */
public final class Modes implements AutoCloseable {
    private final Map<Layer, Boolean> before = new LinkedHashMap<>();

    private Modes(Layer model) {
        model.namedLayers().values().forEach(layer -> before.put(layer, layer.isTraining()));
    }

    /** Puts the whole model into evaluation mode until the scope ends. */
    public static Modes evaluation(Layer model) {
        Modes scope = new Modes(model);
        model.eval();
        return scope;
    }

    /** Puts the whole model into training mode until the scope ends. */
    public static Modes training(Layer model) {
        Modes scope = new Modes(model);
        model.train();
        return scope;
    }

    /** Sets a layer's mode and with it those below, which may then need another round; one that is right under parents that are right stays so. */
    @Override
    public void close() {
        while (before.entrySet().stream().anyMatch(entry -> differs(entry.getKey(), entry.getValue()))) {
            before.forEach((layer, mode) -> {
                if (differs(layer, mode)) {
                    layer.train(mode);
                }
            });
        }
    }

    private static boolean differs(Layer layer, boolean mode) {
        return layer.isTraining() != mode;
    }
}
