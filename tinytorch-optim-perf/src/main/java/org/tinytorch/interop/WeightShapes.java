package org.tinytorch.interop;

import java.util.Arrays;
import java.util.Map;
import org.tinytorch.tensor.Shape;

/**
 * The shapes of the weights at hand while a model is rebuilt, seen from one of its layers. A layer says what it expects before it takes memory: so no number in a config can make a model larger than the
 * weights that were read.
 *
 * @param path of the layer, dotted; empty at the top
 * @param shapes of all weights by their full names
 */
record WeightShapes(String path, Map<String, Shape> shapes) {
    /** The same weights, seen from a layer below. */
    WeightShapes at(String child) {
        return new WeightShapes(join(child), shapes);
    }

    /**
     * Checks that a weight is there and of a shape.
     *
     * @param name within the layer, such as {@code weight}
     * @throws IllegalArgumentException if it is not
     */
    void expect(String name, long... dims) {
        String full = join(name);
        Shape found = shapes.get(full);
        if (found == null) {
            throw new IllegalArgumentException(
                    "the weight \"" + full + "\" of shape " + Arrays.toString(dims)
                            + ", which the config asks for, is not among the weights; config and weights are of different models");
        }
        if (!Arrays.equals(Arrays.stream(found.dims()).asLongStream().toArray(), dims)) {
            throw new IllegalArgumentException("the weight \"" + full + "\" is " + found
                    + ", but the config asks for " + Arrays.toString(dims)
                    + "; config and weights are of different models");
        }
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
