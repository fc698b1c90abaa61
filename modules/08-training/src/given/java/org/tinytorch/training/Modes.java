// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Modes.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.nn.Layer;

/** A scope at whose end every layer of a model goes back to the mode, training or evaluation, that it was in before; also where layers differed. */
final class Modes implements AutoCloseable {
    private final Map<Layer, Boolean> before = new LinkedHashMap<>();

    private Modes(Layer model) {
        model.namedLayers().values().forEach(layer -> before.put(layer, layer.isTraining()));
    }

    /** Puts the whole model into evaluation mode until the scope ends. */
    static Modes evaluation(Layer model) {
        Modes scope = new Modes(model);
        model.eval();
        return scope;
    }

    /** Puts the whole model into training mode until the scope ends. */
    static Modes training(Layer model) {
        Modes scope = new Modes(model);
        model.train();
        return scope;
    }

    @Override
    public void close() {
        before.forEach(Layer::train); // parents come first, so that a child's own mode has the last word
    }
}
