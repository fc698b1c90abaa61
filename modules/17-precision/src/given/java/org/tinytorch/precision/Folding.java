// Given code, written by tito sync from tinytorch-optim-perf/src/main/java/org/tinytorch/precision/Folding.java. Read it, don't edit it.
package org.tinytorch.precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytorch.nn.Dropout;
import org.tinytorch.nn.Flatten;
import org.tinytorch.nn.Identity;
import org.tinytorch.nn.Layer;
import org.tinytorch.nn.Linear;
import org.tinytorch.nn.ReLU;
import org.tinytorch.nn.Sequential;
import org.tinytorch.spatial.BatchNorm;
import org.tinytorch.spatial.Conv2d;
import org.tinytorch.spatial.Dropout2d;
import org.tinytorch.spatial.GlobalAvgPool2d;
import org.tinytorch.spatial.MaxPool;
import org.tinytorch.spatial.MaxPool2d;
import org.tinytorch.tensor.Tensor;
import org.tinytorch.tensor.Tensors;

/**
 * Draws what is linear or simple into the sums before it: {@code γ·(W·x + b − μ)/σ + β} is {@code W'·x + b'} with {@code W' = W·γ/σ} and {@code b' = (b − μ)·γ/σ + β} (Jacob et al., 2018, section
 * 3.2). What does nothing in evaluation mode is left out.
 */
final class Folding {
    private final List<FoldedStep> steps = new ArrayList<>();

    private Folding() {}

    /**
     * The steps of a network.
     *
     * @throws IllegalArgumentException if it has a layer that cannot be folded; the message names it
     */
    static List<FoldedStep> of(Layer model) {
        Folding folding = new Folding();
        folding.add("", model);
        if (folding.steps.stream().noneMatch(FoldedStep.Sums.class::isInstance)) {
            throw new IllegalArgumentException(
                    "static quantization: the model has no Conv2d and no Linear to quantise");
        }
        return folding.steps;
    }

    private void add(String path, Layer layer) {
        if (layer instanceof Sequential) {
            layer.children().forEach((name, child) -> add(path.isEmpty() ? name : path + "." + name, child));
        } else if (layer instanceof Conv2d convolution) {
            add(path, convolution);
        } else if (layer instanceof Linear linear) {
            Tensor bias = linear.bias().map(Tensor::detach).orElseGet(() -> Tensors.zeros(linear.out()));
            steps.add(new FoldedStep.Sums(Optional.empty(), linear.weight().detach(), bias, false));
        } else if (layer instanceof BatchNorm norm) {
            normalise(path, norm);
        } else if (layer instanceof ReLU) {
            rectify(path);
        } else if (layer instanceof MaxPool2d pool) {
            checkPadding(path, pool.pool());
            steps.add(new FoldedStep.Largest(pool.pool()));
        } else if (layer instanceof GlobalAvgPool2d) {
            steps.add(new FoldedStep.Mean());
        } else if (!(layer instanceof Flatten
                || layer instanceof Identity
                || layer instanceof Dropout
                || layer instanceof Dropout2d)) {
            throw new IllegalArgumentException(
                    "static quantization: layer '" + path + "' ("
                            + layer.getClass().getSimpleName()
                            + ") is none of Sequential, Conv2d, Linear, BatchNorm, ReLU, MaxPool2d, GlobalAvgPool2d, Flatten and Dropout; quantise what is inside of it, or use DynamicQuantization");
        }
    }

    private static void checkPadding(String path, MaxPool pool) {
        if (pool.rows().before() > 0
                || pool.rows().after() > 0
                || pool.columns().before() > 0
                || pool.columns().after() > 0) {
            throw new IllegalArgumentException("static quantization: the max pool '" + path
                    + "' has padding, which has no counterpart in integers; use one without");
        }
    }

    private void add(String path, Conv2d layer) {
        if (layer.convolution().groups() != 1) {
            throw new IllegalArgumentException("static quantization: layer '" + path + "' has "
                    + layer.convolution().groups() + " groups; only convolutions of one group can be quantised");
        }
        Tensor bias = layer.bias()
                .map(Tensor::detach)
                .orElseGet(() -> Tensors.zeros(layer.weight().dim(0)));
        steps.add(new FoldedStep.Sums(
                Optional.of(layer.convolution()), layer.weight().detach(), bias, layer.rectifies()));
    }

    private void normalise(String path, BatchNorm norm) {
        int last = steps.size() - 1;
        if (last < 0 || !(steps.get(last) instanceof FoldedStep.Sums sums) || sums.relu()) {
            throw new IllegalArgumentException("static quantization: the batch normalisation '" + path
                    + "' does not follow a convolution or a linear layer at once, so that it cannot be drawn into it");
        }
        Tensor mean = norm.stateDict().get("running_mean");
        Tensor deviation = norm.stateDict().get("running_var").add(norm.eps()).sqrt();
        Tensor factor = norm.weight().detach().div(deviation);
        steps.set(last, sums.scaled(factor, norm.bias().detach().sub(mean.mul(factor))));
    }

    /** A rectifier may change places with the poolings before it: the largest of several numbers cut off at 0 is the largest, cut off. */
    private void rectify(String path) {
        int at = steps.size() - 1;
        while (at >= 0 && steps.get(at) instanceof FoldedStep.Largest) {
            at--;
        }
        if (at < 0 || !(steps.get(at) instanceof FoldedStep.Sums sums)) {
            throw new IllegalArgumentException("static quantization: the rectifier '" + path
                    + "' does not follow a convolution or a linear layer, so that it cannot be drawn into it");
        }
        steps.set(at, sums.rectified());
    }
}
