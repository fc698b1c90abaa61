// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/HiddenUnitPruner.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.transformer.FeedForward;
import org.tinytorch.transformer.SwiGLU;

/**
 * Removes hidden units from every {@link FeedForward} and {@link SwiGLU} of a model, such as a {@code Gpt}. With a unit go its row in the matrices that lead to it and its column in the one that leads
 * back. {@link ChannelPruner} does the same to linear layers in a row.
 */
public final class HiddenUnitPruner extends StructuredPruner {
    private final Layer model;

    /** A pruner of all feed-forward layers in a model. */
    public HiddenUnitPruner(Layer model) {
        this.model = model;
    }

    @Override
    Map<String, UnitGroup> groups() {
        Map<String, UnitGroup> groups = new LinkedHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof FeedForward) {
                checkActivation(path, layer.child("activation"));
                groups.put(path, wiring(path, "shrink", "expand"));
            } else if (layer instanceof SwiGLU) {
                groups.put(path, wiring(path, "down", "gate", "up"));
            }
        });
        return groups;
    }

    private static void checkActivation(String path, Layer activation) {
        if (!PassThrough.isElementwise(activation)) {
            throw new IllegalArgumentException("prune: hidden units of '" + path + "' cannot be removed: "
                    + activation.getClass().getSimpleName() + " may mix them");
        }
    }

    private Wiring wiring(String path, String reader, String... makers) {
        List<String> paths =
                List.of(makers).stream().map(name -> below(path, name)).toList();
        return new Wiring(model, paths, List.of(), new Wiring.Part(below(path, reader), 1));
    }

    /** The path of a linear layer whose numbers nobody else uses. */
    private String below(String path, String name) {
        String below = PrunableWeights.join(path, name);
        if (!(model.child(below) instanceof Linear)) {
            throw new IllegalArgumentException("prune: hidden units of '" + path + "' cannot be removed: '" + below
                    + "' is no Linear any more; prune before quantising or factorising");
        }
        Cuts.shared(model, below).ifPresent(why -> {
            throw new IllegalArgumentException("prune: hidden units of '" + path + "' cannot be removed: " + why
                    + "; give each layer weights of its own");
        });
        return below;
    }
}
