package org.tinytorch.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Map;

/**
 * The same training step as a Java program writes it with DJL's own interface: libtorch's operations one by one, recorded as they run, and DJL's AdamW.
 */
final class EagerGpt {
    private static final float EPSILON = 1e-5f;

    private final Map<String, NDArray> weights;
    private final int batch;
    private final int context;
    private final int layers;
    private final int heads;
    private final int width;
    private final NDArray ids;
    private final NDArray places;
    private final NDArray noBias;
    private final NDArray future;
    private final NDArray one;

    /**
     * A model and a batch.
     *
     * @param weights by the names of our parameters
     * @param ids {@code (B, T)}, and {@code targets} too
     */
    EagerGpt(
            NDManager manager,
            DataType type,
            Map<String, NDArray> weights,
            int layers,
            int heads,
            NDArray ids,
            NDArray targets) {
        this.weights = weights;
        this.batch = (int) ids.getShape().get(0);
        this.context = (int) ids.getShape().get(1);
        this.layers = layers;
        this.heads = heads;
        this.width = (int) weights.get("tokens.weight").getShape().get(1);
        this.ids = ids;
        this.places = targets.reshape(batch * context, 1);
        this.noBias = manager.zeros(new Shape(width), type);
        this.future = future(manager, type);
        this.one = manager.create(1.0).toType(type, false);
    }

    /** The mean cross-entropy. */
    NDArray loss(Torch.Scope scope) {
        NDArray logP = scope.keep(logits(scope).logSoftmax(1));
        return scope.keep(scope.keep(scope.keep(logP.gather(places, 1)).mean()).neg());
    }

    /** Forward, backward, update, gradients to zero. */
    Runnable step(double rate) {
        weights.values().forEach(weight -> weight.setRequiresGradient(true));
        Optimizer optimizer = Optimizer.adamW()
                .optLearningRateTracker(Tracker.fixed((float) rate))
                .optWeightDecays(0.01f)
                .build();
        return () -> {
            try (Torch.Scope scope = new Torch.Scope()) {
                JniUtils.setGradMode(true);
                JniUtils.backward((PtNDArray) loss(scope), (PtNDArray) one, false, false);
                JniUtils.setGradMode(false);
                weights.forEach((name, weight) -> {
                    NDArray gradient = scope.keep(weight.getGradient());
                    optimizer.update(name, weight, gradient);
                    gradient.muli(0);
                });
            }
        };
    }

    /** What is added to the scores: minus infinity where a place would look ahead. */
    private NDArray future(NDManager manager, DataType type) {
        double[] mask = new double[context * context];
        for (int i = 0; i < context; i++) {
            for (int j = i + 1; j < context; j++) {
                mask[i * context + j] = Double.NEGATIVE_INFINITY;
            }
        }
        return manager.create(mask, new Shape(context, context)).toType(type, false);
    }

    private NDArray logits(Torch.Scope scope) {
        NDArray table = weights.get("tokens.weight");
        NDArray tokens = scope.keep(JniUtils.embedding((PtNDArray) ids, (PtNDArray) table, false));
        NDArray h = scope.keep(tokens.add(weights.get("positions.weight")));
        for (int layer = 0; layer < layers; layer++) {
            String at = "blocks." + layer + ".";
            NDArray looked = attention(scope, norm(scope, h, at + "norm1"), at + "attention.");
            h = scope.keep(h.add(looked));
            NDArray wide = linear(scope, norm(scope, h, at + "norm2"), at + "feedForward.expand");
            NDArray bent = scope.keep(wide.getNDArrayInternal().gelu());
            h = scope.keep(h.add(linear(scope, bent, at + "feedForward.shrink")));
        }
        NDArray rows = scope.keep(norm(scope, h, "norm").reshape(batch * context, width));
        return scope.keep(rows.matMul(scope.keep(table.transpose())));
    }

    private NDArray attention(Torch.Scope scope, NDArray x, String at) {
        NDArray all =
                scope.keep(linear(scope, x, at + "queryKeyValue").reshape(batch, context, 3, heads, width / heads));
        NDArray apart = scope.keep(all.transpose(2, 0, 3, 1, 4));
        NDArray query = scope.keep(apart.get(0));
        NDArray key = scope.keep(scope.keep(apart.get(1)).swapAxes(-2, -1));
        NDArray value = scope.keep(apart.get(2));
        NDArray scores = scope.keep(scope.keep(query.matMul(key)).mul(1 / Math.sqrt((double) width / heads)));
        NDArray p = scope.keep(scope.keep(scores.add(future)).softmax(-1));
        NDArray mixed = scope.keep(scope.keep(p.matMul(value)).transpose(0, 2, 1, 3));
        return linear(scope, scope.keep(mixed.reshape(batch, context, width)), at + "output");
    }

    private NDArray linear(Torch.Scope scope, NDArray x, String name) {
        return scope.keep(x.matMul(scope.keep(weights.get(name + ".weight").transpose())));
    }

    private NDArray norm(Torch.Scope scope, NDArray x, String name) {
        NDArray weight = weights.get(name + ".weight");
        return scope.keep(x.getNDArrayInternal()
                .layerNorm(x, new Shape(width), weight, noBias, EPSILON)
                .singletonOrThrow());
    }
}
