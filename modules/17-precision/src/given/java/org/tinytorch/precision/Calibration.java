// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Calibration.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.ForwardHook;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.training.Batch;
import org.tinytorch.training.Modes;

/**
 * Sends a few batches through a model and watches what its layers are fed with: the first half of static quantisation.
 *
 * <pre>{@code
 * Map<String, Observer> inputs = Calibration.inputs(model, fewBatches, layer -> layer instanceof Linear);
 * Quantization first = Calibrator.percentile(99.9).choose(inputs.get("0"), Quantizer.asymmetric(8));
 * }</pre>
 */
public final class Calibration {
    private Calibration() {}

    /**
     * What was seen of the inputs of some layers, by path. The model runs in evaluation mode and without recording; afterwards every layer is in the mode it was in before.
     *
     * @param data batches like those that will come; some hundred samples are enough. The targets are not looked at
     * @param wanted picks the layers
     * @throws IllegalArgumentException if there is no batch, or a layer is fed with a NaN or an infinite number; the message names it
     */
    public static Map<String, Observer> inputs(Layer model, Iterable<Batch> data, Predicate<Layer> wanted) {
        Map<String, Observer> observers = new LinkedHashMap<>();
        ForwardHook hook = new ForwardHook() {
            @Override
            public void before(String path, Layer layer, Tensor input) {
                if (wanted.test(layer)) {
                    watch(observers.computeIfAbsent(path, key -> new Observer()), path, input);
                }
            }

            @Override
            public void after(String path, Layer layer, Tensor input, Tensor output) {}
        };
        if (run(model, data, hook) == 0) {
            throw new IllegalArgumentException("calibration: there is no batch in the data; give at least one");
        }
        return observers;
    }

    private static int run(Layer model, Iterable<Batch> data, ForwardHook hook) {
        int batches = 0;
        try (Modes modes = Modes.evaluation(model);
                NoGrad scope = NoGrad.enter();
                ForwardHook.Handle handle = model.onEachForward(hook)) {
            for (Batch batch : data) {
                model.forward(batch.input());
                batches++;
            }
        }
        return batches;
    }

    private static void watch(Observer observer, String path, Tensor input) {
        try {
            observer.accept(input);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; it is an input of layer '" + path + "'", e);
        }
    }
}
