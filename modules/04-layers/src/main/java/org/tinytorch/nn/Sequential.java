// Yours: task 4.7. Write between the region marks and keep them.
// Skeleton written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/nn/Sequential.java.
package org.tinytorch.nn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.tensor.Tensor;

/**
 * Layers in a row, each fed with the output of the one before, like {@code torch.nn.Sequential}. Without layers it returns its input.
 *
 * <pre>{@code
 * Layer model = new Sequential(new Linear(784, 128, generator), new ReLU(), new Linear(128, 10, generator));
 * }</pre>
 */
public final class Sequential extends Layer {
    /** Layers named by their position: {@code "0"}, {@code "1"}, … */
    public Sequential(Layer... layers) {
        for (int i = 0; i < layers.length; i++) {
            child(Integer.toString(i), layers[i]);
        }
    }

    private Sequential(Map<String, Layer> layers) {
        layers.forEach(this::child);
    }

    /** Starts a sequence whose layers have names. */
    public static Builder builder() {
        return new Builder();
    }

    /** The number of layers. */
    public int size() {
        return children().size();
    }

    /**
     * The layer at a position, counted from 0.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public Layer get(int position) {
        return List.copyOf(children().values()).get(position);
    }

    /** {@code layerₙ(… layer₁(layer₀(x)))}: with the layers "double" and "add 1", the input 3 gives 7. */
    @Override
    protected Tensor compute(Tensor x) {
        // region Task 4.7: chain layers
        // YOUR CODE HERE, in place of the throw. Stuck? ./tito hint 4.7
        throw new UnsupportedOperationException("Task 4.7: chain layers is not written yet: ./tito hint 4.7");
        // endregion
    }

    /** Collects named layers: {@code Sequential.builder().add("hidden", …).add("bend", new Tanh()).build()}. */
    public static final class Builder {
        private final Map<String, Layer> layers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a layer at the end.
         *
         * @return this
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder add(String name, Layer layer) {
            if (layers.putIfAbsent(name, layer) != null) {
                throw new IllegalArgumentException(
                        "sequential: there already is a layer named '" + name + "'; names must differ");
            }
            return this;
        }

        /** The sequence. */
        public Sequential build() {
            return new Sequential(layers);
        }
    }
}
