// Given code, written by tito sync from tinytorch-nn/src/main/java/org/tinytorch/training/FiniteCheck.java. Read it, don't edit it.
package org.tinytorch.training;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tinytorch.autograd.NoGrad;
import org.tinytorch.nn.ForwardHook;
import org.tinytorch.nn.Layer;
import org.tinytorch.tensor.Generator;
import org.tinytorch.tensor.Tensor;

/** Finds out where numbers stop being finite. */
final class FiniteCheck {
    private FiniteCheck() {}

    /**
     * What went wrong on the way from a batch to its loss.
     *
     * @param layer the dotted path of the first layer whose output is not finite, if it was a layer
     * @param text the same in words
     */
    record Finding(Optional<String> layer, String text) {}

    static boolean isFinite(Tensor tensor) {
        for (double value : tensor.data()) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The first tensor that has a gradient that is not finite. */
    static Optional<Tensor> withoutFiniteGradient(Collection<Tensor> parameters) {
        return parameters.stream()
                .filter(parameter -> parameter.grad().isPresent()
                        && !isFinite(parameter.grad().get()))
                .findFirst();
    }

    /**
     * Runs a batch again, each layer watched. Inner layers report before the layers they are part of.
     *
     * @param generators all that the model draws from, put back to where they stood so that dropout drops the same
     */
    static Finding find(Layer model, Batch batch, List<Generator> generators, long[] states) {
        if (!isFinite(batch.input())) {
            return new Finding(Optional.empty(), "the batch's input is not finite itself");
        }
        for (int i = 0; i < states.length; i++) {
            generators.get(i).state(states[i]);
        }
        AtomicReference<Finding> first = new AtomicReference<>();
        ForwardHook watch = (path, layer, input, output) -> {
            if (first.get() == null && !isFinite(output)) {
                String name = path.isEmpty() ? "the model itself" : "layer '" + path + "'";
                first.set(new Finding(
                        Optional.of(path),
                        "the first output that is not finite is that of " + name + " ("
                                + layer.getClass().getSimpleName() + ")"));
            }
        };
        try (NoGrad scope = NoGrad.enter();
                ForwardHook.Handle handle = model.onEachForward(watch)) {
            model.forward(batch.input());
        }
        return Optional.ofNullable(first.get())
                .orElseGet(() -> new Finding(
                        Optional.empty(),
                        "the output of every layer is finite, so it is the loss function or the target"));
    }
}
