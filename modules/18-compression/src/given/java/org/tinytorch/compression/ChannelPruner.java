// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/ChannelPruner.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm;
import org.tinytorch.spatial.BatchNorm2d;
import org.tinytorch.spatial.Conv2d;

/**
 * Removes output channels of convolutions and hidden units of linear layers from a {@link Sequential}, nested or not (Li et al., 2017).
 *
 * <p>With a channel go its kernel and bias, its scale, shift and running averages in a {@code BatchNorm}, and the weights with which the next {@link Conv2d}, or behind a {@code Flatten} the next
 * {@link Linear}, reads it. The last layer's outputs are the result of the model and stay.
 *
 * <p>Of a model with residual blocks, the {@code Sequential} inside a block can be pruned by itself: what it returns keeps its channels.
 */
public final class ChannelPruner extends StructuredPruner {
    private final Sequential model;
    private final Set<String> leftOut;

    /** A pruner of all layers of a model but the last. */
    public ChannelPruner(Sequential model) {
        this(model, Set.of());
    }

    private ChannelPruner(Sequential model, Set<String> leftOut) {
        this.model = model;
        this.leftOut = leftOut;
    }

    /** The same, but layers at or below these paths keep all their outputs. */
    public ChannelPruner without(String... paths) {
        Set<String> more = new HashSet<>(leftOut);
        more.addAll(Arrays.asList(paths));
        return new ChannelPruner(model, more);
    }

    @Override
    Map<String, UnitGroup> groups() {
        List<Step> steps = new ArrayList<>();
        flatten("", model, steps);
        leftOut.forEach(path -> checkHasWeights(path, steps));
        Map<String, UnitGroup> groups = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Step maker = steps.get(i);
            if (maker.hasWeights() && leftOut.stream().noneMatch(maker::isAtOrBelow)) {
                wiring(maker, steps.subList(i + 1, steps.size())).ifPresent(wiring -> groups.put(maker.path(), wiring));
            }
        }
        return groups;
    }

    /** A layer of the sequence, with those of inner sequences in their places. */
    private record Step(String path, Layer layer) {
        boolean hasWeights() {
            return layer instanceof Conv2d || layer instanceof Linear;
        }

        boolean isAtOrBelow(String top) {
            return PrunableWeights.isAtOrBelow(path, top);
        }

        String text() {
            return "'" + path + "' (" + layer.getClass().getSimpleName() + ")";
        }
    }

    private static void checkHasWeights(String path, List<Step> steps) {
        List<Step> weighted = steps.stream().filter(Step::hasWeights).toList();
        if (weighted.stream().noneMatch(step -> step.isAtOrBelow(path))) {
            throw new IllegalArgumentException("prune: there is no Conv2d or Linear at or below '" + path
                    + "' to leave out; there are "
                    + weighted.stream().map(Step::path).toList());
        }
    }

    private static void flatten(String path, Sequential sequence, List<Step> steps) {
        sequence.children().forEach((name, child) -> {
            String below = PrunableWeights.join(path, name);
            if (child instanceof Sequential inner) {
                flatten(below, inner, steps);
            } else {
                steps.add(new Step(below, child));
            }
        });
    }

    /** Follows the outputs of a layer to the next one with weights; nothing if there is none. */
    private Optional<Wiring> wiring(Step maker, List<Step> following) {
        int units = Cuts.weight(maker.layer()).dim(0);
        boolean image = maker.layer() instanceof Conv2d;
        List<Wiring.Part> norms = new ArrayList<>();
        for (Step step : following) {
            if (step.hasWeights()) {
                checkGroups(maker, step);
                Wiring.Part reader = new Wiring.Part(step.path(), area(maker, units, step, inputs(step, image)));
                Wiring wiring = new Wiring(model, List.of(maker.path()), norms, reader);
                checkNotShared(maker, wiring);
                return Optional.of(wiring);
            } else if (step.layer() instanceof BatchNorm norm && (image || !(norm instanceof BatchNorm2d))) {
                norms.add(new Wiring.Part(
                        step.path(), area(maker, units, step, norm.weight().size())));
            } else if (PassThrough.endsImage(step.layer(), image)) {
                image = false;
            } else if (!PassThrough.keepsUnitsApart(step.layer(), image)) {
                throw refused(maker, "goes through " + step.text() + ", which may mix or move its outputs");
            }
        }
        return Optional.empty();
    }

    /** How many inputs a layer with weights has, if it reads what it gets along the right axis. */
    private static int inputs(Step reader, boolean image) {
        boolean fits = image == reader.layer() instanceof Conv2d;
        return fits ? Cuts.weight(reader.layer()).dim(1) : 0;
    }

    /** How many inputs of a layer come from one unit. Only a convolution's outputs can be many numbers each, one for every pixel. */
    private static int area(Step maker, int units, Step reader, int inputs) {
        boolean whole = maker.layer() instanceof Conv2d ? inputs % units == 0 : inputs == units;
        if (inputs == 0 || !whole) {
            throw refused(
                    maker, "is read by " + reader.text() + ", whose inputs are not its " + units + " outputs in a row");
        }
        return inputs / units;
    }

    private static void checkGroups(Step maker, Step reader) {
        for (Step step : List.of(maker, reader)) {
            if (step.layer() instanceof Conv2d convolution
                    && convolution.convolution().groups() != 1) {
                throw refused(
                        maker,
                        (step == maker ? "has " : "is read by " + step.text() + " with ")
                                + convolution.convolution().groups() + " groups, which need all their channels");
            }
        }
    }

    private void checkNotShared(Step maker, Wiring wiring) {
        List<String> concerned = new ArrayList<>(wiring.makers());
        wiring.norms().forEach(norm -> concerned.add(norm.path()));
        concerned.add(wiring.reader().path());
        for (String path : concerned) {
            Cuts.shared(model, path).ifPresent(why -> {
                throw refused(maker, "would change what others use: " + why);
            });
        }
    }

    private static IllegalArgumentException refused(Step maker, String why) {
        return new IllegalArgumentException("prune: outputs of " + maker.text() + " cannot be removed: it " + why
                + "; leave it out with without(\"" + maker.path() + "\")");
    }
}
