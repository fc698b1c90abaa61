// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/AccuracyValidator.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.ForwardHook;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Accuracy;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Modes;

/**
 * Compares a model with its quantised twin on the same inputs: layer by layer, so that the one that suffers is found, and as a whole.
 *
 * <pre>{@code
 * AccuracyValidator validator = new AccuracyValidator(model, quantised);
 * System.out.println(validator.compare(test));
 * System.out.println(validator.accuracy(test).loss());
 * }</pre>
 *
 * <p>Both run in evaluation mode and without recording; afterwards every layer is in the mode it was in before. Layers are matched by path.
 */
public final class AccuracyValidator {
    private final Layer model;
    private final Layer twin;

    /**
     * A validator of two models.
     *
     * @param model the original
     * @param twin what was made of it; a model of its own, with layers under the same paths
     */
    public AccuracyValidator(Layer model, Layer twin) {
        this.model = model;
        this.twin = twin;
    }

    /** One output of a layer. */
    private record Output(String kind, Tensor y) {}

    /**
     * The error of each layer that both have, over the inputs of all batches. An error is what has gathered up to this layer, as each is fed by those before it.
     *
     * @throws IllegalArgumentException if there is no batch, or the outputs of a layer differ in shape
     */
    public AccuracyReport compare(Iterable<Batch> data) {
        Map<String, OutputDifference> differences = new LinkedHashMap<>();
        for (Batch batch : data) {
            Map<String, List<Output>> outputs = outputs(model, batch.input());
            Map<String, List<Output>> twins = outputs(twin, batch.input());
            outputs.keySet().retainAll(twins.keySet());
            outputs.forEach((path, list) ->
                    add(differences.computeIfAbsent(path, OutputDifference::new), list, twins.get(path)));
        }
        if (differences.isEmpty()) {
            throw new IllegalArgumentException("validator: there is no batch to compare on; give at least one");
        }
        return new AccuracyReport(
                differences.values().stream().map(OutputDifference::error).toList());
    }

    /** What each layer returned, in the order of the calls; a layer may be called several times. */
    private static Map<String, List<Output>> outputs(Layer layer, Tensor input) {
        Map<String, List<Output>> outputs = new LinkedHashMap<>();
        ForwardHook hook = (path, inner, x, y) -> outputs.computeIfAbsent(path, key -> new ArrayList<>())
                .add(new Output(inner.getClass().getSimpleName(), y.copy()));
        try (Modes modes = Modes.evaluation(layer);
                NoGrad scope = NoGrad.enter();
                ForwardHook.Handle handle = layer.onEachForward(hook)) {
            layer.forward(input);
        }
        return outputs;
    }

    private static void add(OutputDifference difference, List<Output> outputs, List<Output> twins) {
        for (int i = 0; i < Math.min(outputs.size(), twins.size()); i++) {
            difference.add(twins.get(i).kind(), outputs.get(i).y(), twins.get(i).y());
        }
    }

    /**
     * The accuracy of both.
     *
     * @param data scores {@code (N, C, …)} are expected from the models, labels {@code (N, …)} in the targets
     * @throws IllegalStateException if there is no batch
     */
    public AccuracyChange accuracy(Iterable<Batch> data) {
        return new AccuracyChange(accuracy(model, data), accuracy(twin, data));
    }

    private static double accuracy(Layer layer, Iterable<Batch> data) {
        Accuracy accuracy = new Accuracy();
        try (Modes modes = Modes.evaluation(layer);
                NoGrad scope = NoGrad.enter()) {
            data.forEach(batch -> accuracy.update(layer.forward(batch.input()), batch.target()));
        }
        return accuracy.value();
    }
}
