// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/optim/ParameterState.java. Read it, don't edit it.
package org.tinytorch.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/** What an optimiser remembers of one parameter between steps: tensors by name, empty before the first step. */
public final class ParameterState {
    /** The name under which steps are counted. */
    static final String STEP = "step";

    private final Shape shape;
    private final Map<String, Tensor> slots = new LinkedHashMap<>();

    ParameterState(Shape shape) {
        this.shape = shape;
    }

    /** Whether something is remembered under a name. */
    public boolean has(String name) {
        return slots.containsKey(name);
    }

    /** The numbers remembered under a name, one for each of the parameter's, for reading and writing; all 0 at first. */
    public double[] slot(String name) {
        return tensor(name).mutableData();
    }

    /** Counts a step and returns its number, 1 for the first. */
    public double countStep() {
        return ++slot(STEP)[0];
    }

    private Tensor tensor(String name) {
        Tensor tensor = slots.get(name);
        if (tensor == null) {
            tensor = Tensors.zeros(shapeOf(name));
            slots.put(name, tensor);
        }
        return tensor;
    }

    Shape shapeOf(String name) {
        return name.equals(STEP) ? Shape.SCALAR : shape;
    }

    Map<String, Tensor> slots() {
        return slots;
    }

    void replaceBy(Map<String, Tensor> loaded) {
        slots.clear();
        loaded.forEach((name, tensor) -> slots.put(name, tensor.copy()));
    }
}
