// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/acceleration/Permutations.java. Read it, don't edit it.
package org.tinytorch.acceleration;

import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytorch.tensor.IndexWalk;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Permute;
import org.tinytorch.tensor.Shape;
import org.tinytorch.tensor.Tensor;

/** Permutations that leave the last axes where they are, such as those that split a vector among heads: whole runs of numbers are copied. */
final class Permutations implements Kernels {
    /** Shorter runs gain nothing. */
    private static final int SHORTEST_RUN = 4;

    /** Numbers whose copying takes some three times as long as handing a part to another thread. */
    private static final int WORTH_A_THREAD = 65_536;

    private final Workers workers;

    Permutations(Workers workers) {
        this.workers = workers;
    }

    @Override
    public Optional<Tensor> compute(Operation op, Tensor... inputs) {
        if (!(op instanceof Permute permute) || permute.order().size() != inputs[0].rank()) {
            return Optional.empty();
        }
        Shape shape = inputs[0].shape();
        int moved = shape.rank();
        while (moved > 0 && permute.order().get(moved - 1) == moved - 1) {
            moved--;
        }
        int run = IntStream.range(moved, shape.rank()).map(shape::dim).reduce(1, (a, b) -> a * b);
        return run >= SHORTEST_RUN && shape.size() > 0
                ? Optional.of(runs(permute, inputs[0], moved, run))
                : Optional.empty();
    }

    /** @param moved how many axes change places */
    private Tensor runs(Permute permute, Tensor input, int moved, int run) {
        Shape shape = input.shape();
        int[] strides = shape.strides();
        int[] dims = permute.order().stream().mapToInt(shape::dim).toArray();
        int[] outerDims = IntStream.range(0, moved).map(axis -> dims[axis]).toArray();
        int[] outerStrides = IntStream.range(0, moved)
                .map(axis -> strides[permute.order().get(axis)])
                .toArray();
        int count = shape.size() / run;
        int[] starts = new int[count];
        IndexWalk walk = new IndexWalk(Shape.of(outerDims), outerStrides);
        for (int i = 0; i < count; i++) {
            starts[i] = walk.position(0);
            walk.next();
        }
        double[] x = input.data();
        double[] out = Results.array(x.length);
        workers.share(count, x.length / WORTH_A_THREAD, (from, to) -> {
            for (int i = from; i < to; i++) {
                System.arraycopy(x, starts[i], out, i * run, run);
            }
        });
        return Results.tensor(out, Shape.of(dims));
    }
}
