// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/HeadPruner.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.tinytorch.attention.MultiHeadAttention;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Removes heads from every {@link MultiHeadAttention} of a model, such as a {@code Gpt}; many say little that others do not say (Michel et al., 2019). With a head go its queries, keys and values, and
 * the columns of the output matrix that read it; its width stays.
 *
 * <p>A unit is a head with its keys and values. Where several heads share keys and values, they go and stay together.
 */
public final class HeadPruner extends StructuredPruner {
    private final Layer model;

    /** A pruner of all attention layers in a model. */
    public HeadPruner(Layer model) {
        this.model = model;
    }

    @Override
    Map<String, UnitGroup> groups() {
        Map<String, UnitGroup> groups = new LinkedHashMap<>();
        model.namedLayers().forEach((path, layer) -> {
            if (layer instanceof MultiHeadAttention attention) {
                check(path, attention);
                groups.put(path, new Heads(model, path, attention));
            }
        });
        return groups;
    }

    private void check(String path, MultiHeadAttention attention) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException(
                    "prune: the model is itself an attention layer, which cannot be replaced; put it into a Sequential");
        }
        for (String name : new String[] {"queryKeyValue", "output"}) {
            if (!(attention.child(name) instanceof Linear)) {
                throw new IllegalArgumentException("prune: heads of '" + path + "' cannot be removed: '" + name
                        + "' is no Linear any more; prune before quantising or factorising");
            }
            Cuts.shared(model, path + "." + name).ifPresent(why -> {
                throw new IllegalArgumentException("prune: heads of '" + path + "' cannot be removed: " + why
                        + "; give each layer weights of its own");
            });
        }
    }

    /** The heads of one layer, in groups that share keys and values. */
    private record Heads(Layer model, String path, MultiHeadAttention attention) implements UnitGroup {
        @Override
        public int units() {
            return attention.keyValueHeads();
        }

        /** How many heads of queries belong to one of keys and values. */
        private int shared() {
            return attention.heads() / attention.keyValueHeads();
        }

        /** The columns of the output matrix, which are also the rows of the queries. */
        private int[] columns(int[] kept) {
            return Cuts.spread(Cuts.spread(kept, shared()), attention.headWidth());
        }

        /** The rows of queries, keys and values in the packed matrix. */
        private int[] rows(int[] kept) {
            int heads = attention.heads();
            int groups = attention.keyValueHeads();
            IntStream keysAndValues = IntStream.concat(
                    Arrays.stream(kept).map(group -> heads + group),
                    Arrays.stream(kept).map(group -> heads + groups + group));
            return IntStream.concat(
                            Arrays.stream(columns(kept)),
                            Arrays.stream(Cuts.spread(keysAndValues.toArray(), attention.headWidth())))
                    .toArray();
        }

        @Override
        public Tensor scores() {
            Tensor scores = magnitudes("output", 0);
            Tensor ofRows = magnitudes("queryKeyValue", 1);
            double[] sums = new double[units()];
            for (int group = 0; group < sums.length; group++) {
                int[] one = {group};
                sums[group] = sum(scores, columns(one)) + sum(ofRows, rows(one));
            }
            return Tensors.of(sums);
        }

        private Tensor magnitudes(String name, int axis) {
            Tensor weight = Cuts.weight(attention.child(name));
            PrunableWeights.checkFinite("prune", path + "." + name + ".weight", weight);
            return weight.detach().abs().sum(axis);
        }

        private static double sum(Tensor values, int[] places) {
            return Arrays.stream(places)
                    .mapToDouble(place -> values.data()[place])
                    .sum();
        }

        @Override
        public void mask(int[] kept) {
            Cuts.keepInputs(attention.child("output"), columns(kept));
        }

        @Override
        public void rewire(int[] kept) {
            Generator generator = attention.generators().stream().findFirst().orElseGet(() -> new Generator(0));
            MultiHeadAttention smaller =
                    attention.withHeads(kept.length * shared(), kept.length).build(generator);
            smaller.replaceChild("queryKeyValue", Cuts.outputs(attention.child("queryKeyValue"), rows(kept)));
            smaller.replaceChild("output", Cuts.inputs(attention.child("output"), columns(kept)));
            model.replaceChild(path, smaller);
        }
    }
}
