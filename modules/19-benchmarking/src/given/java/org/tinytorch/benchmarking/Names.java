// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/benchmarking/Names.java. Read it, don't edit it.
package org.tinytorch.benchmarking;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytorch.activation.Activation;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;

/** What layers, operations and shapes are called in tables. */
final class Names {
    /** The model itself, whose path is empty. */
    static final String MODEL = "(model)";

    /** Operations that belong to no layer, such as those of a loss or of a backward pass. */
    static final String OUTSIDE = "(outside of layers)";

    private Names() {}

    static String path(String path) {
        return path.isEmpty() ? MODEL : path;
    }

    static String of(Layer layer) {
        return of(layer.getClass());
    }

    /** The class, with the one around it if there is one: {@code MatMul}, {@code MaxPool.Gradient}; of an enum, the constant too: {@code Binary.ADD}; of a gradient, of which activation. */
    static String of(Operation op) {
        if (op instanceof Enum<?> constant) {
            return constant.getDeclaringClass().getSimpleName() + "." + constant.name();
        }
        return op instanceof Activation.Gradient gradient ? of(gradient.activation()) + ".Gradient" : of(op.getClass());
    }

    private static String of(Class<?> type) {
        if (type.getSimpleName().isEmpty()) { // an anonymous class has a long name only
            return type.getName().substring(type.getName().lastIndexOf('.') + 1);
        }
        Class<?> around = type.getEnclosingClass();
        return Operation.class.isAssignableFrom(type) && around != null && Operation.class.isAssignableFrom(around)
                ? around.getSimpleName() + "." + type.getSimpleName()
                : type.getSimpleName();
    }

    /** The shapes of some inputs, such as {@code (32, 784) (10, 784)}. */
    static String shapes(Tensor... inputs) {
        return Stream.of(inputs).map(input -> input.shape().toString()).collect(Collectors.joining(" "));
    }
}
