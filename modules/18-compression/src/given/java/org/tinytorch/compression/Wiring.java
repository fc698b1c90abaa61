// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/compression/Wiring.java. Read it, don't edit it.
package org.tinytorch.compression;

import java.util.List;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;

/**
 * Where the outputs of some layers go.
 *
 * @param model in which the paths are
 * @param makers the paths of the layers that make the units, all with as many outputs: one, or two if their outputs are multiplied
 * @param norms the normalisations on the way
 * @param reader the next layer with weights
 */
record Wiring(Layer model, List<String> makers, List<Part> norms, Part reader) implements UnitGroup {
    /**
     * A layer on the way.
     *
     * @param path where it is
     * @param area how many of its inputs come from one unit: 1, or if images were flattened before, the pixels of one
     */
    record Part(String path, int area) {
        /** The inputs that come from some units: of the units 0 and 2, with an area of 3, the inputs 0, 1, 2, 6, 7, 8. */
        int[] inputs(int[] units) {
            return Cuts.spread(units, area);
        }
    }

    @Override
    public int units() {
        return Cuts.weight(model.child(makers.get(0))).dim(0);
    }

    @Override
    public Tensor scores() {
        return makers.stream()
                .map(path -> {
                    Tensor weight = Cuts.weight(model.child(path));
                    PrunableWeights.checkFinite("prune", PrunableWeights.join(path, "weight"), weight);
                    return weight.detach().abs().reshape(weight.dim(0), -1).sum(1);
                })
                .reduce(Tensor::add)
                .orElseThrow();
    }

    @Override
    public void mask(int[] kept) {
        Cuts.keepInputs(model.child(reader.path()), reader.inputs(kept));
    }

    @Override
    public void rewire(int[] kept) {
        ChannelPruner.rewire(this, kept);
    }
}
