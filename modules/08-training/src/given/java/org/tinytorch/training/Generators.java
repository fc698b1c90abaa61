// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/Generators.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;

/** Finds the random generators of a model or of data, and writes down where they stand. */
final class Generators {
    private Generators() {}

    /** By the path of the layer that draws from it. A generator that two layers share is listed twice, which does no harm. */
    static Map<String, Generator> ofModel(Layer model) {
        Map<String, Generator> found = new LinkedHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof Dropout dropout) {
                found.put(path, dropout.generator());
            }
            List<Generator> own = ofData(layer);
            for (int i = 0; i < own.size(); i++) {
                found.put(path + "#" + i, own.get(i));
            }
        });
        return found;
    }

    /** Those of something {@link Stochastic}; none of anything else. */
    static List<Generator> ofData(Object data) {
        return data instanceof Stochastic stochastic ? List.copyOf(stochastic.generators()) : List.of();
    }

    /** Their states, joined by commas. */
    static String states(List<Generator> generators) {
        return generators.stream()
                .map(generator -> Long.toString(generator.state()))
                .collect(Collectors.joining(","));
    }

    /** What {@link #states} wrote, as numbers. */
    static long[] parse(String states) {
        return states.isEmpty()
                ? new long[0]
                : Arrays.stream(states.split(",", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
    }
}
