package org.tinytorch.benchmarking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Operation;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Modes;

/**
 * Counts what a model does in a forward pass, layer by layer: multiply-adds, FLOPs, parameters, and bytes read and written; like {@code torch.utils.flop_counter}, but of all operations, not of products alone.
 *
 * <pre>{@code
 * FlopCount count = FlopCounter.count(model, Tensors.zeros(1, 3, 32, 32));
 * System.out.println(count);
 * long flops = count.total().flops();
 * }</pre>
 *
 * <p>It counts what an operation means, not what a backend does: a convolution has the same count if a clever way saves half of its products. Bytes are those of inputs and results, 8 for a number, as if each
 * operation read its inputs from memory once. An operation is counted for the innermost layer at work, and once more for all around it. Only what goes through {@link Layer#forward} has a row: attention and transformer blocks that are given a
 * store of keys and values have none, nor has a {@code Gpt} that writes text, nor have its learnt positions. Their own operations count for what is around them, those of their children for these.
 */
public final class FlopCounter {
    private final CostTable costs;
    private final Map<String, Tally> layers = new LinkedHashMap<>();
    private final Map<String, Integer> unknown = new LinkedHashMap<>();
    private final LayerStack<Tally> stack = new LayerStack<>();
    private Cost outside = Cost.NONE;

    private FlopCounter(CostTable costs, Layer model) {
        this.costs = costs;
        model.namedLayers().forEach((path, layer) -> layers.put(path, new Tally(layer)));
    }

    /** A forward pass in evaluation mode, without recording for gradients; the mode is restored. */
    public static FlopCount count(Layer model, Tensor input) {
        return count(CostTable.standard(), model, () -> forward(model, input));
    }

    private static void forward(Layer model, Tensor input) {
        try (Modes evaluation = Modes.evaluation(model);
                NoGrad scope = NoGrad.enter()) {
            model.forward(input);
        }
    }

    /**
     * Anything that uses a model, such as a whole training step, in the mode that the model is in.
     *
     * @param costs what operations cost
     * @param use is run once, on this thread
     */
    public static FlopCount count(CostTable costs, Layer model, Runnable use) {
        FlopCounter counter = new FlopCounter(costs, model);
        try (Watch watch = Watch.of(model, counter.new Listener())) {
            use.run();
        }
        return counter.result();
    }

    private FlopCount result() {
        List<LayerCount> counts = new ArrayList<>();
        layers.forEach((path, tally) -> counts.add(new LayerCount(
                path, Names.of(tally.layer), tally.layer.parameterCount(), tally.calls, tally.own, tally.all)));
        return new FlopCount(counts, outside, unknown);
    }

    /** What was counted for a layer so far. */
    private static final class Tally {
        private final Layer layer;
        private int calls;
        private Cost own = Cost.NONE;
        private Cost all = Cost.NONE;

        private Tally(Layer layer) {
            this.layer = layer;
        }
    }

    /**
     * Adds the cost of an operation to the counts of the layers at work, from the outermost to the innermost: to all of them as part of what happens inside, and to the innermost as its own. In a model with a
     * linear layer, a product of 100 multiply-adds adds 100 to {@code all} of both, and 100 to {@code own} of the linear layer only. Without any layer at work, it is outside.
     */
    private void add(Cost cost) {
        // region Task 19.7: its own, and all inside
        if (stack.notes().isEmpty()) {
            outside = outside.plus(cost);
        }
        for (Tally tally : stack.notes()) {
            tally.all = tally.all.plus(cost);
        }
        stack.top().ifPresent(tally -> tally.own = tally.own.plus(cost));
        // endregion
    }

    private final class Listener implements Watch.Listener {
        @Override
        public void entering(String path, Layer layer) {
            stack.enter(path, layers.computeIfAbsent(path, unseen -> new Tally(layer)));
        }

        @Override
        public void left(String path, Layer layer) {
            stack.leave(path).ifPresent(tally -> tally.calls++);
        }

        @Override
        public void failed(String path, Layer layer) {
            stack.leave(path); // what it had computed stays counted; no call of it is complete
        }

        @Override
        public void computing() {
            // what counts is known when it is done
        }

        @Override
        public void computed(Operation op, Tensor out, Tensor... inputs) {
            if (costs.known(op, out, inputs).isEmpty()) {
                unknown.merge(Names.of(op), 1, Integer::sum);
            }
            add(costs.of(op, out, inputs));
        }
    }
}
